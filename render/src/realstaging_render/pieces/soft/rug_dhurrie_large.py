"""A flat-woven striped rug, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import dhurrie
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse")
PIECE = Piece("rug_dhurrie_large", "rug", "Large striped dhurrie", *LARGE, THICK, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, dhurrie(look, rng, LARGE))
