"""A runner in brushed tones."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import brushed
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("luxury", "contemporary")
SIZE = (2.0, 0.7)
PIECE = Piece("runner_brushed", "rug", "Abstract runner", *SIZE, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, brushed(look, rng, SIZE))
