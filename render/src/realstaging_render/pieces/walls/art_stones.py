"""Stones balanced on one another, in washed colours."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian", "minimalist", "coastal")
PIECE = Piece("art_stones", "art", "Stones", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Three to five pebbles, each smaller than the one below, on a wide, pale ground."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    picture = np.broadcast_to(PAPER * 1.03, (height, width, 3)).copy()
    wash = clouds(np_rng, height, width, (3, 3))
    picture = laid(picture, soft(v, 0.8, 0.82) * (0.35 + 0.3 * wash), muted(look.fabric, 0.4))
    tones = [
        muted(c, share) for c, share in ((look.second, 0.25), (look.accent, 0.2), (look.wood, 0.3), (look.fabric, 0.15))
    ]
    rng.shuffle(tones)
    count, foot, wide = rng.choice([3, 4, 5]), 0.83, rng.uniform(0.19, 0.23)
    middle = aspect * (0.5 if aspect < 1 else rng.choice([0.36, 0.64]))
    for number in range(count):
        tall, half = wide * rng.uniform(0.36, 0.5), wide
        at = middle + rng.uniform(-0.03, 0.03)
        lean = rng.uniform(-0.09, 0.09)
        x, y = u - at, v - (foot - tall)
        x, y = x * np.cos(lean) + y * np.sin(lean), y * np.cos(lean) - x * np.sin(lean)
        edge = 0.012 * (clouds(np_rng, height, width, (5, 5), 2) - 0.5)
        far = (np.abs(x / half) ** 2.5 + np.abs(y / tall) ** 2.3) ** 0.42 + edge * 4
        grain = clouds(np_rng, height, width, (26, 9))
        shade = 0.86 + 0.22 * np.clip(-y / tall * 0.5 - x / half * 0.25, -0.6, 0.6)
        colour = np.asarray(tones[number % 4]) * shade[..., None] * (0.86 + 0.28 * grain[..., None])
        picture = laid(picture, soft(1 - far, -0.006, 0.01), np.clip(colour, 0.01, 0.88))
        foot, wide = foot - 2 * tall * 0.975, wide * rng.uniform(0.72, 0.85)
    return picture * (0.95 + 0.1 * clouds(np_rng, height, width, (70, 70), 3)[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
