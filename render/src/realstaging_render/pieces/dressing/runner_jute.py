"""A runner of braided jute."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.soft.flatwoven import jute
from realstaging_render.pieces.soft.rugs import THICK, lay
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "bohemian")
SIZE = (2.0, 0.7)
PIECE = Piece("runner_jute", "rug", "Jute runner", *SIZE, THICK, ("kitchen", "bedroom", "entryway"), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    lay(builder, rng, SIZE, jute(look, rng, SIZE))
