"""A desk of planks over three plank drawers in a steel frame."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import IRON, steel
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("desk_steel", "desk", "Steel-framed desk", 1.4, 0.66, 0.77, ("office", "kids_room"), STYLES, laden=True)
COLUMNS: Columns = ((1.0, ("drawer",)),) * 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS, 0.6)
    iron = materials.metal(IRON, 0.42)
    builder.box((1.3, 0.026, 0.026), (0, 0.3, 0.16), iron, 0.002)
    for x in (-0.678, 0.678):
        builder.box((0.026, 0.56, 0.026), (x, 0.003, 0.16), iron, 0.002)
    worked_at(builder, look, rng, 0.7, 0.77)
