"""A hall locker for shoes: doors of mesh in a steel frame under planks."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("shoes_steel", "shoe_rack", "Steel shoe locker", 0.95, 0.4, 0.86, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS)
