"""A media unit of carved mango wood: doors of lozenges either side of two open bays."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.carved import carved
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece("media_carved", "media_unit", "Carved media unit", 1.65, 0.44, 0.56, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("open", "open")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    carved(builder, look, rng, PIECE, COLUMNS)
