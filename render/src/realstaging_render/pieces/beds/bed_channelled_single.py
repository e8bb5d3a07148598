"""Channelled bed for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_channelled import STYLES, channelled
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_channelled_single", "bed", "Channelled bed, single", 1.08, 2.18, 1.1, ("bedroom", "kids_room"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channelled(builder, look, rng, SINGLE)
