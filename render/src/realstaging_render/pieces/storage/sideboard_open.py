"""A sideboard without handles that seems to float: doors either side of an open bay."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.plain import plain
from realstaging_render.shapes import Builder

STYLES = ("minimalist",)
PIECE = Piece(
    "sideboard_open",
    "sideboard",
    "Floating sideboard",
    1.7,
    0.42,
    0.66,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.2, ("door",)), (1.0, ("open",)), (1.2, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    plain(builder, look, rng, PIECE, COLUMNS, 0.08)
