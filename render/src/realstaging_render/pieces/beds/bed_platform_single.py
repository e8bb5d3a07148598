"""Low platform bed for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_platform import STYLES, platform
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_platform_single", "bed", "Low platform bed, single", 1.1, 2.14, 0.92, ("bedroom", "kids_room"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    platform(builder, look, rng, SINGLE)
