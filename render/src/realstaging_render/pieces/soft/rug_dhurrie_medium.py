"""A flat-woven striped rug, medium."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import dhurrie
from realstaging_render.pieces.soft.rugs import MEDIUM, MEDIUM_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse")
PIECE = Piece("rug_dhurrie_medium", "rug", "Striped dhurrie", *MEDIUM, THICK, MEDIUM_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, MEDIUM, dhurrie(look, rng, MEDIUM))
