"""A whitewashed sideboard: louvred doors either side of plank drawers with rope loops."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.louvred import louvred
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece(
    "sideboard_louvred",
    "sideboard",
    "Louvred sideboard",
    1.6,
    0.46,
    0.86,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("drawer",) * 4), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    louvred(builder, look, rng, PIECE, COLUMNS)
