"""A sideboard of a wooden sleeve, dark doors and drawers, on steel sleds."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.sled import sled
from realstaging_render.shapes import Builder

STYLES = ("modern",)
PIECE = Piece(
    "sideboard_sled",
    "sideboard",
    "Sideboard on a steel sled",
    1.7,
    0.44,
    0.76,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("drawer",) * 4), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    sled(builder, look, rng, PIECE, COLUMNS)
