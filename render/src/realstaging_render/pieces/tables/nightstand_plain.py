"""A bedside block without handles over a deep shadow: a drawer and an open slot."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.plain import plain
from realstaging_render.shapes import Builder

STYLES = ("minimalist",)
PIECE = Piece("nightstand_plain", "nightstand", "Floating nightstand", 0.5, 0.4, 0.46, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer", "open")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plain(builder, look, rng, PIECE, COLUMNS, 0.1)
