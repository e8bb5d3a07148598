"""A dome of cane on a bottle bound with cord."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import TABLE_ROOMS, rattan_dome
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece(
    "table_lamp_rattan",
    "table_lamp",
    "Rattan table lamp",
    0.34,
    0.34,
    0.5,
    TABLE_ROOMS,
    STYLES,
    mount="surface",
    on="nightstand",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    coiled(
        builder,
        [(0.062, 0), (0.078, 0.05), (0.07, 0.14), (0.032, 0.22)],
        (0, 0, 0),
        materials.wood(CANE, "X", 0.7),
        0.012,
    )
    builder.lathe(
        [(0.034, 0.205), (0.03, 0.222), (0.009, 0.228), (0.008, 0.36)], (0, 0, 0), materials.metal(look.metal, 0.3), 24
    )
    rattan_dome(builder, look, 0.27, 0.163, 0.228, 30)
