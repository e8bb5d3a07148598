"""An upholstered armchair."""

from __future__ import annotations

import random
from dataclasses import replace

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.upholstery import upholstered
from realstaging_render.shapes import Builder

STYLES = ("contemporary", "farmhouse")
PIECE = Piece("armchair_club", "armchair", "Armchair", 0.86, 0.84, 0.8, ("living_room", "bedroom"), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    upholstered(builder, replace(look, fabric=look.second), rng, (PIECE.width, PIECE.depth, PIECE.height), 1, 0.14, 1)
