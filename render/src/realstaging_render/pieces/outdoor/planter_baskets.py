"""Three whitewashed baskets of lavender."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import coiled, hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.clipped import SOIL, lavender
from realstaging_render.shapes import Builder

STYLES = ("coastal", "farmhouse", "scandinavian")
PIECE = Piece("planter_baskets", "planter", "Baskets of lavender", 0.9, 0.78, 0.74, ("outdoor",), STYLES)
TUFTS = ((-0.17, 0.08, 0.2, 0.34, 106), (0.2, 0.12, 0.165, 0.27, 84), (0.1, -0.17, 0.135, 0.21, 66))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    wash = materials.wood(tuple(0.35 * c + 0.38 for c in look.light), "X", 0.85)
    straw = materials.wood((0.5, 0.4, 0.27), "X", 0.8)
    soil = materials.lacquer(SOIL, 0.95)
    for x, y, radius, tall, count in TUFTS:
        profile = [(0.72, 0), (0.86, 0.12), (0.98, 0.55), (0.96, 0.86), (0.93, 1.0)]
        lower = [(r * radius, h * tall) for r, h in profile]
        coiled(builder, lower, (x, y, 0), wash, 0.02)
        hoop(builder, (x, y, tall), radius * 0.92, 0.012, straw)
        for up in (0.3, 0.42):
            hoop(builder, (x, y, tall * up), radius * (0.86 + 0.22 * up), 0.008, straw)
        builder.lathe([(radius * 0.9, 0), (radius * 0.5, 0.012), (0.002, 0.016)], (x, y, tall - 0.04), soil)
        lavender(builder, rng, (x, y, tall - 0.035), radius, 0.3 + 0.55 * radius, count)
