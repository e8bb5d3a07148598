"""A wine table: a dished top on a turned column with three curved feet."""

from __future__ import annotations

import math
import random

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece("side_turned", "side_table", "Turned pedestal table", 0.5, 0.5, 0.62, ("living_room", "bedroom"), STYLES)
COLUMN = [(0.02, 0), (0.034, 0.012), (0.038, 0.09), (0.026, 0.105), (0.034, 0.115), (0.034, 0.125), (0.024, 0.14)]
COLUMN += [(0.034, 0.2), (0.038, 0.235), (0.03, 0.28), (0.018, 0.32), (0.016, 0.41), (0.024, 0.425), (0.024, 0.435)]
COLUMN += [(0.017, 0.445), (0.04, 0.462), (0.09, 0.466), (0.09, 0.474)]
DISH = [
    (0.18, 0),
    (0.235, 0.008),
    (0.246, 0.014),
    (0.25, 0.022),
    (0.248, 0.03),
    (0.24, 0.0335),
    (0.233, 0.0325),
    (0.226, 0.031),
]
DISH += [(0.002, 0.031)]


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    top = materials.wood(look.wood, "X", 0.3)
    stand = materials.lacquer(look.light, 0.55) if look.style == "farmhouse" else materials.wood(look.wood, "Z", 0.3)
    builder.lathe(COLUMN, (0, 0, 0.114), stand, 40)
    builder.lathe(DISH, (0, 0, 0.586), top, 72)
    for number in range(3):
        turn = math.pi / 2 + number * 2 * math.pi / 3
        way = np.array([math.cos(turn), math.sin(turn), 0])
        reach = np.array([0.02, 0.09, 0.16, 0.205, 0.228])[:, None]
        rise = np.array([0.175, 0.165, 0.1, 0.035, 0.018])[:, None]
        tube(builder, way * reach + np.array([0, 0, 1]) * rise, 0.0165, stand, sides=14)
        builder.cushion((0.052, 0.052, 0.034), (*(way[:2] * 0.229), 0), stand, plump=0.8, cells=12)
