"""A sideboard of eight plank drawers and two doors of mesh in a steel frame."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.steel import steel
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece(
    "sideboard_plank",
    "sideboard",
    "Plank-drawer sideboard",
    1.6,
    0.46,
    0.86,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)), (0.8, ("drawer",) * 4), (0.8, ("drawer",) * 4), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel(builder, look, rng, PIECE, COLUMNS, 0.12)
