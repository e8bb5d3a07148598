"""A drum of pleated velvet."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.vanity import pleated
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary", "traditional")
PIECE = Piece(
    "vanity_pleated", "vanity_stool", "Pleated velvet stool", 0.4, 0.4, 0.45, ("bathroom", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    pleated(builder, look)
