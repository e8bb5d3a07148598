"""A desk with round ends on two fluted drums."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("desk_fluted", "desk", "Curved desk", 1.45, 0.64, 0.75, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    flutes = materials.wood(look.wood, "Z", 0.4)
    for x in (-0.45, 0.45):
        slab(builder, 0.2, 0.199, 0.0, 0.712, flutes, flutes=0.006, at=(x, 0))
    slab(builder, 0.725, 0.32, 0.711, 0.039, materials.wood(look.wood, "X", 0.4))
    worked_at(builder, look, rng, 0.66, 0.75)
