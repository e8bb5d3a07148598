"""A small reading lamp of brass or iron with a tent over the bulb."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.shades import TABLE_ROOMS
from realstaging_render.pieces.lights.tent import tent
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial", "farmhouse")
PIECE = Piece(
    "table_lamp_pharmacy",
    "table_lamp",
    "Pharmacy table lamp",
    0.32,
    0.2,
    0.46,
    TABLE_ROOMS,
    STYLES,
    mount="surface",
    on="nightstand",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    brass = materials.metal(look.metal, 0.3)
    foot = [(0.08, 0), (0.083, 0.004), (0.08, 0.014), (0.03, 0.022), (0.014, 0.034), (0.008, 0.05), (0.007, 0.43)]
    builder.lathe(foot, (-0.075, 0, 0), brass)
    tent(builder, (-0.075, 0, 0.42), 0.185, brass, 0.8)
