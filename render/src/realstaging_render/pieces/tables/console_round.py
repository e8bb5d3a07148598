"""A console with round ends on four tapered legs, a second board below."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "contemporary")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_round", "console_table", "Round-ended console", 1.2, 0.36, 0.78, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    board, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    slab(builder, 0.6, 0.18, 0.754, 0.026, board)
    slab(builder, 0.53, 0.135, 0.3, 0.02, board)
    for x in (-1, 1):
        for y in (-1, 1):
            builder.rod((x * 0.47, y * 0.135, 0), (x * 0.43, y * 0.1, 0.756), 0.0125, leg, 0.02)
    for y in (-0.1, 0.1):
        builder.box((0.84, 0.018, 0.05), (0, y, 0.704), board, 0.004)
    books(builder, look, rng, (-0.2, 0, 0.32), 4)
    bowl(builder, look, (0.18, 0, 0.32), 0.1)
