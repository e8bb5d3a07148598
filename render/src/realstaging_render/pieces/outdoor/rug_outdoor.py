"""A flat-woven rug for outdoors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.woven import lay_striped
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "scandinavian", "industrial")
PIECE = Piece("rug_outdoor", "rug", "Outdoor rug", 2.4, 1.7, 0.012, ("outdoor",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay_striped(builder, look, rng, PIECE.width, PIECE.depth)
