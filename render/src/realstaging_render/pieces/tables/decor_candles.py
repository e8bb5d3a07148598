"""Three candlesticks."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.ornaments import candles
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "luxury", "scandinavian", "bohemian", "coastal", "mid_century")
PIECE = Piece(
    "decor_candles",
    "decor",
    "Candlesticks",
    0.23,
    0.18,
    0.37,
    ("living_room", "bedroom", "dining_room", "office", "entryway"),
    STYLES,
    mount="surface",
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    candles(builder, look, rng)
