"""A tall hamper of woven rattan with a domed lid."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled, hoop, tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "luxury", "contemporary", "mid_century")
PIECE = Piece("basket_rattan", "basket", "Rattan hamper", 0.43, 0.43, 0.62, ("bathroom",), STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    tone = {"luxury": 0.3, "traditional": 0.5, "mid_century": 0.75}.get(look.style, 1.0)
    cane = materials.wood(tuple(tone * c for c in CANE), "X", 0.7)
    coiled(builder, [(0.17, 0), (0.185, 0.04), (0.2, 0.3), (0.195, 0.52)], (0, 0, 0), cane, 0.014)
    hoop(builder, (0, 0, 0.52), 0.2, 0.009, cane)
    dome = [(0.205, 0.525), (0.207, 0.54), (0.2, 0.552), (0.16, 0.571), (0.09, 0.588), (0.02, 0.594), (0.001, 0.594)]
    builder.lathe(dome, (0, 0, 0), cane, 72)
    for radius, height in ((0.19, 0.557), (0.15, 0.575), (0.1, 0.587), (0.05, 0.593)):
        hoop(builder, (0, 0, height), radius, 0.0045, cane)
    builder.lathe([(0.012, 0.59), (0.01, 0.6), (0.02, 0.608), (0.018, 0.618), (0.001, 0.62)], (0, 0, 0), cane, 32)
    for side in (-1, 1):
        arch = [
            (side * 0.2, -0.06, 0.4),
            (side * 0.212, -0.04, 0.43),
            (side * 0.212, 0.04, 0.43),
            (side * 0.2, 0.06, 0.4),
        ]
        tube(builder, arch, 0.007, cane)
