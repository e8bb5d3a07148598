"""Bed on tapered legs for one: a mattress of 0.9 m."""

from __future__ import annotations

import random

from realstaging_render.pieces.beds.bed_tapered import STYLES, tapered
from realstaging_render.pieces.beds.frames import SINGLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "bed_tapered_single",
    "bed",
    "Bed on tapered legs, single",
    1.06,
    2.12,
    0.98,
    ("bedroom", "kids_room"),
    STYLES,
    seats=1,
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, SINGLE)
