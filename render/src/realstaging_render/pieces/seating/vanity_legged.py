"""A round cushion on legs."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.vanity import legged
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "mid_century", "minimalist", "modern", "industrial", "contemporary")
PIECE = Piece(
    "vanity_legged", "vanity_stool", "Padded round stool", 0.39, 0.39, 0.45, ("bathroom", "bedroom"), STYLES, seats=1
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    legged(builder, look)
