"""A pebble-shaped coffee table on three stout round legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.pieces.tables.outlined import pebble, plate
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece(
    "coffee_pebble", "coffee_table", "Pebble coffee table", 1.15, 0.72, 0.36, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    plate(builder, pebble(0.575, 0.36), 0.305, 0.055, top, 0.02)
    for x, y in ((-0.32, 0.0), (0.25, -0.17), (0.25, 0.17)):
        builder.lathe([(0.055, 0), (0.062, 0.008), (0.072, 0.31)], (x, y, 0), leg, 40)
    books(builder, look, rng, (-0.2, 0.03, 0.36), 3)
    vase(builder, look, rng, (0.24, 0.02, 0.36), 0.2)
