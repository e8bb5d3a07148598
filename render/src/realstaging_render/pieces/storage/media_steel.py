"""A media unit of planks in a steel frame: doors of mesh, open shelves between them."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("media_steel", "media_unit", "Steel and plank media unit", 1.8, 0.44, 0.58, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.2, ("open", "open")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS)
