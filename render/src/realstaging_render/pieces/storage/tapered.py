"""Cabinets on tapered legs: a mitred case, fronts within it."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import (
    Columns,
    Plan,
    carcass,
    filled,
    flat,
    opening_side,
    planed,
    slatted,
    tapered_feet,
)
from realstaging_render.shapes import Builder


def tapered(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, legs: float) -> None:
    """A case as large as ``piece`` with its legs: doors of slats, drawers with a grip cut into their upper edge."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber = planed(look.wood)
    tip = materials.metal(look.metal, 0.3) if look.style == "mid_century" else None
    plan = Plan(width, legs, height, -depth / 2, depth / 2, columns)
    carcass(builder, plan, timber, 0.005)
    tapered_feet(builder, (width / 2 - 0.045, depth / 2 - 0.03), legs, timber.upright, 0.04, tip)
    for y in (-depth / 2 + 0.07, depth / 2 - 0.07):
        builder.box((width - 0.16, 0.03, 0.024), (0, y, legs - 0.022), timber.across, 0.003)
    filled(builder, look, rng, plan)
    face = -depth / 2 + 0.006
    dark = materials.lacquer((0.03, 0.022, 0.015), 0.7)
    for bay in plan.bays():
        if bay.kind == "door":
            slatted(builder, bay, face, timber)
            x = bay.x + opening_side(bay) * (bay.width / 2 - 0.035)
            builder.box(
                (0.022, 0.018, 0.12), (x, face + 0.0075, bay.z + bay.height * 0.5 - 0.06), timber.upright, 0.004
            )
        elif bay.kind == "drawer":
            flat(builder, bay, face, timber.across)
            grip = min(0.16, bay.width * 0.34)
            builder.box((grip, 0.012, 0.022), (bay.x, face + 0.0055, bay.z + bay.height - 0.025), dark, 0.006)
