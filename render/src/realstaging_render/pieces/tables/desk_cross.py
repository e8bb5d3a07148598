"""A desk of planks on crossed sides, two drawers beneath."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import knob
from realstaging_render.pieces.tables.desk_things import worked_at
from realstaging_render.shapes import Builder

STYLES = ("farmhouse", "coastal")
PIECE = Piece("desk_cross", "desk", "Cross-leg desk", 1.4, 0.66, 0.76, ("office", "kids_room"), STYLES, laden=True)


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    top, paint = materials.wood(look.wood, "X", 0.55), materials.lacquer(look.light, 0.55)
    knobs = materials.metal(look.metal, 0.4)
    for number in range(4):
        builder.box((1.4, 0.163, 0.034), (0, -0.2475 + 0.165 * number, 0.726), top, 0.005)
    rise, run = 0.5, 0.47
    slope, long = math.degrees(math.atan2(rise, run)), math.hypot(rise, run)
    for x in (-0.63, 0.63):
        for y in (-0.27, 0.27):
            builder.box((0.05, 0.05, 0.728), (x, y, 0), paint, 0.005)
        for z in (0.06, 0.6):
            builder.box((0.036, 0.5, 0.05), (x, 0, z), paint, 0.003)
        for turn, thick in ((-1, 0.026), (1, 0.024)):
            builder.box((thick, long, 0.036), (x, 0, 0.337), paint, 0.003, (turn * slope, 0, 0))
    builder.box((1.22, 0.5, 0.1), (0, 0.01, 0.627), paint, 0.003)
    builder.box((1.24, 0.03, 0.05), (0, 0.25, 0.06), paint, 0.003)
    for x in (-0.3, 0.3):
        builder.box((0.575, 0.018, 0.09), (x, -0.242, 0.632), paint, 0.005)
        for side in (-0.14, 0.14):
            knob(builder, (x + side, -0.251, 0.677), knobs)
    worked_at(builder, look, rng, 0.7, 0.76)
