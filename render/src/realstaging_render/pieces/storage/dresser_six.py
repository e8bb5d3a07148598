"""A dresser with six drawers."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import legs
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "luxury", "modern")
PIECE = Piece("dresser_six", "dresser", "Dresser", 1.35, 0.46, 0.8, ("bedroom", "kids_room"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    timber, handle = materials.wood(look.wood, "X"), materials.metal(look.metal, 0.3)
    legs(builder, look, 1.35, 0.44, 0.14, 0.08)
    builder.box((1.35, 0.44, 0.66), (0, 0.01, 0.14), timber, 0.01)
    for x in (-0.33, 0.33):
        for z in (0.165, 0.375, 0.585):
            builder.box((0.635, 0.02, 0.195), (x, -0.22, z), timber, 0.005)
            builder.rod((x - 0.09, -0.222, z + 0.12), (x + 0.09, -0.222, z + 0.12), 0.006, handle)
