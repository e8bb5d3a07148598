"""A panelled sideboard: drawers with drop handles between raised doors, a moulded top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.panelled import panelled
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
PIECE = Piece(
    "sideboard_panelled",
    "sideboard",
    "Panelled sideboard",
    1.65,
    0.5,
    0.9,
    ("dining_room", "living_room", "office", "bedroom"),
    STYLES,
)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("drawer",) * 3), (1.0, ("drawer",) * 3), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, PIECE, COLUMNS)
