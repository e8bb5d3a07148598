"""A bookcase over cane doors on splayed feet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century")
PIECE = Piece(
    "shelf_cane", "bookshelf", "Cane bookcase", 1.05, 0.38, 1.85, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS, 0.14)
