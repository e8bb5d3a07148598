"""A painted stool on turned legs, a folded towel and a bottle on it."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.dressing.linen import folded, terry
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.turning import turned_leg
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("stool_turned", "bench", "Turned stool with towels", 0.4, 0.4, 0.47, ("bathroom",), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    painted = look.style == "farmhouse"
    leg = materials.lacquer(look.light, 0.5) if painted else materials.wood(look.wood, "Z")
    seat = [(0.17, 0.43), (0.195, 0.436), (0.2, 0.448), (0.197, 0.462), (0.185, 0.47), (0.001, 0.466)]
    builder.lathe(seat, (0, 0, 0), leg if painted else materials.wood(look.wood, "X"), 72)
    for number in range(4):
        turn = math.pi / 4 + number * math.pi / 2
        x, y = 0.125 * math.cos(turn), 0.125 * math.sin(turn)
        turned_leg(builder, (x, y, 0), 0.435, 0.024, leg, 0.09)
    for x, y in ((0.088, 0), (0, 0.088)):
        for side in (-1, 1):
            ends = ((side * x or -0.088, side * y or -0.088), (side * x or 0.088, side * y or 0.088))
            builder.rod((*ends[0], 0.16), (*ends[1], 0.16), 0.009, leg)
    folded(builder, rng, (0.02, 0, 0.468), (0.27, 0.2), [terry(look.light), terry(look.second)])
