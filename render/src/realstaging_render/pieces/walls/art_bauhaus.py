"""Circles, quarters and bars."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("modern", "mid_century")
PIECE = Piece("art_bauhaus", "art", "Geometric print", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """A grid of cells, each a field, a circle, a quarter or bars, in five colours."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    picture = np.broadcast_to(PAPER * 1.02, (height, width, 3)).copy()
    down = 4 if aspect < 1 else 3
    across = max(2, round(down * aspect))
    wide, tall = aspect / across, 1 / down
    colours = [
        muted(look.accent, 0.1),
        muted(look.second, 0.1),
        (0.05, 0.055, 0.06),
        muted(look.wood, 0.2),
        muted(look.fabric, 0.2),
    ]
    for row in range(down):
        for column in range(across):
            x, y = (u - column * wide) / wide, (v - row * tall) / tall
            inside = (x >= 0) & (x < 1) & (y >= 0) & (y < 1)
            ground, mark = rng.sample(colours, 2)
            if rng.random() < 0.55:
                picture = laid(picture, inside * 1.0, ground)
            kind = rng.randrange(5)
            corner = rng.choice([(0, 0), (1, 0), (0, 1), (1, 1)])
            shape = {
                0: soft(0.36 - np.hypot(x - 0.5, y - 0.5), -0.01, 0.01),
                1: soft(1.0 - np.hypot(x - corner[0], y - corner[1]), -0.01, 0.01),
                2: soft(0.5 - np.hypot(x - 0.5, y - corner[1]), -0.01, 0.01),
                3: soft(np.sin(x * 6 * np.pi), -0.1, 0.1),
                4: soft(0.62 - np.hypot(x - corner[0], y - corner[1]), -0.01, 0.01),
            }[kind]
            picture = laid(picture, shape * inside, mark)
    return picture * (0.95 + 0.1 * clouds(np_rng, height, width, (30, 30))[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
