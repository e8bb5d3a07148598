"""A round marble table on one lacquered stem that flares out of the floor, laid for four."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("mid_century",)
PIECE = Piece(
    "dining_tulip", "dining_table", "Tulip dining table", 1.2, 1.2, 0.74, ("dining_room",), STYLES, laden=True
)
STEM = [(0.32, 0), (0.325, 0.006), (0.27, 0.022), (0.16, 0.05), (0.09, 0.1), (0.055, 0.18), (0.045, 0.28), (0.048, 0.4)]
STEM += [(0.065, 0.52), (0.11, 0.62), (0.19, 0.68), (0.28, 0.705)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    builder.lathe(STEM, (0, 0, 0), materials.lacquer(look.light, 0.3), 72)
    stone = materials.marble((0.74, 0.72, 0.69), (0.4, 0.38, 0.35))
    builder.lathe([(0.42, 0), (0.585, 0.024), (0.6, 0.031), (0.598, 0.038), (0.003, 0.038)], (0, 0, 0.702), stone, 96)
    laid(builder, look, rng, 0.74, [(-0.4, 0), (0.4, 0), (0, -0.4), (0, 0.4)])
    centre(builder, look, rng, 0.74, 1.2)
