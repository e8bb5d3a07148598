"""Spindle bed for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_spindle import STYLES, spindled
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("bed_spindle_small", "bed", "Spindle bed, small double", 1.58, 2.14, 1.12, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    spindled(builder, look, rng, SMALL_DOUBLE)
