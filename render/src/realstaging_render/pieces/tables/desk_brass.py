"""A lacquered writing desk with brass mouldings on slender brass legs, a leather top."""

from __future__ import annotations

import random
from itertools import pairwise

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import knob
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("luxury",)
PIECE = Piece("desk_brass", "desk", "Brass-legged desk", 1.4, 0.66, 0.76, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    brass, lacquer = materials.metal(look.metal, 0.2), materials.lacquer(look.second, 0.22)
    builder.box((1.39, 0.62, 0.14), (0, 0, 0.62), lacquer, 0.006)
    builder.box((1.4, 0.63, 0.008), (0, 0, 0.744), brass, 0.002)
    builder.box((1.3, 0.56, 0.003), (0, 0, 0.758), materials.lacquer((0.05, 0.032, 0.022), 0.5), 0.001)
    for x in (-0.62, 0.62):
        for y in (-0.27, 0.27):
            builder.rod((x * 1.03, y * 1.03, 0), (x, y, 0.622), 0.009, brass, 0.017)
        builder.rod((x * 1.02, -0.275, 0.16), (x * 1.02, 0.275, 0.16), 0.007, brass)
    builder.rod((-0.632, 0, 0.16), (0.632, 0, 0.16), 0.007, brass)
    for x in (-0.455, 0, 0.455):
        left, right = x - 0.2, x + 0.2
        corners = [(left, 0.645), (right, 0.645), (right, 0.725), (left, 0.725), (left, 0.645)]
        for (ax, az), (bx, bz) in pairwise(corners):
            builder.rod((ax, -0.311, az), (bx, -0.311, bz), 0.004, brass)
        knob(builder, (x, -0.31, 0.685), brass, 0.012)
    worked_at(builder, look, rng, 0.7, 0.761)
