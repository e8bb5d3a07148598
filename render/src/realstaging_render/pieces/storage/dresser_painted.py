"""A painted dresser: six drawers with cup handles under an oiled top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece("dresser_painted", "dresser", "Painted dresser", 1.45, 0.48, 0.86, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
