"""A small plank table on crossed legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.small_tables import crossed
from realstaging_render.shapes import Builder

STYLES = ("industrial", "bohemian")
PIECE = Piece(
    "dining_small_cross",
    "dining_table",
    "Small plank table",
    1.1,
    0.7,
    0.75,
    ("dining_room", "kitchen"),
    STYLES,
    laden=True,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    crossed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
