"""A garden settee of wrought iron."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.ironwork import scrolled
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse", "luxury")
PIECE = Piece("garden_sofa_iron", "outdoor_sofa", "Wrought-iron settee", 1.36, 0.7, 0.98, ("outdoor",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    scrolled(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), bays=3, pillows=2)
