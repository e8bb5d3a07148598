"""A tall chest of four drawers on tapered legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.tapered import tapered
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "dresser_tapered_tall", "dresser", "Chest on tapered legs", 0.86, 0.46, 1.1, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer",) * 4),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, PIECE, COLUMNS, 0.2)
