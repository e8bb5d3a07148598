"""A low platform bed with a plain board for a head, made."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("modern", "minimalist", "industrial")
PIECE = Piece("bed_platform", "bed", "Double bed, low platform", 1.8, 2.14, 0.92, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    platform(builder, look, rng, DOUBLE)


def platform(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    board = materials.wood(look.wood, "X")
    builder.box((wide + 0.2, 0.04, 0.72), (0, 1.05, 0.2), board, 0.012)
    builder.box((wide + 0.2, 2.1, 0.07), (0, -0.02, 0.16), materials.wood(look.wood, "Y"), 0.012)
    foot = materials.metal(look.metal) if look.legs == "metal" else materials.wood(look.wood, "Z")
    for x in (-wide / 2 + 0.08, wide / 2 - 0.08):
        for y in (-0.85, 0.85):
            builder.box((0.07, 0.07, 0.165), (x, y, 0), foot, 0.006)
    dress(builder, look, rng, wide, 2.0, 0.225, 1.01)
