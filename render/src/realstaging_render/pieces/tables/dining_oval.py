"""A long oval dining table on two drums or two turned columns, laid for eight, with candles."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("luxury", "traditional", "contemporary")
PIECE = Piece("dining_oval", "dining_table", "Oval dining table", 2.2, 1.06, 0.76, ("dining_room",), STYLES, laden=True)
COLUMN = [(0.13, 0.06), (0.1, 0.1), (0.06, 0.16), (0.085, 0.24), (0.095, 0.32), (0.05, 0.4), (0.06, 0.56), (0.13, 0.66)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, column = materials.wood(look.wood, "X", 0.25), materials.wood(look.wood, "Z", 0.3)
    brass = materials.metal(look.metal, 0.24)
    slab(builder, 1.1, 0.53, 0.722, 0.038, top)
    slab(builder, 1.04, 0.47, 0.69, 0.033, top)
    for x in (-0.5, 0.5):
        if look.style == "traditional":
            builder.lathe([*COLUMN, (0.2, 0.692)], (x, 0, 0), column)
            for y in (-1, 1):
                for side in (-0.6, 0.6):
                    foot = (x + side * 0.38, y * 0.34, 0.03)
                    builder.rod(foot, (x + side * 0.06, y * 0.06, 0.17), 0.022, column, 0.042)
                    builder.lathe([(0.024, 0), (0.03, 0.012), (0.026, 0.05)], (foot[0], foot[1], 0), brass, 24)
        else:
            slab(builder, 0.2, 0.199, 0.0, 0.04, brass, at=(x, 0))
            slab(builder, 0.225, 0.224, 0.04, 0.65, column, flutes=0.008, at=(x, 0))
    places = [(x, y) for y in (-0.36, 0.36) for x in (-0.58, 0.0, 0.58)]
    laid(builder, look, rng, 0.76, [*places, (-0.88, 0), (0.88, 0)])
    centre(builder, look, rng, 0.76, 1.2)
    with builder.carried():
        for x, tall in ((-0.3, 0.16), (-0.22, 0.11), (0.22, 0.13), (0.3, 0.19)):
            stick = [(0.036, 0), (0.038, 0.006), (0.008, 0.018), (0.008, tall - 0.02), (0.018, tall)]
            builder.lathe(stick, (x, 0, 0.76), brass, 24)
            builder.rod((x, 0, 0.76 + tall), (x, 0, 0.94 + tall), 0.0105, materials.lacquer(look.light, 0.5), 0.009)
