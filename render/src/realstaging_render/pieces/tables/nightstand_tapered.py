"""A bedside table on tapered legs: a drawer over an open bay with books."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "nightstand_tapered", "nightstand", "Nightstand on tapered legs", 0.5, 0.4, 0.56, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("open", "drawer")),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.24)
