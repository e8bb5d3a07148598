"""A wooden chair with a back of slim spindles."""

from __future__ import annotations

import itertools
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.chairs import splayed_legs
from realstaging_render.shapes import Builder

STYLES = ("scandinavian", "farmhouse", "coastal", "minimalist", "contemporary", "traditional")
PIECE = Piece("chair_spindle", "dining_chair", "Spindle chair", 0.48, 0.505, 0.84, ("dining_room",), STYLES, seats=1)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber = materials.wood(look.wood, "Z")
    splayed_legs(builder, timber, 0.48, 0.5, 0.44)
    builder.cushion((0.46, 0.45, 0.045), (0, -0.02, 0.425), materials.wood(look.wood, "Y"), plump=0.1, rng=rng)
    arc = [(0.225 * np.sin(a), 0.19 + 0.035 * np.cos(a)) for a in np.linspace(-1.15, 1.15, 9)]
    rail = [(x * 1.02, y + 0.015, 0.825) for x, y in arc]
    for (x, y), end in zip(arc, rail, strict=True):
        builder.rod((x * 0.9, y - 0.02, 0.455), end, 0.0075, timber, 0.006)
    for start, end in itertools.pairwise(rail):
        builder.rod(start, end, 0.0145, materials.wood(look.wood, "X"))
    if look.style != "farmhouse":
        builder.cushion((0.38, 0.38, 0.04), (0, -0.03, 0.462), materials.fabric(look.second), plump=0.3, rng=rng)
