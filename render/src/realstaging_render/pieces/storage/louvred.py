"""Cabinets by the sea: whitewashed, louvred doors between square posts, drawers of planks with rope loops."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.bending import tube
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage import cabinetry
from realstaging_render.pieces.storage.cabinetry import Bay, Columns, Plan
from realstaging_render.shapes import Builder

POST = 0.05
ROPE = (0.5, 0.4, 0.27)


def louvred(
    builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, legs: float = 0.12
) -> None:
    """A cabinet as large as ``piece``, its lowest board ``legs`` metres above the floor."""
    width, depth, height = piece.width, piece.depth, piece.height
    washed = cabinetry.painted(look.light, 0.6)
    top = cabinetry.planed(look.wood, 0.55)
    rope = materials.fabric(ROPE, 300, 0.6)
    front = -depth / 2 + 0.03
    for x in (-1, 1):
        for y in (front + POST / 2 - 0.008, depth / 2 - POST / 2 - 0.008):
            builder.box((POST, POST, height - 0.028), (x * (width / 2 - POST / 2 - 0.012), y, 0), washed.upright, 0.006)
    plan = Plan(width - 2 * POST - 0.01, legs, height - 0.028, front, depth / 2 - 0.014, columns, 0.024)
    cabinetry.carcass(builder, plan, washed)
    builder.box((width, depth, 0.03), (0, 0, height - 0.03), top.across, 0.009)
    builder.box((width - 2 * POST - 0.02, 0.02, 0.03), (0, front + 0.014, legs - 0.028), washed.across, 0.004)
    cabinetry.filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind == "door":
            cabinetry.louvred(builder, bay, front - 0.001, washed)
            x = bay.x + cabinetry.opening_side(bay) * (bay.width / 2 - 0.026)
            cabinetry.knob(builder, (x, front - 0.001, bay.z + bay.height / 2), top.upright)
        elif bay.kind == "drawer":
            cabinetry.flat(builder, bay, front - 0.001, washed.across, 0.006)
            for x in (-0.25, 0.25) if bay.width > 0.5 else (0.0,):
                _loop(builder, bay, x * bay.width, front - 0.001, rope)


def _loop(builder: Builder, bay: Bay, x: float, face: float, rope: Any) -> None:
    """A piece of rope knotted through two holes."""
    middle, z = bay.x + x, bay.z + bay.height / 2 + 0.012
    bow = ((-0.04, 0.004, 0), (-0.04, -0.012, 0), (-0.025, -0.018, -0.024), (0, -0.02, -0.031))
    path = [*bow, *((-side, out, up) for side, out, up in bow[-2::-1])]
    tube(builder, [(middle + side, face + out, z + up) for side, out, up in path], 0.006, rope, steps=4)
