"""Lacquered cabinets with fine brass mouldings on a brass plinth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.storage.cabinetry import (
    TALL,
    Bay,
    Columns,
    Plan,
    bar,
    carcass,
    filled,
    flat,
    knob,
    opening_side,
    painted,
)
from realstaging_render.shapes import Builder


def moulded(
    builder: Builder, look: Look, rng: random.Random, piece: Piece, columns: Columns, plinth: float = 0.075
) -> None:
    """A cabinet as large as ``piece``: doors with long pulls, drawers with two knobs."""
    width, depth, height = piece.width, piece.depth, piece.height
    brass, lacquer = materials.metal(look.metal, 0.22), painted(look.fabric, 0.22)
    front = -depth / 2 + 0.03
    builder.box((width - 0.08, depth - 0.08, plinth), (0, 0.02, 0), brass, 0.003)
    plan = Plan(width - 0.02, plinth - 0.005, height - 0.02, front + 0.005, depth / 2 - 0.005, columns, 0.02)
    carcass(builder, plan, lacquer)
    filled(builder, look, rng, plan)
    builder.box((width, depth, 0.03), (0, 0, height - 0.03), lacquer.across, 0.008)
    builder.box((width - 0.01, depth - 0.02, 0.008), (0, 0.002, height - 0.038), brass, 0.002)
    for bay in plan.bays():
        if bay.kind == "open":
            continue
        flat(builder, bay, front, lacquer.across)
        margin = 0.06 if bay.kind == "door" else 0.025
        low, high = bay.z + margin, bay.z + bay.height - margin
        split = (low, low + 0.32 * (high - low), low + 0.32 * (high - low) + margin, high)
        _lines(builder, bay, front, margin, split if bay.height > TALL else (low, high), brass)
        middle = bay.z + bay.height / 2
        if bay.kind == "door":
            x = bay.x + opening_side(bay) * (bay.width / 2 - 0.025)
            bar(builder, (x, front, middle), min(0.5, bay.height * 0.5), brass, upright=True)
        else:
            for x in (-0.24, 0.24):
                knob(builder, (bay.x + x * bay.width, front, middle), brass, 0.014)


def _lines(builder: Builder, bay: Bay, face: float, margin: float, heights: Sequence[float], brass: Any) -> None:
    """Rectangles of half-round brass, between each two of ``heights``."""
    left, right = bay.x - bay.width / 2 + margin, bay.x + bay.width / 2 - margin
    for low, high in zip(heights[::2], heights[1::2], strict=True):
        corners = [(left, face, low), (right, face, low), (right, face, high), (left, face, high), (left, face, low)]
        for start, end in pairwise(corners):
            builder.rod(start, end, 0.005, brass)
