"""Panelled bed for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_panelled import STYLES, panelled
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_panelled_small", "bed", "Panelled bed, small double", 1.64, 2.16, 1.13, ("bedroom",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, SMALL_DOUBLE)
