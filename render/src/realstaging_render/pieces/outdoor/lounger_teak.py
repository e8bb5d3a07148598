"""A teak bed for the sun."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.dining import lounger
from realstaging_render.shapes import Builder

STYLES = ("coastal", "mid_century", "scandinavian", "farmhouse", "traditional", "bohemian")
PIECE = Piece("lounger_teak", "outdoor_lounger", "Teak sun lounger", 0.7, 2.0, 0.78, ("outdoor",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lounger(builder, look, rng, (PIECE.width, PIECE.depth, PIECE.height))
