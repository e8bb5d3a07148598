"""An umbrella stand woven as a basket, with two umbrellas."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled, hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.wardrobe_things import umbrella
from realstaging_render.shapes import Builder

PIECE = Piece("basket_umbrellas", "basket", "Umbrella stand", 0.28, 0.28, 0.5, ("entryway",), laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    if look.legs == "metal":
        steel = materials.metal(look.metal, 0.35)
        shell = [(0.115, 0), (0.125, 0.006), (0.125, 0.495), (0.12, 0.5), (0.117, 0.494), (0.117, 0.01), (0.001, 0.01)]
        builder.lathe(shell, (0, 0, 0), steel)
        for z in (0.04, 0.47):
            hoop(builder, (0, 0, z), 0.129, 0.008, steel)
    else:
        straw = materials.wood(CANE, "X", 0.75)
        coiled(builder, [(0.11, 0), (0.13, 0.06), (0.135, 0.3), (0.128, 0.5)], (0, 0, 0), straw, 0.018)
    umbrella(builder, (-0.03, 0.02, 0.02), (-0.07, 0.05), rng.choice([look.accent, (0.02, 0.025, 0.035)]))
    umbrella(builder, (0.04, -0.03, 0.02), (0.06, -0.03), look.second)
