"""An oval coffee table on tapered, splayed legs tipped with brass, a rack of slats beneath."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.slabs import slab
from realstaging_render.pieces.tables.dressing import books, bowl
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece("coffee_oval", "coffee_table", "Oval coffee table", 1.2, 0.56, 0.42, ("living_room",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    slab(builder, 0.6, 0.28, 0.396, 0.024, top)
    for x in (-1, 1):
        for y in (-1, 1):
            foot, head = (x * 0.47, y * 0.23, 0), (x * 0.38, y * 0.16, 0.4)
            builder.rod(foot, head, 0.011, leg, 0.021)
            if look.style == "mid_century":
                tip = tuple(a + (b - a) * 0.12 for a, b in zip(foot, head, strict=True))
                builder.rod(foot, tip, 0.0116, materials.metal(look.metal, 0.3), 0.0128)
        builder.box((0.024, 0.4, 0.03), (x * 0.4, 0, 0.2), materials.wood(look.wood, "Y"), 0.004)
    for number in range(6):
        builder.rod((-0.44, -0.15 + 0.06 * number, 0.225), (0.44, -0.15 + 0.06 * number, 0.225), 0.0075, top)
    books(builder, look, rng, (-0.24, 0.0, 0.42), 3)
    books(builder, look, rng, (0.1, 0.0, 0.234), 2)
    bowl(builder, look, (0.24, 0, 0.42), 0.13)
