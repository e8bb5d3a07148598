"""A wardrobe with tall doors of woven cane."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("wardrobe_cane", "wardrobe", "Cane wardrobe", 1.1, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS, 0.14)
