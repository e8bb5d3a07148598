"""A rectangular dining table for six, laid."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("modern", "scandinavian", "minimalist")
PIECE = Piece("dining_rect", "dining_table", "Dining table", 1.8, 0.92, 0.75, ("dining_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top = materials.wood(look.wood, "X")
    builder.box((1.8, 0.92, 0.034), (0, 0, 0.716), top, 0.008 + 0.008 * look.curve)
    if look.legs == "metal":
        steel = materials.metal(look.metal)
        for x in (-0.74, 0.74):
            for y in (-0.36, 0.36):
                builder.box((0.06, 0.03, 0.715), (x, y, 0), steel, 0.004)
            builder.box((0.06, 0.75, 0.03), (x, 0, 0.003), steel, 0.004)
            builder.box((0.062, 0.752, 0.03), (x, 0, 0.686), steel, 0.004)
    else:
        leg = materials.wood(look.wood, "Z")
        for x in (-0.8, 0.8):
            for y in (-0.37, 0.37):
                builder.rod((x * 1.03, y * 1.05, 0), (x * 0.96, y * 0.94, 0.72), 0.02, leg, 0.034)
        builder.box((1.5, 0.025, 0.08), (0, -0.34, 0.636), top, 0.006)
        builder.box((1.5, 0.025, 0.08), (0, 0.34, 0.636), top, 0.006)
    laid(builder, look, rng, 0.75, [(x, y) for y in (-0.29, 0.29) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.75, 1.2)
