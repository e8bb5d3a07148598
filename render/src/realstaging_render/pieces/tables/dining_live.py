"""A slab of one trunk with its edges as they grew on two crossed trestles, laid for six."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.outlined import live_edge, plate
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece(
    "dining_live", "dining_table", "Live-edge dining table", 2.0, 0.96, 0.76, ("dining_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    beam = materials.wood(look.wood, "Z", 0.5)
    plate(builder, live_edge(1.0, 0.48), 0.7, 0.06, materials.wood(look.wood, "X", 0.5), 0.014)
    lean = math.degrees(math.atan2(0.5, 0.66))
    for x in (-0.66, 0.66):
        for side in (-1, 1):
            builder.box((0.07 - 0.002 * side, 0.075, 0.85), (x, 0, -0.068), beam, 0.008, (side * lean, 0, 0))
        builder.box((0.08, 0.62, 0.05), (x, 0, 0.655), materials.wood(look.wood, "Y"), 0.008)
    builder.box((1.3, 0.05, 0.08), (0, 0, 0.317), materials.wood(look.wood, "X"), 0.008)
    laid(builder, look, rng, 0.76, [(x, y) for y in (-0.29, 0.29) for x in (-0.6, 0.0, 0.6)])
    centre(builder, look, rng, 0.76, 1.9)
