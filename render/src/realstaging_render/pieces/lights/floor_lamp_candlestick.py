"""A turned post on a stepped foot under a pleated shade."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import FLOOR_ROOMS, pleated, turned
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "farmhouse")
PIECE = Piece("floor_lamp_candlestick", "floor_lamp", "Candlestick lamp", 0.48, 0.48, 1.62, FLOOR_ROOMS, STYLES)
BEADS = [
    (0.15, 0),
    (0.155, 0.012),
    (0.15, 0.03),
    (0.11, 0.04),
    (0.1, 0.06),
    (0.05, 0.09),
    (0.032, 0.12),
    (0.046, 0.15),
    (0.024, 0.18),
    (0.036, 0.3),
    (0.027, 0.52),
    (0.018, 0.66),
    (0.034, 0.69),
    (0.018, 0.72),
    (0.027, 0.78),
    (0.022, 1.0),
    (0.014, 1.13),
    (0.03, 1.16),
    (0.034, 1.18),
    (0.012, 1.21),
    (0.01, 1.3),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    luxury = look.style == "luxury"
    turned(builder, materials.metal(look.metal, 0.25) if luxury else materials.wood(look.wood, "Z"), 0, BEADS)
    pleated(builder, look, 1.27, 0.23, 0.13, 0.31)
    builder.lathe(
        [(0.006, 0), (0.006, 0.015), (0.014, 0.022), (0.01, 0.036), (0.002, 0.042)],
        (0, 0, 1.578),
        materials.metal(look.metal, 0.3),
        24,
    )
    builder.lathe([(0.12, 0), (0.006, 0.006)], (0, 0, 1.573), materials.metal(look.metal, 0.3), 24)
