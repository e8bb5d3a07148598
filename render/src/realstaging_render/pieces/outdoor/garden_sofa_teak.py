"""A deep garden sofa of teak."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.teak import raked
from realstaging_render.shapes import Builder

STYLES = ("coastal", "mid_century", "luxury")
PIECE = Piece("garden_sofa_teak", "outdoor_sofa", "Teak garden sofa", 1.96, 0.96, 0.84, ("outdoor",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    raked(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=3, pillows=2)
