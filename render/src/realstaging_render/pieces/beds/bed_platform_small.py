"""Low platform bed for small rooms: a mattress of 1.4 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_platform import STYLES, platform
from realstaging_render.pieces.beds.frames import SMALL_DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_platform_small", "bed", "Low platform bed, small double", 1.6, 2.14, 0.92, ("bedroom",), STYLES, seats=2
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    platform(builder, look, rng, SMALL_DOUBLE)
