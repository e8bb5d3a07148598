"""Painted country cabinets under an oiled wooden top: flat panels, braced doors, cup handles, turned feet."""

from __future__ import annotations

import math
import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import (
    GAP,
    TALL,
    Bay,
    Columns,
    Plan,
    Timber,
    carcass,
    cup,
    filled,
    knob,
    opening_side,
    painted,
    panel,
    planed,
)
from realstaging_render.shapes import Builder

FOOT = [(0.02, 0), (0.028, 0.012), (0.026, 0.03), (0.018, 0.04), (0.027, 0.052), (0.031, 0.1)]


def country(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns) -> None:
    """A cabinet as large as ``piece``; the paint is pale or sage."""
    width, depth, height = piece.width, piece.depth, piece.height
    paint = painted(rng.choice([look.light, look.light, (0.3, 0.34, 0.27)]), 0.55)
    oak, iron = planed(look.wood, 0.5), materials.metal(look.metal, 0.4)
    front = -depth / 2 + 0.026
    plan = Plan(width - 0.04, 0.095, height - 0.03, front, depth / 2 - 0.004, columns, 0.03)
    carcass(builder, plan, paint)
    boards = round(depth / 0.14)
    for number in range(boards):
        y = -depth / 2 + depth * (number + 0.5) / boards
        builder.box((width, depth / boards - 0.0015, 0.032), (0, y, height - 0.032), oak.across, 0.004)
    for x in (-width / 2 + 0.06, width / 2 - 0.06):
        for y in (-depth / 2 + 0.065, depth / 2 - 0.05):
            builder.lathe(FOOT, (x, y, 0), oak.upright, 32)
    filled(builder, look, rng, plan)
    face = front - 0.002
    for bay in plan.bays():
        if bay.kind == "door":
            panel(builder, bay, face, paint, 0.045, raised=False)
            if bay.height < TALL:
                _brace(builder, bay, face, paint)
            knob(builder, (bay.x + opening_side(bay) * (bay.width / 2 - 0.026), face, bay.z + bay.height / 2), iron)
        elif bay.kind == "drawer":
            panel(builder, bay, face, paint, 0.026, raised=False)
            for x in (-0.25, 0.25) if bay.width > 0.5 else (0.0,):
                cup(builder, (bay.x + x * bay.width, face + 0.012, bay.z + bay.height / 2 - 0.015), iron)


def _brace(builder: Builder, bay: Bay, face: float, timber: Timber) -> None:
    """Crossed boards between a door's stiles."""
    wide, tall = bay.width - 2 * GAP - 0.09, bay.height - 2 * GAP - 0.09
    long, slope = math.hypot(wide, tall) - 0.03, math.degrees(math.atan2(tall, wide))
    for turn, thick in ((-1, 0.012), (1, 0.0125)):
        at = (bay.x, face + 0.0085, bay.z + bay.height / 2 - 0.0175)
        builder.box((long, thick, 0.035), at, timber.across, 0.002, (0, turn * slope, 0))
