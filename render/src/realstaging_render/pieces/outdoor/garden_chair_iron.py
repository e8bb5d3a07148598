"""A garden armchair of wrought iron."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.ironwork import scrolled
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "luxury")
PIECE = Piece(
    "garden_chair_iron", "outdoor_chair", "Wrought-iron garden chair", 0.66, 0.68, 0.96, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    scrolled(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), bays=1, pillows=1)
