"""A wardrobe of a wooden sleeve: dark doors over dark drawers, on a steel sled."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary")
PIECE = Piece(
    "wardrobe_sled", "wardrobe", "Wardrobe in a wooden sleeve", 1.1, 0.56, 1.95, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("drawer", "door")), (1.0, ("drawer", "door")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS, 0.1)
