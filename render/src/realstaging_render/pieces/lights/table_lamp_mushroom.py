"""A mushroom of opal glass: cap and stem blown in one tone."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import TABLE_ROOMS
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "modern", "minimalist", "contemporary")
PIECE = Piece(
    "table_lamp_mushroom",
    "table_lamp",
    "Mushroom lamp",
    0.34,
    0.34,
    0.4,
    TABLE_ROOMS,
    STYLES,
    mount="surface",
    on="nightstand",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tone = (0.72, 0.42, 0.18) if look.style == "mid_century" and rng.random() < 0.5 else (0.9, 0.86, 0.79)
    opal = materials.shade(tone, 0.55)
    bow = np.linspace(0, math.pi / 2, 16)
    cap = [(max(0.17 * math.cos(a) ** 0.85, 5e-4), 0.255 + 0.145 * math.sin(a)) for a in bow]
    builder.lathe([(0.05, 0.262), (0.12, 0.248), (0.16, 0.245), *cap], (0, 0, 0), opal)
    stem = [(0.085, 0.012), (0.088, 0.02), (0.08, 0.05), (0.058, 0.1), (0.045, 0.16), (0.042, 0.21), (0.05, 0.262)]
    builder.lathe(stem, (0, 0, 0), materials.shade(tone, 0.2))
    builder.lathe(
        [(0.09, 0), (0.092, 0.004), (0.092, 0.012), (0.085, 0.015)], (0, 0, 0), materials.metal(look.metal, 0.3)
    )
