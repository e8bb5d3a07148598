"""A tufted cotton bath mat."""

from __future__ import annotations

import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "contemporary")
PIECE = Piece("mat_cotton", "bath_mat", "Cotton bath mat", 0.85, 0.55, 0.022, ("bathroom",), STYLES)
HEM = 0.045


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cotton = materials.fabric(rng.choice([look.light, look.second]), 260, 0.9)
    across = np.linspace(-1, 1, 86)
    u, v = np.meshgrid(across, across, indexing="ij")
    x, y = u * PIECE.width / 2, v * PIECE.depth / 2
    edge = np.minimum(PIECE.width / 2 - np.abs(x), PIECE.depth / 2 - np.abs(y))
    rows = 0.003 * np.abs(np.sin(np.pi * y / 0.032)) * (edge > HEM)
    pile = 0.01 + 0.008 * np.clip((edge - HEM) / 0.012, 0, 1) + rows
    pile += 0.0006 * np.random.default_rng(rng.randrange(2**32)).normal(0, 1, pile.shape)
    pile = np.minimum(pile, PIECE.height - 0.0001) * np.clip(edge / 0.006 + 0.4, 0, 1)
    top = np.stack([x, y, pile], axis=-1)
    builder.sheet(top, cotton)
    builder.box((PIECE.width - 0.01, PIECE.depth - 0.01, 0.004), (0, 0, 0), cotton, 0.001)
