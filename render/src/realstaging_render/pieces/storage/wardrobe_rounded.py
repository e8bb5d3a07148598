"""A wardrobe with half-round tambour ends and two plain doors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.rounded import rounded
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("wardrobe_rounded", "wardrobe", "Curved wardrobe", 1.2, 0.56, 1.9, ("bedroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rounded(builder, look, PIECE, ((1.0, ("door",)),) * 2)
