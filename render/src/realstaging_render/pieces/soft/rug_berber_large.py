"""A shaggy rug of undyed wool with lozenges, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import berber
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, lay
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "bohemian", "mid_century")
PIECE = Piece("rug_berber_large", "rug", "Large Berber rug", *LARGE, 0.022, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, berber(look, rng, LARGE), 0.022, 0.007)
