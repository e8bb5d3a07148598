"""A lacquered sideboard: four doors with fine brass mouldings, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.mouldings import moulded
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "sideboard_brass",
    "sideboard",
    "Lacquered sideboard",
    1.7,
    0.48,
    0.84,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)),) * 4


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    moulded(builder, look, rng, PIECE, COLUMNS)
