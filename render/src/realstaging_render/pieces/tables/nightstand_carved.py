"""A bedside table of carved mango wood with a door of lozenges."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.carved import carved
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece("nightstand_carved", "nightstand", "Carved nightstand", 0.48, 0.4, 0.58, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("door",)),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    carved(builder, look, rng, PIECE, COLUMNS)
