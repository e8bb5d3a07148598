"""A dresser on tapered legs: six drawers with grips cut into their edges."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "dresser_tapered", "dresser", "Dresser on tapered legs", 1.4, 0.46, 0.82, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.2)
