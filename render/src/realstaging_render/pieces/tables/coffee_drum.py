"""A round coffee table like a drum."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "minimalist", "luxury")
PIECE = Piece(
    "coffee_drum", "coffee_table", "Drum coffee table", 0.84, 0.84, 0.36, ("living_room",), STYLES, laden=True
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = materials.wood(look.wood, "Z")
    builder.lathe([(0.36, 0), (0.38, 0.004), (0.38, 0.31), (0.02, 0.312)], (0, 0, 0), timber, 96)
    rim = [(0.41, 0), (0.42, 0.01), (0.42, 0.042), (0.412, 0.05), (0.02, 0.05)]
    builder.lathe(rim, (0, 0, 0.31), materials.wood(look.wood, "X"), 96)
    books(builder, look, rng, (-0.12, 0.08, 0.36))
    bowl(builder, look, (0.14, -0.1, 0.36), 0.13)
