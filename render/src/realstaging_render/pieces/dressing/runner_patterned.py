"""A runner woven with lozenges between hems."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.woven import lay_lozenges
from realstaging_render.pieces.soft.rugs import THICK
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "contemporary", "mid_century", "farmhouse")
PIECE = Piece("runner_patterned", "rug", "Runner", 2.1, 0.7, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay_lozenges(builder, look, rng, PIECE.width, PIECE.depth)
