"""A whitewashed drum wrapped in cane between two rims."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books, vase
from realstaging_render.pieces.tables.drums import cane_drum
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian")
PIECE = Piece("coffee_cane", "coffee_table", "Cane drum table", 0.9, 0.9, 0.4, ("living_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane_drum(builder, look, 0.45, 0.4)
    books(builder, look, rng, (-0.12, 0.06, 0.4), 3)
    vase(builder, look, rng, (0.17, 0.04, 0.4), 0.2)
