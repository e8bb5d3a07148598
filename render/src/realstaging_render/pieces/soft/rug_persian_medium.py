"""A knotted rug with a medallion within borders, medium."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import persian
from realstaging_render.pieces.soft.rugs import MEDIUM, MEDIUM_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
PIECE = Piece("rug_persian_medium", "rug", "Persian rug", *MEDIUM, THICK, MEDIUM_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, MEDIUM, persian(look, rng, MEDIUM))
