"""A bookcase over slatted doors, on tapered legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "shelf_tapered",
    "bookshelf",
    "Bookcase on tapered legs",
    1.0,
    0.36,
    1.8,
    ("living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.2)
