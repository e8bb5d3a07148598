"""A painted wardrobe with panelled doors over two drawers with cup handles, a wooden top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.painted import country
from realstaging_render.shapes import Builder

STYLES = ("farmhouse",)
PIECE = Piece("wardrobe_painted", "wardrobe", "Painted wardrobe", 1.1, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer", "door")), (1.0, ("drawer", "door")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country(builder, look, rng, PIECE, COLUMNS)
