"""A bedside table of bent rattan: two woven decks between poles, bows at its sides."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.dressing import books
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal")
PIECE = Piece("nightstand_rattan", "nightstand", "Rattan nightstand", 0.5, 0.42, 0.58, ("bedroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    cane, flat = materials.wood(CANE, "Z", 0.45), materials.webbing(tuple(c * 1.3 for c in CANE), "X", "Y", 0.018)
    for x in (-0.23, 0.23):
        for y in (-0.19, 0.19):
            builder.rod((x, y, 0), (x, y, 0.57), 0.014, cane)
            for z in (0.1, 0.325, 0.555):
                builder.rod((x, y, z - 0.012), (x, y, z + 0.012), 0.0175, cane)
        bow = [
            (x, -0.19 * math.cos(math.pi * step / 10), 0.33 + 0.2 * math.sin(math.pi * step / 10)) for step in range(11)
        ]
        tube(builder, bow, 0.009, cane, sides=10, steps=2)
        under = [(x, y, 0.43 - z) for _, y, z in bow]
        tube(builder, [(x, y, max(0.115, z)) for x, y, z in under], 0.007, cane, sides=8, steps=2)
    for z in (0.1, 0.325, 0.562):
        for y in (-0.19, 0.19):
            builder.rod((-0.235, y, z), (0.235, y, z), 0.013, cane)
        for x in (-0.23, 0.23):
            builder.rod((x, -0.19, z), (x, 0.19, z), 0.013, cane)
        builder.box((0.45, 0.37, 0.01), (0, 0, z - 0.001), flat, 0.001)
    builder.box((0.5, 0.42, 0.012), (0, 0, 0.568), materials.wood(look.wood, "X", 0.5), 0.006)
    books(builder, look, rng, (-0.02, 0, 0.334), 3)
    with builder.carried():
        coiled(builder, [(0.12, 0), (0.15, 0.04), (0.15, 0.13)], (0, 0, 0.109), materials.wood(CANE, "X", 0.7))
