"""A whitewashed bookcase over louvred doors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.louvred import louvred
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece(
    "shelf_louvred", "bookshelf", "Louvred bookcase", 1.1, 0.4, 1.95, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    louvred(builder, look, rng, PIECE, COLUMNS)
