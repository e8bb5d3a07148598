"""A bed that floats on splayed, tapered legs, its low head of slats let into a frame."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import HEAD, feet, rails
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece("bed_tapered", "bed", "Double bed on tapered legs", 1.76, 2.12, 0.98, ("bedroom",), STYLES, seats=2)
SLATS = 23


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    across, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    for x in (-0.855, 0.855):
        builder.box((0.05, 0.035, 0.72), (x, HEAD, 0.25), upright, 0.012)
    for z in (0.36, 0.925):
        builder.box((1.7, 0.035, 0.05), (0, HEAD, z), across, 0.012)
    for number in range(SLATS):
        x = (number - (SLATS - 1) / 2) * 1.64 / SLATS
        builder.box((0.034, 0.016, 0.54), (x, HEAD, 0.395), upright, 0.004)
    rails(builder, look, 0.22, 0.11)
    builder.box((1.62, 2.0, 0.03), (0, 0, 0.24), materials.wood(look.wood, "Y"), 0.004)
    feet(builder, upright, 0.24, 0.03, splay=0.05)
    dress(builder, look, dice, 1.6, 1.98, 0.27, 0.99)
