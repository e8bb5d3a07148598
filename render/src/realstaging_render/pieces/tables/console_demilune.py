"""A half-moon console: a moulded top, a bowed apron with paterae, four tapered legs."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.tables.outlined import half_moon, plate
from realstaging_render.shapes import Builder

STYLES = ("traditional",)
ROOMS = ("entryway", "living_room", "dining_room", "office")
PIECE = Piece("console_demilune", "console_table", "Demilune console", 1.15, 0.42, 0.82, ROOMS, STYLES)


def build(builder: Builder, look: Look, rng: random.Random) -> None:  # noqa: ARG001
    top, leg, brass = (*(materials.wood(look.wood, along, 0.28) for along in "XZ"), materials.metal(look.metal, 0.28))
    plate(builder, half_moon(0.575, 0.42), 0.796, 0.024, top, 0.009)
    plate(builder, half_moon(0.553, 0.4), 0.778, 0.02, top, 0.007)
    plate(builder, half_moon(0.525, 0.37), 0.665, 0.116, leg, 0.003)
    plate(builder, half_moon(0.532, 0.377), 0.665, 0.016, leg, 0.005)
    for degrees in (12, 58, 122, 168):
        turn = -math.radians(degrees)
        x, y = 0.5 * math.cos(turn), 0.185 + 0.35 * math.sin(turn)
        builder.rod((x, y, 0), (x, y, 0.68), 0.011, leg, 0.023)
        builder.lathe([(0.013, 0), (0.016, 0.004), (0.016, 0.05), (0.0145, 0.054)], (x, y, 0.03), brass, 24)
        builder.lathe([(0.025, 0), (0.028, 0.006), (0.025, 0.012)], (x, y, 0.64), leg, 28)
        out = (0.527 * math.cos(turn), 0.185 + 0.372 * math.sin(turn), 0.725)
        way = (0.009 * math.cos(turn), 0.009 * math.sin(turn))
        builder.rod(out, (out[0] + way[0], out[1] + way[1], 0.725), 0.019, brass, 0.011)
