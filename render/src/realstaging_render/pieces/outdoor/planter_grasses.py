"""A trough of tall grasses."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("coastal", "scandinavian", "contemporary")
PIECE = Piece("planter_grasses", "planter", "Planter with grasses", 0.95, 0.5, 1.05, ("outdoor",), STYLES)
TROUGH = (0.8, 0.34, 0.42)
GREENS = ((0.11, 0.17, 0.05), (0.17, 0.21, 0.08), (0.08, 0.13, 0.04))
BLADES = 420


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wide, deep, tall = TROUGH
    shell = (
        materials.metal(look.metal, 0.55)
        if look.legs == "metal"
        else materials.lacquer(tuple(0.3 + 0.3 * c for c in look.light), 0.85)
    )
    builder.box(TROUGH, (0, 0, 0), shell, 0.008)
    builder.box(
        (wide - 0.04, deep - 0.04, 0.01), (0, 0, tall - 0.004), materials.lacquer((0.035, 0.025, 0.018), 0.95), 0.002
    )
    greens = [materials.leaf(tone) for tone in GREENS]
    for _ in range(BLADES):
        x, y = rng.uniform(-0.5, 0.5) * (wide - 0.1), rng.uniform(-0.5, 0.5) * (deep - 0.1)
        turn, long = rng.uniform(0, 2 * math.pi), rng.uniform(0.35, 0.64)
        out = rng.uniform(0.04, 0.13)
        t = np.linspace(0, 1, 6)
        bow, half = out * t**2, 0.006 * (1 - t) + 0.0008
        line = np.column_stack([x + bow * math.cos(turn), y + bow * math.sin(turn), tall + long * (t - 0.12 * t**3)])
        side = np.array([-math.sin(turn), math.cos(turn), 0.0])
        builder.sheet(
            np.stack([line - half[:, None] * side, line + half[:, None] * side]), rng.choice(greens), thin=True
        )
