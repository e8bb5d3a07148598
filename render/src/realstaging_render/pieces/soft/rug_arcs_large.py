"""A rug of arcs in the colours of the sixties, large."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import arcs
from realstaging_render.pieces.soft.rugs import LARGE, LARGE_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("mid_century",)
PIECE = Piece("rug_arcs_large", "rug", "Large rug with arcs", *LARGE, THICK, LARGE_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, LARGE, arcs(look, rng, LARGE))
