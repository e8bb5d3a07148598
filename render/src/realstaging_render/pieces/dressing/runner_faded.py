"""A runner whose pattern many steps have worn."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import faded
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("industrial", "traditional", "bohemian")
SIZE = (2.1, 0.72)
PIECE = Piece("runner_faded", "rug", "Faded runner", *SIZE, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, faded(look, rng, SIZE))
