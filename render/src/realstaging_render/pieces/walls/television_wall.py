"""A television on the wall or on a media unit."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

PIECE = Piece(
    "television_wall", "television", "Television", 1.23, 0.06, 0.71, ("living_room",), mount="wall", on="media_unit"
)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    builder.box((1.23, 0.06, 0.71), (0, 0, 0), materials.lacquer((0.01, 0.01, 0.011), 0.4), 0.006)
    builder.box((1.21, 0.004, 0.69), (0, -0.03, 0.01), materials.screen(), 0.001)
