"""A bedside table with half-round tambour ends and two plain drawers."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.rounded import rounded
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece(
    "nightstand_rounded", "nightstand", "Curved nightstand", 0.6, 0.36, 0.54, ("bedroom", "kids_room"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rounded(builder, look, PIECE, ((1.0, ("drawer",) * 2),))
