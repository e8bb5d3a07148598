"""A board with a round loaf and two lemons."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.worktop import board, fruit, paddle
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("board_lying", "chopping_board", "Board with bread", 0.44, 0.25, 0.13, ("kitchen",), mount="surface")
CRUST = (0.34, 0.16, 0.055)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    outline = paddle(0.25, 0.32, 0.12) @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    outline = outline - (outline.max(axis=0) + outline.min(axis=0)) / 2
    board(builder, outline, 0.02, (0, -0.125, 0), 90, materials.wood(look.wood, "X", 0.5))
    _loaf(builder, (0.075, 0.01, 0.02), rng)
    for x, y in ((-0.07, -0.055), (-0.066, 0.035)):
        fruit(builder, rng, (x, y, 0.051), "lemon")


def _loaf(builder: Builder, at: tuple[float, float, float], rng: random.Random) -> None:
    """A round loaf with three cuts across."""
    share, turn = np.linspace(0, 1, 26), np.linspace(0, 2 * np.pi, 73)
    s, t = np.meshgrid(share, turn, indexing="ij")
    radius = 0.105 * np.where(s < 0.12, 0.86 + s, np.sqrt(np.clip(1 - ((s - 0.12) / 0.88) ** 2.6, 0, 1)))
    radius[0] = 0.0
    x, y = radius * np.cos(t) * 1.12, radius * np.sin(t)
    z = 0.1 * np.clip((s - 0.04) / 0.96, 0, 1) ** 0.9
    cut = sum(np.exp(-(((x + 0.35 * y - c) / 0.008) ** 2)) for c in (-0.045, 0.0, 0.045))
    z = z - 0.011 * cut * (s > 0.45) + 0.002 * np.sin(7 * t + rng.uniform(0, 6)) * np.sin(np.pi * s)
    builder.sheet(np.stack([at[0] + x, at[1] + y, at[2] + z], axis=-1), materials.lacquer(CRUST, 0.7))
