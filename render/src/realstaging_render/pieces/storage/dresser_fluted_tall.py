"""A tall fluted chest of four tiers with round ends under a marble top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.fluted import fluted
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece(
    "dresser_fluted_tall", "dresser", "Fluted chest of drawers", 0.9, 0.48, 1.06, ("bedroom", "kids_room"), STYLES
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    fluted(builder, look, PIECE, 4)
