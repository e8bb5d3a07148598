"""A whitewashed hall cupboard for shoes: two louvred doors that let air in."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.louvred import louvred
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece("shoes_louvred", "shoe_rack", "Louvred shoe cupboard", 0.95, 0.4, 0.86, ("entryway",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    louvred(builder, look, rng, PIECE, COLUMNS)
