"""A round parasol on a wooden mast."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.sunshades import mast
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "traditional", "scandinavian", "bohemian", "mid_century")
PIECE = Piece("parasol_mast", "parasol", "Parasol", 2.6, 2.6, 2.46, ("outdoor",), STYLES, foot=(0.5, 0.5))


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    mast(builder, look, (PIECE.width, PIECE.depth, PIECE.height))
