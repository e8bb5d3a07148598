"""A rug of arcs in the colours of the sixties, medium."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.knotted import arcs
from realstaging_render.pieces.soft.rugs import MEDIUM, MEDIUM_ROOMS, THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("mid_century",)
PIECE = Piece("rug_arcs_medium", "rug", "Rug with arcs", *MEDIUM, THICK, MEDIUM_ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, MEDIUM, arcs(look, rng, MEDIUM))
