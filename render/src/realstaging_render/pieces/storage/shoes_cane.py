"""A hall cupboard for shoes: two cane doors on splayed feet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "mid_century")
PIECE = Piece("shoes_cane", "shoe_rack", "Cane shoe cupboard", 0.95, 0.38, 0.84, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS)
