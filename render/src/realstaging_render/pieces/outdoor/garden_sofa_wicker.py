"""A garden sofa of wicker."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.wicker import tubbed
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "traditional")
PIECE = Piece("garden_sofa_wicker", "outdoor_sofa", "Wicker garden sofa", 1.8, 0.86, 0.8, ("outdoor",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tubbed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), seats=2, pillows=2)
