"""Spindle bed for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_spindle import STYLES, spindled
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_spindle_single", "bed", "Spindle bed, single", 1.08, 2.14, 1.12, ("bedroom", "kids_room"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    spindled(builder, look, rng, SINGLE)
