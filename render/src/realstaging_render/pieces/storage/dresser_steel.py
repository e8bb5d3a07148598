"""A dresser of plank drawers with card holders in a steel frame."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("dresser_steel", "dresser", "Steel-framed dresser", 1.4, 0.48, 0.84, ("bedroom", "kids_room"), STYLES)
COLUMNS: Columns = ((1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS)
