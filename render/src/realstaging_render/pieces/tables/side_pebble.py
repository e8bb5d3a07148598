"""A pebble-shaped top on three stout round legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.outlined import pebble, plate
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("side_pebble", "side_table", "Pebble side table", 0.52, 0.4, 0.5, ("living_room", "bedroom"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    plate(builder, pebble(0.26, 0.2), 0.455, 0.045, materials.wood(look.wood, "X"), 0.016)
    for x, y in ((-0.14, 0.0), (0.11, -0.09), (0.11, 0.09)):
        builder.lathe([(0.034, 0), (0.038, 0.006), (0.042, 0.46)], (x, y, 0), materials.wood(look.wood, "Z"), 40)
