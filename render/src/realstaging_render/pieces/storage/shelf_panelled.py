"""A bookcase over panelled doors, with a moulded top and turned feet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece(
    "shelf_panelled", "bookshelf", "Panelled bookcase", 1.2, 0.42, 2.05, ("living_room", "office", "bedroom"), STYLES
)
COLUMNS: Columns = ((1.0, ("door", "open", "open", "open", "open")), (1.0, ("door", "open", "open", "open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
