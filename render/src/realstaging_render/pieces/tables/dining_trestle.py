"""A long farmhouse table on crossed legs, laid for six."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "traditional")
PIECE = Piece("dining_trestle", "dining_table", "Trestle table", 2.0, 0.96, 0.76, ("dining_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, beam = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    for number in range(5):
        builder.box((2.0, 0.189, 0.045), (0, -0.384 + 0.192 * number, 0.715), top, 0.006)
    lean = math.degrees(math.atan2(0.58, 0.7))
    for x in (-0.76, 0.76):
        for side in (-1, 1):
            builder.box((0.075, 0.08, 0.86), (x + side * 0.001, 0, -0.075), beam, 0.008, (side * lean, 0, 0))
        builder.box((0.085, 0.8, 0.07), (x, 0, 0.645), materials.wood(look.wood, "Y"), 0.008)
        builder.box((0.085, 0.82, 0.06), (x, 0, 0.0), materials.wood(look.wood, "Y"), 0.008)
    builder.box((1.5, 0.06, 0.09), (0, 0, 0.32), top, 0.008)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.31, 0.31) for x in (-0.64, 0.0, 0.64)])
    centre(builder, look, rng, 0.76, 2.0)
