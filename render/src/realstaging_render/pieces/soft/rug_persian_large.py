"""A knotted rug with a medallion within borders, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import persian
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury")
PIECE = Piece("rug_persian_large", "rug", "Large Persian rug", *LARGE, THICK, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, persian(look, rng, LARGE))
