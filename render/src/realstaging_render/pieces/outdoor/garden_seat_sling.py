"""A chair with a sling of mesh."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import sling_chair
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "luxury", "industrial")
PIECE = Piece(
    "garden_seat_sling", "outdoor_dining_chair", "Sling dining chair", 0.56, 0.6, 0.84, ("outdoor",), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    sling_chair(builder, look, (PIECE.width, PIECE.depth, PIECE.height))
