"""A wide pendant lamp woven of cane."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, caged, hoop
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.lights.hanging import ROOMS, cord, rose
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("bohemian", "coastal", "scandinavian", "farmhouse")
PIECE = Piece("pendant_basket", "pendant", "Woven pendant", 0.56, 0.56, 0.95, ROOMS, STYLES, mount="ceiling")
BELL = [
    (0.272, 0.01),
    (0.266, 0.05),
    (0.25, 0.1),
    (0.222, 0.15),
    (0.182, 0.2),
    (0.13, 0.245),
    (0.07, 0.28),
    (0.022, 0.295),
]


def build(builder: Builder, look: Look, dice: random.Random) -> None:
    cane = materials.wood(CANE if dice.random() < 0.7 else tuple(c * 0.55 for c in CANE), "Z", 0.5)
    rose(builder, materials.wood(look.wood, "X"))
    cord(builder, 0, 0, 0.66, look)
    caged(builder, BELL, (0, 0, -0.95), cane, 40)
    hoop(builder, (0, 0, -0.94), 0.272, 0.008, cane)
    builder.rod((0, 0, -0.66), (0, 0, -0.74), 0.02, materials.lacquer((0.03, 0.03, 0.03), 0.5))
    bulb = [(0.001, 0), (0.035, 0.01), (0.05, 0.045), (0.03, 0.085), (0.016, 0.1)]
    builder.lathe(bulb, (0, 0, -0.83), materials.shade((0.95, 0.9, 0.8), 3.0), 24)
