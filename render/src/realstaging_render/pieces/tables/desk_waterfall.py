"""A desk of one board mitred down at both ends, a thin drawer beneath."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
PIECE = Piece("desk_waterfall", "desk", "Board desk", 1.4, 0.66, 0.74, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    level, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    front = materials.lacquer((0.035, 0.037, 0.041), 0.5) if look.style == "modern" else level
    builder.box((1.4, 0.66, 0.04), (0, 0, 0.7), level, 0.003)
    for x in (-0.68, 0.68):
        builder.box((0.04, 0.659, 0.702), (x, 0, 0), upright, 0.003)
    builder.box((1.322, 0.026, 0.4), (0, 0.29, 0.3), level, 0.002)
    builder.box((1.322, 0.5, 0.07), (0, 0.03, 0.632), level, 0.002)
    for x in (-0.331, 0.331):
        builder.box((0.655, 0.018, 0.066), (x, -0.226, 0.632), front, 0.002)
    worked_at(builder, look, rng, 0.7, 0.74)
