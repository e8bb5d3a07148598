"""A round table with a moulded top on a turned column and four scrolled feet, laid for four."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.place_settings import centre, laid
from realstaging_render.shapes import Builder

STYLES = ("traditional", "farmhouse")
PIECE = Piece(
    "dining_pedestal", "dining_table", "Pedestal dining table", 1.3, 1.3, 0.76, ("dining_room",), STYLES, laden=True
)
COLUMN = [
    (0.05, 0.1),
    (0.085, 0.12),
    (0.1, 0.15),
    (0.1, 0.22),
    (0.07, 0.25),
    (0.085, 0.27),
    (0.085, 0.29),
    (0.055, 0.32),
]
COLUMN += [
    (0.05, 0.36),
    (0.075, 0.43),
    (0.095, 0.5),
    (0.09, 0.56),
    (0.06, 0.6),
    (0.085, 0.62),
    (0.085, 0.64),
    (0.16, 0.67),
    (0.3, 0.7),
]
TOP = [
    (0.56, 0),
    (0.62, 0.008),
    (0.625, 0.02),
    (0.64, 0.024),
    (0.65, 0.036),
    (0.646, 0.048),
    (0.635, 0.052),
    (0.003, 0.052),
]


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    country = look.style == "farmhouse"
    stand = materials.lacquer(look.light, 0.55) if country else materials.wood(look.wood, "Z", 0.3)
    builder.lathe(COLUMN, (0, 0, 0), stand, 48)
    builder.lathe(TOP, (0, 0, 0.708), materials.wood(look.wood, "X", 0.5 if country else 0.28), 96)
    for number in range(4):
        turn = math.pi / 4 + number * math.pi / 2
        x, y = math.cos(turn), math.sin(turn)
        for down, thick in ((0.0, 0.034), (0.03, 0.03)):
            bow = ((0.05, 0.2), (0.14, 0.205), (0.25, 0.13), (0.36, 0.06), (0.43, 0.05))
            tube(builder, [(out * x, out * y, z - down * (1 - out)) for out, z in bow], thick, stand, sides=14)
        builder.lathe([(0.03, 0), (0.042, 0.014), (0.038, 0.05), (0.03, 0.08)], (0.43 * x, 0.43 * y, 0), stand, 28)
    laid(builder, look, rng, 0.76, [(-0.4, 0), (0.4, 0), (0, -0.4), (0, 0.4)])
    centre(builder, look, rng, 0.76, 1.2)
