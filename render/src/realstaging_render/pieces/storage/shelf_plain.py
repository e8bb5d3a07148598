"""A bookcase over doors without handles."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.plain import plain
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece(
    "shelf_plain", "bookshelf", "Plain bookcase", 1.1, 0.36, 1.9, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open")), (1.0, ("door", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plain(builder, look, rng, PIECE, COLUMNS, 0.05)
