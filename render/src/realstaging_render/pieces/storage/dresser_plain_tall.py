"""A tall chest of four drawers without handles."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.plain import plain
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece(
    "dresser_plain_tall", "dresser", "Plain chest of drawers", 0.86, 0.46, 1.0, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer",) * 4),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plain(builder, look, rng, PIECE, COLUMNS, 0.05)
