"""A sideboard of carved mango wood: four doors of lozenges."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.carved import carved
from realstaging_render.shapes import Builder

STYLES = ("bohemian",)
PIECE = Piece(
    "sideboard_carved",
    "sideboard",
    "Carved sideboard",
    1.6,
    0.45,
    0.82,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)),) * 4


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    carved(builder, look, rng, PIECE, COLUMNS)
