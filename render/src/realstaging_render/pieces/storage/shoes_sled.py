"""A hall cupboard for shoes: dark doors in a wooden sleeve on steel sleds."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary")
PIECE = Piece("shoes_sled", "shoe_rack", "Shoe cupboard on a steel sled", 0.95, 0.38, 0.8, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS)
