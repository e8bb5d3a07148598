"""A whitewashed media unit: louvred doors either side of two open bays, a wooden top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.louvred import louvred
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece("media_louvred", "media_unit", "Louvred media unit", 1.7, 0.44, 0.58, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.1, ("open", "open")), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    louvred(builder, look, rng, PIECE, COLUMNS)
