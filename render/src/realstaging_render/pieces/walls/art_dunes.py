"""Dunes, photographed in black and white."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import clouds, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "industrial")
PIECE = Piece("art_dunes", "art", "Dunes", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:  # noqa: ARG001
    """Ridges one behind the other, each lit from one side, its far flank in shade."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect, light = width / height, rng.choice([-1, 1])
    picture = 0.72 - 0.12 * v
    for number in range(6):
        share = number / 5
        base = 0.34 + 0.5 * share**1.2
        wave = 0.05 + 0.07 * share
        line = base + wave * np.sin(u / aspect * rng.uniform(2.2, 4.5) + rng.uniform(0, 6))
        line = line + 0.4 * wave * np.sin(u / aspect * rng.uniform(6, 9) + rng.uniform(0, 6))
        slope = np.gradient(line, axis=1) * width / aspect
        lit = np.clip(0.5 - light * slope * 1.6, 0.06, 0.95)
        depth = np.clip((v - line) / (0.2 + 0.2 * share), 0, 1)
        ripple = 0.03 * np.sin((v - line) * 260 * (1.4 - share) + 4 * clouds(np_rng, height, width, (5, 3), 2))
        tone = (0.1 + 0.62 * lit) * (1 - 0.5 * depth) + ripple * (1 - depth)
        inside = soft(v - line, -0.0015, 0.0015)
        picture = picture * (1 - inside) + np.clip(tone, 0.02, 0.9) * inside
    grain = 1 + 0.05 * (np_rng.random((height, width)) - 0.5)
    return np.clip(picture * grain, 0.01, 0.9)[..., None] * np.array([1.0, 0.985, 0.96])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
