"""A turned candlestick under a small pleated shade."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import TABLE_ROOMS, pleated, turned
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional")
PIECE = Piece(
    "table_lamp_candlestick",
    "table_lamp",
    "Candlestick table lamp",
    0.31,
    0.31,
    0.56,
    TABLE_ROOMS,
    STYLES,
    mount="surface",
    on="nightstand",
)
BEADS = [
    (0.064, 0),
    (0.067, 0.008),
    (0.06, 0.022),
    (0.03, 0.034),
    (0.018, 0.05),
    (0.028, 0.066),
    (0.014, 0.082),
    (0.026, 0.15),
    (0.012, 0.24),
    (0.024, 0.26),
    (0.012, 0.276),
    (0.018, 0.3),
    (0.008, 0.325),
    (0.007, 0.38),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    painted = look.style == "farmhouse"
    turned(builder, materials.lacquer(look.light, 0.5) if painted else materials.wood(look.wood, "Z"), 0, BEADS)
    pleated(builder, look, 0.34, 0.15, 0.082, 0.216, 0.8)
