"""A bedside table with a cane door under an open bay."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("nightstand_cane", "nightstand", "Cane nightstand", 0.5, 0.4, 0.58, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("door", "open")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS, 0.13)
