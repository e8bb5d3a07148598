"""A bed with a panelled wooden head under a moulding, and a low panelled foot."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import HEAD, rails
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("bed_panelled", "bed", "Panelled bed", 1.84, 2.16, 1.13, ("bedroom",), STYLES, seats=2)


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    across, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    for y, tall, low in ((HEAD, 1.13, 0.3), (-HEAD, 0.5, 0.14)):
        for x in (-0.86, 0.86):
            builder.box((0.08, 0.075, tall), (x, y, 0), upright, 0.008)
        builder.box((1.66, 0.022, tall - low - 0.06), (0, y, low), upright, 0.002)
        for z in (low, tall - 0.14):
            builder.box((1.66, 0.042, 0.09), (0, y, z), across, 0.006)
        for x in (-0.415, 0, 0.415):
            builder.box((0.08, 0.042, tall - low - 0.12), (x, y, low + 0.04), upright, 0.006)
        builder.box((1.8, 0.07, 0.028), (0, y, tall - 0.05), across, 0.008)
        builder.box((1.84, 0.095, 0.022), (0, y, tall - 0.022), across, 0.008)
    rails(builder, look, 0.18, 0.17, 0.04)
    dress(builder, look, dice, 1.6, 1.95, 0.28, 0.98)
