"""Cabinets of carved mango wood: fronts of lozenges in a thick frame, on square feet, ring pulls."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage import cabinetry
from realstaging_render.pieces.storage.cabinetry import Columns, Plan
from realstaging_render.shapes import Builder


def carved(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns) -> None:
    """A cabinet as large as ``piece``."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber, brass = cabinetry.planed(look.wood, 0.5), materials.metal(look.metal, 0.35)
    front = -depth / 2 + 0.026
    for x in (-width / 2 + 0.06, width / 2 - 0.06):
        for y in (front + 0.05, depth / 2 - 0.05):
            builder.rod((x, y, 0), (x, y, 0.104), 0.016, timber.upright, 0.034)
    plan = Plan(width - 0.03, 0.1, height - 0.024, front, depth / 2 - 0.003, columns, 0.034)
    cabinetry.carcass(builder, plan, timber, 0.006)
    builder.box((width, depth, 0.034), (0, 0, height - 0.034), timber.across, 0.012)
    cabinetry.filled(builder, look, rng, plan)
    face = front - 0.003
    for bay in plan.bays():
        if bay.kind == "open":
            continue
        cabinetry.carved(builder, bay, face, timber, 0.04 if bay.kind == "door" else 0.026)
        if bay.kind == "door":
            x = bay.x + cabinetry.opening_side(bay) * (bay.width / 2 - 0.023)
            cabinetry.bail(builder, (x, face, bay.z + bay.height / 2 + 0.01), brass, 0.024)
        else:
            cabinetry.bail(builder, (bay.x, face, bay.z + bay.height / 2 + 0.012), brass, 0.08)
