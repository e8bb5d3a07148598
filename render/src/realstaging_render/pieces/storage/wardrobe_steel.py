"""A wardrobe in a steel frame: doors of mesh over plank drawers."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("wardrobe_steel", "wardrobe", "Steel-framed wardrobe", 1.1, 0.56, 1.95, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer", "door")), (1.0, ("drawer", "door")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS, 0.1)
