"""Bed on tapered legs for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_tapered import STYLES, tapered
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_tapered_small", "bed", "Bed on tapered legs, small double", 1.56, 2.12, 0.98, ("bedroom",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, SMALL_DOUBLE)
