"""A rug of braided jute, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import jute
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "bohemian")
PIECE = Piece("rug_jute_large", "rug", "Large jute rug", *LARGE, THICK, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, jute(look, rng, LARGE))
