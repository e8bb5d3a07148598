"""A long sideboard-like media unit with two doors sliding past each other, on a trestle of splayed legs."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns, Plan, carcass, filled, flat, planed
from realstaging_render.shapes import Builder

STYLES = ("mid_century",)
PIECE = Piece("media_sliding", "media_unit", "Sliding-door media unit", 1.7, 0.44, 0.6, ("living_room",), STYLES)
COLUMNS: Columns = ((1.0, ("door",)), (1.0, ("door",)), (0.9, ("drawer", "drawer", "drawer")))


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    timber, brass = planed(look.wood), materials.metal(look.metal, 0.3)
    pale = materials.lacquer(look.light, 0.45)
    plan = Plan(1.7, 0.24, 0.6, -0.21, 0.22, COLUMNS, 0.024)
    carcass(builder, plan, timber, 0.004)
    filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind == "door":
            flat(builder, bay, -0.196 - 0.006 * bay.column, timber.across if bay.column else pale)
            side = bay.x + (0.42 if bay.column else -0.42) * bay.width
            face = -0.196 - 0.006 * bay.column
            builder.rod((side, face + 0.002, 0.42), (side, face - 0.0015, 0.42), 0.021, brass)
            builder.rod(
                (side, face, 0.42), (side, face - 0.002, 0.42), 0.016, materials.lacquer((0.02, 0.015, 0.01), 0.8)
            )
        else:
            flat(builder, bay, -0.202, timber.across)
            for x in (-0.012, 0.012):
                builder.rod((bay.x + x, -0.202, bay.z + 0.053), (bay.x + x, -0.212, bay.z + 0.053), 0.009, brass)
    for x in (-0.62, 0.62):
        for y in (-1, 1):
            builder.rod((x, y * 0.205, 0), (x, y * 0.12, 0.23), 0.012, timber.upright, 0.018)
        builder.box((0.034, 0.32, 0.03), (x, 0, 0.211), timber.deep, 0.005)
        builder.rod((x, -0.15, 0.14), (x, 0.15, 0.14), 0.009, timber.deep)
    builder.box((1.24, 0.028, 0.028), (0, 0, 0.212), timber.across, 0.004)
