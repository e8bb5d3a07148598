"""A fluted media unit with round ends under a marble top."""

from __future__ import annotations

import random

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.fluted import fluted
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("media_fluted", "media_unit", "Fluted media unit", 1.8, 0.44, 0.52, ("living_room",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    fluted(builder, look, PIECE, 1)
