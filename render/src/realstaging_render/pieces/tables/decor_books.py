"""Books with a small bowl."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.ornaments import stacked
from realstaging_render.shapes import Builder

STYLES = ("modern", "contemporary", "scandinavian", "coastal", "luxury", "minimalist", "traditional")
PIECE = Piece(
    "decor_books",
    "decor",
    "Books with a bowl",
    0.31,
    0.25,
    0.13,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    stacked(builder, look, rng)
