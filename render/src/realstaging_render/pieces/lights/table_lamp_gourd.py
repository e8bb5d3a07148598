"""A glazed gourd on a foot of wood or brass, a shallow drum above."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import TABLE_ROOMS, drum, turned
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "contemporary")
PIECE = Piece(
    "table_lamp_gourd",
    "table_lamp",
    "Gourd lamp",
    0.38,
    0.38,
    0.62,
    TABLE_ROOMS,
    STYLES,
    mount="surface",
    on="nightstand",
)
GOURD = [(0.05, 0.025), (0.104, 0.11), (0.04, 0.215), (0.064, 0.275), (0.02, 0.345), (0.018, 0.36)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass = materials.metal(look.metal, 0.28)
    glaze = rng.choice([look.accent, look.light, (0.12, 0.2, 0.17), (0.05, 0.08, 0.14)])
    builder.lathe([(0.066, 0), (0.07, 0.004), (0.068, 0.016), (0.052, 0.026)], (0, 0, 0), brass)
    turned(builder, materials.lacquer(glaze, 0.12), 0, GOURD)
    builder.lathe([(0.02, 0.355), (0.022, 0.362), (0.008, 0.372), (0.007, 0.42)], (0, 0, 0), brass, 24)
    drum(builder, look, 0.375, 0.187, 0.155, 0.245, 0.8)
