"""A round dining table on a turned foot, laid for four."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "scandinavian", "minimalist")
PIECE = Piece(
    "dining_round", "dining_table", "Round dining table", 1.2, 1.2, 0.75, ("dining_room",), STYLES, laden=True
)
FOOT = [(0.34, 0), (0.34, 0.02), (0.2, 0.05), (0.075, 0.13), (0.055, 0.3), (0.065, 0.52), (0.13, 0.66), (0.3, 0.71)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = materials.wood(look.wood, "X")
    foot = materials.metal(look.metal, 0.3) if look.legs == "metal" else materials.wood(look.wood, "Z")
    builder.lathe(FOOT, (0, 0, 0), foot)
    builder.lathe([(0.57, 0.714), (0.594, 0.72), (0.6, 0.733), (0.594, 0.747), (0.585, 0.75)], (0, 0, 0), top, 72)
    laid(builder, look, rng, 0.75, [(0, -0.42), (0, 0.42), (0.42, 0), (-0.42, 0)])
    centre(builder, look, rng, 0.75, 1.2)
