"""A coiled basket of rolled towels."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, coiled
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import rolled
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("coastal", "bohemian", "farmhouse")
PIECE = Piece("basket_towels", "basket", "Basket of towels", 0.44, 0.44, 0.34, ("bathroom",), STYLES)
ROLL = 0.068


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    tone = CANE if look.curve > 0.25 else tuple(0.5 * c for c in CANE)
    coiled(
        builder, [(0.16, 0), (0.2, 0.06), (0.22, 0.2), (0.215, 0.34)], (0, 0, 0), materials.wood(tone, "X", 0.75), 0.02
    )
    for number in range(6):
        turn = number * math.pi / 3 + 0.3
        reach = 0.13
        foot = (reach * math.cos(turn), reach * math.sin(turn), 0.06)
        top = (foot[0] * 1.08, foot[1] * 1.08, 0.42 + rng.uniform(-0.02, 0.03))
        rolled(builder, look, rng, foot, top, ROLL)
    rolled(builder, look, rng, (0, 0, 0.06), (0.01, -0.01, 0.45), ROLL)
