"""A column of ribbed rice paper on thin feet."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "scandinavian", "bohemian")
PIECE = Piece("floor_lamp_paper", "floor_lamp", "Paper lantern", 0.36, 0.36, 1.4, FLOOR_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    wire = materials.metal((0.02, 0.02, 0.02), 0.5)
    for leg in range(3):
        x, y = math.cos(leg * 2.094 - 1.57), math.sin(leg * 2.094 - 1.57)
        builder.rod((0.165 * x, 0.165 * y, 0), (0.07 * x, 0.07 * y, 0.17), 0.005, wire)
    share = np.linspace(0, 1, 193)
    waist = 0.012 * np.sin(share * 2 * math.pi * rng.choice([1.5, 2.5]) + rng.uniform(0, 6))
    round_off = np.sqrt(np.clip(1 - np.abs(share * 2 - 1) ** 12, 0, 1))
    ribs = 0.005 * np.abs(np.sin(share * math.pi * 24))
    radii = 0.09 + (0.07 + waist) * round_off + ribs
    paper = materials.shade((0.78, 0.74, 0.66), 0.16)
    builder.lathe(list(zip(radii.tolist(), (0.15 + share * 1.245).tolist(), strict=True)), (0, 0, 0), paper)
    builder.lathe([(0.088, 0), (0.092, 0.004), (0.088, 0.008)], (0, 0, 1.392), wire)
