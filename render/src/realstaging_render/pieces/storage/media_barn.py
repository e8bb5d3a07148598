"""A country media unit with planked doors that slide on an iron rail before open shelves."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns, Plan, carcass, filled, painted, planed
from realstaging_render.shapes import Builder

STYLES = ("farmhouse",)
PIECE = Piece("media_barn", "media_unit", "Barn-door media unit", 1.65, 0.46, 0.62, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("open", "open")), (1.1, ("open", "open")), (1.0, ("open", "open")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    paint, oak, iron = painted(look.light, 0.55), planed(look.wood, 0.55), materials.metal((0.03, 0.03, 0.032), 0.42)
    plan = Plan(1.6, 0.06, 0.59, -0.185, 0.225, COLUMNS, 0.028)
    carcass(builder, plan, paint)
    builder.box((1.58, 0.34, 0.062), (0, 0.03, 0), paint.across, 0.004)
    for y in (-0.153, 0.0, 0.153):
        builder.box((1.65, 0.1515, 0.034), (0, y, 0.586), oak.across, 0.005)
    filled(builder, look, rng, plan)
    builder.box((1.56, 0.006, 0.022), (0, -0.2, 0.545), iron, 0.002)
    for x in (-0.53, 0.53):
        for number in range(4):
            builder.box((0.128, 0.014, 0.44), (x - 0.195 + 0.13 * number, -0.2, 0.085), oak.upright, 0.003)
        for z in (0.095, 0.465):
            builder.box((0.52, 0.012, 0.05), (x, -0.212, z), oak.across, 0.003)
        long, slope = math.hypot(0.48, 0.32), math.degrees(math.atan2(0.32, 0.48))
        builder.box((long, 0.011, 0.046), (x, -0.2115, 0.282), oak.across, 0.003, (0, math.copysign(slope, x), 0))
        for side in (-0.17, 0.17):
            builder.box((0.022, 0.005, 0.1), (x + side, -0.2195, 0.455), iron, 0.001)
            builder.rod((x + side, -0.202, 0.562), (x + side, -0.222, 0.562), 0.02, iron)
