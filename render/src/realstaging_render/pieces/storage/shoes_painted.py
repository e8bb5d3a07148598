"""A painted hall cupboard for shoes: two braced doors, an oiled top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse",)
PIECE = Piece("shoes_painted", "shoe_rack", "Painted shoe cupboard", 0.95, 0.4, 0.86, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
