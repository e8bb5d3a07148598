"""An old knotted rug, overdyed and worn, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import faded
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("industrial", "bohemian")
PIECE = Piece("rug_faded_large", "rug", "Large vintage rug", *LARGE, THICK, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, faded(look, rng, LARGE))
