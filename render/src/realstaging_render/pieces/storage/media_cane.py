"""A media unit with cane doors either side of two open bays."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("media_cane", "media_unit", "Cane media unit", 1.7, 0.42, 0.58, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.1, ("open", "open")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS)
