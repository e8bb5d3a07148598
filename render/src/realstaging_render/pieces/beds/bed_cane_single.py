"""Cane bed for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_cane import STYLES, arched
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece("bed_cane_single", "bed", "Cane bed, single", 1.04, 2.09, 1.22, ("bedroom", "kids_room"), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    arched(builder, look, rng, SINGLE)
