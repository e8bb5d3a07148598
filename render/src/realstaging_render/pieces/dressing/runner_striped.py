"""A flat-woven kitchen runner."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.woven import lay_striped
from realstaging_render.shapes import Builder

STYLES = ("coastal", "scandinavian", "mid_century", "modern")
PIECE = Piece("runner_striped", "rug", "Striped runner", 1.8, 0.65, 0.012, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay_striped(builder, look, rng, PIECE.width, PIECE.depth)
