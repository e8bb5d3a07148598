"""A media unit with half-round tambour ends and four plain doors."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.rounded import rounded
from realstaging_render.shapes import Builder

STYLES = ("contemporary",)
PIECE = Piece("media_rounded", "media_unit", "Curved media unit", 1.8, 0.42, 0.5, ("living_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    rounded(builder, look, PIECE, ((1.0, ("door",)),) * 4)
