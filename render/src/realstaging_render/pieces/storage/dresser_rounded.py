"""A dresser with half-round tambour ends and six plain drawers."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.rounded import rounded
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("dresser_rounded", "dresser", "Curved dresser", 1.45, 0.46, 0.8, ("bedroom", "kids_room"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rounded(builder, look, PIECE, ((1.0, ("drawer",) * 3),) * 2)
