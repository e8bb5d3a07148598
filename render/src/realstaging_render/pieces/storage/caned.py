"""Cabinets with fronts of woven cane in rounded frames, on splayed feet; whitewashed by the sea."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage import cabinetry
from realstaging_render.pieces.storage.cabinetry import Columns, Plan
from realstaging_render.shapes import Builder


def caned(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, legs: float = 0.16) -> None:
    """A cabinet as large as ``piece`` with its feet; whitewashed by the sea."""
    width, depth, height = piece.width, piece.depth, piece.height
    washed = tuple(0.4 * wood + 0.45 * light for wood, light in zip(look.wood, look.light, strict=True))
    timber = cabinetry.planed((washed[0], washed[1], washed[2]) if look.style == "coastal" else look.wood, 0.5)
    cane = materials.webbing(tuple(c * 1.3 for c in CANE))
    pull = materials.metal(look.metal, 0.3) if look.style != "coastal" else timber.upright
    front = -depth / 2 + 0.022
    plan = Plan(width - 0.02, legs, height - 0.012, front, depth / 2 - 0.002, columns, 0.026)
    cabinetry.carcass(builder, plan, timber, 0.008)
    builder.box((width, depth, 0.024), (0, 0, height - 0.024), timber.across, 0.01)
    cabinetry.tapered_feet(builder, (width / 2 - 0.045, depth / 2 - 0.035), legs, timber.upright, 0.03)
    cabinetry.filled(builder, look, rng, plan)
    face = front + 0.003
    for bay in plan.bays():
        if bay.kind == "open":
            continue
        cabinetry.caned(builder, bay, face, timber, cane, 0.026 if bay.kind == "drawer" else 0.036)
        x = bay.x + cabinetry.opening_side(bay) * (bay.width / 2 - 0.021) if bay.kind == "door" else bay.x
        z = bay.z + (bay.height * 0.5 if bay.kind == "door" else bay.height - 0.016)
        cabinetry.knob(builder, (x, face, z), pull, 0.011)
