"""A ring of stone on a block."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.ornaments import ring
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "contemporary", "luxury", "industrial", "bohemian")
PIECE = Piece(
    "decor_ring",
    "decor",
    "Stone ring",
    0.22,
    0.08,
    0.23,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    ring(builder, look, rng)
