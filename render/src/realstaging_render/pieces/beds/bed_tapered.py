"""A bed that floats on splayed, tapered legs, its low head of slats let into a frame."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import DOUBLE, HEAD, feet, rails
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece("bed_tapered", "bed", "Double bed on tapered legs", 1.76, 2.12, 0.98, ("bedroom",), STYLES, seats=2)
SLATS = 23


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tapered(builder, look, rng, DOUBLE)


def tapered(builder: Builder, look: Look, rng: random.Random, wide: float) -> None:
    """The bed, for a mattress ``wide`` metres wide."""
    across, upright = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    for x in (-wide / 2 - 0.055, wide / 2 + 0.055):
        builder.box((0.05, 0.035, 0.72), (x, HEAD, 0.25), upright, 0.012)
    for z in (0.36, 0.925):
        builder.box((wide + 0.1, 0.035, 0.05), (0, HEAD, z), across, 0.012)
    slats = round(SLATS * wide / DOUBLE)
    for number in range(slats):
        x = (number - (slats - 1) / 2) * (wide + 0.04) / slats
        builder.box((0.034, 0.016, 0.54), (x, HEAD, 0.395), upright, 0.004)
    rails(builder, look, 0.22, 0.11, wide=wide)
    builder.box((wide + 0.02, 2.0, 0.03), (0, 0, 0.24), materials.wood(look.wood, "Y"), 0.004)
    feet(builder, upright, 0.24, 0.03, splay=0.05, wide=wide)
    dress(builder, look, rng, wide, 1.98, 0.27, 0.99)
