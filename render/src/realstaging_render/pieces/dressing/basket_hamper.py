"""A hamper of linen in a folding wooden frame, its cover half drawn."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import terry
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "scandinavian")
PIECE = Piece("basket_hamper", "basket", "Linen hamper", 0.46, 0.36, 0.62, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    frame = materials.wood(look.wood, "Z", 0.6)
    linen = materials.fabric(look.light, 500, 0.45)
    half, deep, high = PIECE.width / 2 - 0.012, PIECE.depth / 2 - 0.014, PIECE.height - 0.012
    for side in (-1, 1):
        for way in (-1, 1):
            builder.rod((side * half, way * deep, 0), (side * half, -way * deep, high), 0.011, frame)
        builder.rod((-half, side * deep, high), (half, side * deep, high), 0.012, materials.wood(look.wood, "X", 0.6))
        builder.rod((-half, side * deep, 0.05), (half, side * deep, 0.05), 0.009, materials.wood(look.wood, "X", 0.6))
    rows = []
    turn = np.linspace(0, 2 * np.pi, 121)
    for z in np.linspace(0.07, high, 26):
        up = (z - 0.07) / (high - 0.07)
        wide, long = (half - 0.02) * (0.86 + 0.12 * up), deep * (0.55 + 0.42 * up)
        square = (np.abs(np.cos(turn)) ** 6 + np.abs(np.sin(turn)) ** 6) ** (-1 / 6)
        fold = 1 + 0.018 * np.sin(9 * turn + 5 * up) * np.sin(np.pi * up)
        x, y = wide * square * np.cos(turn) * fold, long * square * np.sin(turn) * fold
        rows.append(np.stack([x, y, np.full(121, z)], axis=-1))
    builder.sheet(np.stack(rows), linen, thin=True)
    builder.sheet(np.stack([rows[0] * (share, share, 1) for share in (1, 0.01)]), linen, thin=True)
    builder.cushion((0.34, 0.25, 0.1), (0.01, 0, high - 0.12), terry(look.second), plump=0.5, rng=rng)
    builder.cushion((0.22, 0.2, 0.09), (-0.07, 0.02, high - 0.06), terry(look.light), plump=0.6, rng=rng)
