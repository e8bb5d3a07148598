"""A wardrobe with panelled doors over two drawers, a moulded top and turned feet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece("wardrobe_panelled", "wardrobe", "Panelled wardrobe", 1.1, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer", "door")), (1.0, ("drawer", "door")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
