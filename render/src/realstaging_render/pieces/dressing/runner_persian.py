"""A Persian runner with a medallion and borders."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import persian
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
SIZE = (2.2, 0.75)
PIECE = Piece("runner_persian", "rug", "Persian runner", *SIZE, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, persian(look, rng, SIZE))
