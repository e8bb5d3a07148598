"""A bed of steel tube: two bent hoops with bars between, one tall at the head, one low at the foot."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.beds.bedding import dress
from realstaging_render.pieces.beds.frames import HEAD
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("industrial",)
PIECE = Piece("bed_steel", "bed", "Steel tube bed", 1.74, 2.12, 1.1, ("bedroom",), STYLES, seats=2)
BARS = 7


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    steel = materials.metal(look.metal)
    for y, tall in ((HEAD, 1.08), (-HEAD, 0.56)):
        side = [(-0.845, y, 0), (-0.845, y, tall - 0.16), (-0.815, y, tall - 0.05), (-0.7, y, tall)]
        tube(builder, [*side, (0, y, tall), *((-x, y, z) for x, _, z in reversed(side))], 0.02, steel)
        builder.rod((-0.84, y, 0.33), (0.84, y, 0.33), 0.014, steel)
        for number in range(BARS):
            x = (number - (BARS - 1) / 2) * 1.68 / (BARS + 1)
            builder.rod((x, y, 0.33), (x, y, tall), 0.009, steel)
    for x in (-0.83, 0.83):
        builder.box((0.03, 2.04, 0.05), (x, 0, 0.25), steel, 0.004)
    dress(builder, look, rng, 1.6, 1.98, 0.28, 0.99)
