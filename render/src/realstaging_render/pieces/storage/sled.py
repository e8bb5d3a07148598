"""Cabinets of a wooden sleeve with dark matt fronts on a sled of square steel."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import Columns, Plan, bar, carcass, filled, flat, opening_side, planed
from realstaging_render.shapes import Builder

GRAPHITE = (0.035, 0.037, 0.041)
STEEL = 0.022


def sled(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, lift: float = 0.14) -> None:
    """A cabinet as large as ``piece``, its sleeve ``lift`` metres above the floor."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber, steel = planed(look.wood, 0.42), materials.metal((0.02, 0.02, 0.022), 0.4)
    matt = materials.lacquer(GRAPHITE, 0.6)
    front = -depth / 2 + 0.02
    plan = Plan(width, lift, height, front - 0.012, depth / 2, columns, 0.03)
    carcass(builder, plan, timber, 0.002)
    for x in (-width / 2 + 0.07, width / 2 - 0.07):
        for z in (0.0, lift - STEEL):
            builder.box((STEEL, depth - 0.04, STEEL), (x, 0.004, z), steel, 0.002)
        for y in (-depth / 2 + 0.035, depth / 2 - 0.03):
            builder.box((STEEL, STEEL, lift - 0.002), (x, y, 0.001), steel, 0.002)
    builder.box((width - 0.16, STEEL, STEEL), (0, depth / 2 - 0.06, lift - STEEL), steel, 0.002)
    filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind == "open":
            continue
        flat(builder, bay, front, matt, 0.002)
        if bay.kind == "door":
            x = bay.x + opening_side(bay) * (bay.width / 2 - 0.035)
            bar(builder, (x, front, bay.z + bay.height / 2), 0.18, steel, upright=True)
        else:
            bar(builder, (bay.x, front, bay.z + bay.height - 0.035), min(0.3, bay.width * 0.45), steel)
