"""The moon in its phases over a hill."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "bohemian")
PIECE = Piece("art_moons", "art", "Moons", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Five moons on a bow, dots of stars, two hills below."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    night = np.asarray(muted(look.accent if rng.random() < 0.5 else look.second, 0.08)) * 0.6
    picture = np.broadcast_to(night, (height, width, 3)).copy() * (
        0.85 + 0.3 * clouds(np_rng, height, width, (3, 3))[..., None]
    )
    pale, gold = PAPER * 1.02, muted(look.wood, 0.35)
    for number in range(5):
        angle = np.pi * (0.86 - 0.72 * number / 4)
        x, y = aspect * (0.5 + 0.4 * np.cos(angle)), 0.52 - 0.26 * np.sin(angle)
        radius = 0.062 if number == 2 else 0.05
        phase = (-0.9, -0.35, 0.0, 0.35, 0.9)[number]
        disc = soft(radius - np.hypot(u - x, v - y), -0.001, 0.002)
        shade = (
            soft(radius - np.hypot(u - x + (1.6 - abs(phase)) * radius * np.sign(phase), v - y), -0.001, 0.002)
            if phase
            else 0.0
        )
        grain = 0.82 + 0.3 * clouds(np_rng, height, width, (14, 14), 3)[..., None]
        picture = laid(picture, disc * (1 - shade), pale * grain)
    for _ in range(70):
        x, y, size = np_rng.random() * aspect, np_rng.random() * 0.72, np_rng.uniform(0.0016, 0.004)
        picture = laid(picture, soft(size - np.hypot(u - x, v - y), -0.0008, 0.0008) * 0.8, gold)
    for base, tone in ((0.72, muted(look.second, 0.1)), (0.82, muted(look.wood, 0.05))):
        hill = base + 0.06 * np.sin(u / aspect * rng.uniform(3, 5) + rng.uniform(0, 6))
        texture = 0.8 + 0.4 * clouds(np_rng, height, width, (4, 24))[..., None]
        picture = laid(picture, soft(v - hill, -0.001, 0.002), np.asarray(tone) * texture)
    return np.clip(picture * (0.95 + 0.1 * clouds(np_rng, height, width, (70, 70), 3)[..., None]), 0.01, 0.88)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
