"""Cabinets without handles: a thin mitred case that seems to float over a plinth drawn back, fronts parted by shadow joints."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import SHADOW, Columns, Plan, carcass, filled, planed
from realstaging_render.shapes import Builder

GRIP = 0.016
"""Metres of shadow over each front, for the fingers."""


def plain(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, plinth: float) -> None:
    """A cabinet as large as ``piece``, its case ``plinth`` metres above the floor."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber = planed(look.wood, 0.5)
    dark = materials.lacquer(SHADOW, 0.7)
    builder.box((width - 0.16, depth - 0.12, plinth + 0.004), (0, 0.03, 0), dark, 0.002)
    plan = Plan(width, plinth, height, -depth / 2, depth / 2, columns, 0.018)
    carcass(builder, plan, timber, 0.0015)
    filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind != "open":
            size = (bay.width - 0.005, 0.02, bay.height - GRIP)
            builder.box(size, (bay.x, -depth / 2 + 0.012, bay.z + 0.0025), timber.grain(bay), 0.0015)
