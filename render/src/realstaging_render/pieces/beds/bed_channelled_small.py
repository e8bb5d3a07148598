"""Channelled bed for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_channelled import STYLES, channelled
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_channelled_small", "bed", "Channelled bed, small double", 1.58, 2.18, 1.1, ("bedroom",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channelled(builder, look, rng, SMALL_DOUBLE)
