"""A painted media unit: doors with crossed braces either side of an open bay, an oiled top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse",)
PIECE = Piece("media_painted", "media_unit", "Painted media unit", 1.7, 0.45, 0.6, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.15, ("open", "open")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
