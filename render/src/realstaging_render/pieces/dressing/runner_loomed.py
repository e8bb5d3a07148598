"""A plain hand-loomed runner, softly ribbed."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import loomed
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern", "industrial", "scandinavian", "contemporary")
SIZE = (2.0, 0.68)
PIECE = Piece("runner_loomed", "rug", "Ribbed runner", *SIZE, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, loomed(look, rng, SIZE))
