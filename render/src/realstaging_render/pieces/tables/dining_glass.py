"""A glass table top on bent metal legs, laid for six."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import rounded, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("modern", "luxury")
PIECE = Piece(
    "dining_glass", "dining_table", "Glass dining table", 1.8, 0.95, 0.75, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal, 0.22)
    builder.box((1.8, 0.95, 0.014), (0, 0, 0.736), materials.glass(), 0.006)
    for x in (-0.56, 0.56):
        out = 0.09 if x > 0 else -0.09
        frame = [(x + out, -0.36, 0.017), (x, -0.36, 0.715), (x, 0.36, 0.715), (x + out, 0.36, 0.017)]
        foot = (x + out, 0.0, 0.017)
        tube(builder, rounded([foot, *frame, foot], 0.022), 0.017, steel, steps=1, sides=14)
        for y in (-0.3, 0.3):
            builder.lathe([(0.02, 0), (0.02, 0.02)], (x, y, 0.717), steel, 24)
    builder.rod((-0.56, 0, 0.715), (0.56, 0, 0.715), 0.014, steel)
    laid(builder, look, rng, 0.75, [(x, y) for y in (-0.3, 0.3) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.75, 1.8)
