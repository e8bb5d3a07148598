"""Cane bed for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_cane import STYLES, arched
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("bed_cane_small", "bed", "Cane bed, small double", 1.54, 2.09, 1.22, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    arched(builder, look, rng, SMALL_DOUBLE)
