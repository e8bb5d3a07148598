"""A deep garden chair of teak, raked like a ship's deck chair."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.teak import raked
from realstaging_render.shapes import Builder

STYLES = ("coastal", "mid_century", "luxury")
PIECE = Piece("garden_chair_teak", "outdoor_chair", "Teak deck chair", 0.8, 0.98, 0.86, ("outdoor",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    raked(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=1, pillows=1)
