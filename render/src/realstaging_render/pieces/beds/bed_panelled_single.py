"""Panelled bed for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_panelled import STYLES, panelled
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_panelled_single", "bed", "Panelled bed, single", 1.14, 2.16, 1.13, ("bedroom", "kids_room"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    panelled(builder, look, rng, SINGLE)
