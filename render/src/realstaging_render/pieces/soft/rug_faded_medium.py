"""An old knotted rug, overdyed and worn, medium."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import faded
from realstaging_render.pieces.soft.rugs import MEDIUM, MEDIUM_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("industrial", "bohemian")
PIECE = Piece("rug_faded_medium", "rug", "Vintage rug", *MEDIUM, THICK, MEDIUM_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, MEDIUM, faded(look, rng, MEDIUM))
