"""A whitewashed bedside table: a louvred door under a wooden top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns
from realstaging_render.pieces.storage.louvred import louvred
from realstaging_render.shapes import Builder

STYLES = ("coastal",)
PIECE = Piece(
    "nightstand_louvred", "nightstand", "Louvred nightstand", 0.5, 0.42, 0.6, ("bedroom", "kids_room"), STYLES
)
COLUMNS: Columns = ((1.0, ("door",)),)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    louvred(builder, look, rng, PIECE, COLUMNS)
