"""Waves in rows of arcs, printed in one ink."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("coastal", "luxury")
PIECE = Piece("art_waves", "art", "Waves", *PORTRAIT, ROOMS, STYLES, mount="wall")


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Rows of nested arcs that overlap like scales, paler towards the horizon."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    picture = np.broadcast_to(PAPER * 1.02, (height, width, 3)).copy()
    ink, size = muted(look.accent, 0.05), rng.choice([0.085, 0.11])
    rows = int(0.86 / (size * 0.5))
    for row in range(rows):
        y = 1.04 - (rows - 1 - row) * size * 0.5 + size * 0.3
        shift = size * (row % 2)
        x = (u + shift) % (2 * size) - size
        far = np.hypot(x, v - y) / size
        inside = (far < 1) & (v < y)
        strength = 0.3 + 0.7 * row / rows
        arcs = soft(0.055 - np.abs((far * 4.5) % 1 - 0.5) * 0.22, 0.0, 0.03) * inside
        picture = laid(picture, inside * 1.0, PAPER * 1.02)
        picture = laid(picture, arcs * strength, ink)
    sun = (width / height * rng.choice([0.3, 0.7]), 0.16)
    disc = soft(0.075 - np.hypot(u - sun[0], v - sun[1]), -0.001, 0.002)
    picture = laid(picture, disc * 0.9, muted(look.wood, 0.15))
    return picture * (0.94 + 0.12 * clouds(np_rng, height, width, (70, 70), 3)[..., None])


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
