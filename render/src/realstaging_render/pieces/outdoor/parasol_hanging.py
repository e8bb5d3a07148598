"""A square parasol hung from a mast behind it."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.sunshades import hanging
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "luxury", "contemporary", "industrial")
PIECE = Piece("parasol_hanging", "parasol", "Cantilever parasol", 2.2, 3.0, 2.5, ("outdoor",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    hanging(builder, look, (PIECE.width, PIECE.depth, PIECE.height))
