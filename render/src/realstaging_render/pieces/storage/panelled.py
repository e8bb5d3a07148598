"""Cabinets of the old school: framed and raised panels, a moulded top and base, turned feet, drop handles."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import (
    Columns,
    Plan,
    Timber,
    bail,
    carcass,
    filled,
    knob,
    opening_side,
    panel,
    planed,
)
from realstaging_render.shapes import Builder

FOOT = [(0.026, 0), (0.036, 0.014), (0.04, 0.028), (0.034, 0.044), (0.022, 0.052), (0.03, 0.06), (0.038, 0.075)]


def panelled(builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns) -> None:
    """A cabinet as large as ``piece``."""
    width, depth, height = piece.width, piece.depth, piece.height
    timber, brass = planed(look.wood, 0.3), materials.metal(look.metal, 0.28)
    front = -depth / 2 + 0.03
    body = width - 0.05
    plan = Plan(body, 0.1, height - 0.035, front, depth / 2 - 0.004, columns, 0.028)
    carcass(builder, plan, timber)
    _mouldings(builder, piece, timber)
    for x in (-width / 2 + 0.06, width / 2 - 0.06):
        for y in (-depth / 2 + 0.06, depth / 2 - 0.06):
            builder.lathe(FOOT, (x, y, 0), timber.upright, 32)
    filled(builder, look, rng, plan)
    for bay in plan.bays():
        if bay.kind == "open":
            continue
        stile = 0.03 if bay.kind == "drawer" else 0.05
        panel(builder, bay, front - 0.004, timber, stile)
        middle = bay.z + bay.height / 2
        if bay.kind == "door":
            knob(builder, (bay.x + opening_side(bay) * (bay.width / 2 - 0.03), front - 0.004, middle), brass)
            continue
        for x in (-0.24, 0.24) if bay.width > 0.5 else (0.0,):
            bail(builder, (bay.x + x * bay.width, front - 0.0045, middle + 0.013), brass)


def _mouldings(builder: Builder, piece: Piece, timber: Timber) -> None:
    """Top and base, each of two steps."""
    width, depth, height = piece.width, piece.depth, piece.height
    steps: tuple[tuple[float, float, float, Any], ...] = (
        (0.0, height - 0.026, 0.026, 0.011),
        (0.022, height - 0.042, 0.018, 0.007),
        (0.006, 0.07, 0.045, 0.006),
        (0.02, 0.108, 0.018, 0.008),
    )
    for back, z, tall, soft in steps:
        size = (width - 2 * back, depth - back, tall)
        builder.box(size, (0, back / 2, z), timber.across, soft)
