"""A lacquered hall cabinet for shoes: two doors with brass mouldings."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("shoes_brass", "shoe_rack", "Lacquered shoe cabinet", 0.95, 0.4, 0.86, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
