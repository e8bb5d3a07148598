"""A tall chest of four cane drawers."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.caned import caned
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece(
    "dresser_cane_tall", "dresser", "Cane chest of drawers", 0.88, 0.44, 1.1, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer",) * 4),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    caned(builder, look, rng, PIECE, COLUMNS, 0.14)
