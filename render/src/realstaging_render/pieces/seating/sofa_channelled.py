"""A velvet sofa in upright rolls, its arms one curve with the back, on a brass plinth."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.channelled import channel_backed
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("sofa_channelled", "sofa", "Channel-tufted sofa", 2.2, 0.92, 0.78, ("living_room",), STYLES, seats=3)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    channel_backed(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height), 2)
