"""A round top with a raised rim on three splayed, tapered legs and a second, smaller deck."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("mid_century", "scandinavian")
PIECE = Piece(
    "side_tray", "side_table", "Three-legged side table", 0.46, 0.46, 0.54, ("living_room", "bedroom"), STYLES
)
TOP = [
    (0.19, 0),
    (0.224, 0.006),
    (0.23, 0.012),
    (0.23, 0.034),
    (0.226, 0.038),
    (0.219, 0.036),
    (0.216, 0.034),
    (0.002, 0.034),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    board, leg = materials.wood(look.wood, "X"), materials.wood(look.wood, "Z")
    builder.lathe(TOP, (0, 0, 0.502), board, 72)
    builder.lathe([(0.14, 0), (0.146, 0.004), (0.146, 0.014), (0.002, 0.018)], (0, 0, 0.2), board, 64)
    for number in range(3):
        turn = -math.pi / 2 + math.pi / 3 + number * 2 * math.pi / 3
        x, y = math.cos(turn), math.sin(turn)
        builder.rod((0.218 * x, 0.218 * y, 0), (0.12 * x, 0.12 * y, 0.506), 0.01, leg, 0.018)
