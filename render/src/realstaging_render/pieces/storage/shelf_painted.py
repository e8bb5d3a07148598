"""A painted bookcase over braced doors, an oiled top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse",)
PIECE = Piece(
    "shelf_painted", "bookshelf", "Painted bookcase", 1.1, 0.4, 1.95, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
