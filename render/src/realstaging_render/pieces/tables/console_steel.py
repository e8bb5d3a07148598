"""A workshop console: planks over plank drawers in a steel frame, a deck of mesh."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import IRON, steel
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_steel", "console_table", "Steel console", 1.25, 0.38, 0.82, ROOMS, STYLES)
COLUMNS: Columns = ((1.0, ("drawer",)),) * 3


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS, 0.6)
    iron = materials.metal(IRON, 0.42)
    for y in (-0.155, 0.17):
        builder.box((1.17, 0.026, 0.026), (0, y, 0.14), iron, 0.002)
    for x in (-0.6, 0.6):
        builder.box((0.026, 0.3, 0.026), (x, 0.008, 0.14), iron, 0.002)
    mesh = materials.webbing((0.06, 0.062, 0.065), "X", "Y", 0.012)
    builder.box((1.18, 0.32, 0.006), (0, 0.008, 0.16), mesh, 0.001)
    books(builder, look, rng, (-0.3, 0, 0.166), 4)
    with builder.carried():
        for x in (0.12, 0.4):
            builder.box((0.24, 0.26, 0.2), (x, 0, 0.166), materials.wood(look.wood, "X", 0.7), 0.006)
            builder.box((0.1, 0.004, 0.04), (x, -0.131, 0.27), iron, 0.001)
