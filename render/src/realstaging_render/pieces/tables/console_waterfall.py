"""One board mitred down at both ends; the modern one has a dark drawer beneath."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("minimalist", "modern")
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_waterfall", "console_table", "Waterfall console", 1.25, 0.34, 0.78, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    level, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    builder.box((1.25, 0.34, 0.042), (0, 0, 0.738), level, 0.003)
    for x in (-0.604, 0.604):
        builder.box((0.042, 0.339, 0.74), (x, 0, 0), upright, 0.003)
    if look.style == "modern":
        dark = materials.lacquer((0.035, 0.037, 0.041), 0.5)
        builder.box((1.166, 0.3, 0.11), (0, 0.015, 0.632), dark, 0.002)
        for x in (-0.2925, 0.2925):
            builder.box((0.58, 0.018, 0.1), (x, -0.142, 0.637), dark, 0.002)
    else:
        builder.box((1.166, 0.28, 0.03), (0, 0.02, 0.22), level, 0.003)
