"""A fluted bedside table of two tiers under a marble top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.fluted import fluted
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "nightstand_fluted", "nightstand", "Fluted nightstand", 0.52, 0.44, 0.58, ("bedroom", "kids_room"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    fluted(builder, look, PIECE, 2)
