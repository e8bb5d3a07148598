"""A lacquered bookcase over doors with brass mouldings, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "shelf_brass", "bookshelf", "Lacquered bookcase", 1.15, 0.42, 2.0, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
