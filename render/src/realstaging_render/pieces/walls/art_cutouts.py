"""Cut paper in leaves and pebbles."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "bohemian")
PIECE = Piece("art_cutouts", "art", "Paper cutouts", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Fields of colour with a cut shape on each: fronds, pebbles, half moons."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    picture = np.broadcast_to(PAPER, (height, width, 3)).copy()
    across, down = (2, 2) if aspect < 1 else (3, 2)
    tones = [
        muted(c, s)
        for c, s in ((look.accent, 0.1), (look.second, 0.2), (look.fabric, 0.4), (look.wood, 0.35), (look.light, 0.1))
    ]
    for column in range(across):
        for row in range(down):
            ground, shape = rng.sample(tones, 2)
            x, y = u - aspect * (column + 0.5) / across, v - (row + 0.5) / down
            wide, tall = aspect / across, 1 / down
            picture = laid(picture, ((np.abs(x) < wide * 0.47) & (np.abs(y) < tall * 0.47)) * 1.0, ground)
            turn = rng.uniform(-0.5, 0.5)
            a, b = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
            angle, reach = np.arctan2(b, a), min(wide, tall) * 0.4
            if rng.random() < 0.55:
                lobes = 0.32 + 0.68 * np.abs(np.sin(b / reach * np.pi * 2.2 + 0.6)) ** 0.6
                cut = reach * 0.55 * lobes * np.sqrt(np.clip(1 - (b / reach) ** 2, 0, 1)) - np.abs(a)
            else:
                cut = reach * (0.72 + 0.14 * np.sin(2 * angle + turn * 9) + 0.06 * np.sin(3 * angle)) - np.hypot(a, b)
            picture = laid(picture, soft(cut, -0.002, 0.002), shape)
    return picture * (0.95 + 0.1 * clouds(np_rng, height, width, (50, 50))[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
