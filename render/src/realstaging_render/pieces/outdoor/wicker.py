"""Garden seats of wicker: a woven tub that rises to its back, a rolled rim, loose cushions."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.pieces.bending import CANE, tube
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import scatter
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

SEAT = 0.26
ARM = 0.6
THICK = 0.05
ROWS = 44


def rattan(look: Look) -> Any:
    """Peeled and honey-brown, or greyed by the sea."""
    grey = 0.45 if look.style == "coastal" else 0.0
    return materials.wood(tuple(c * (1 - grey) + 0.36 * grey for c in CANE), "X", 0.6)


def tubbed(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres for ``seats`` people."""
    width, depth, height = size
    cane = rattan(look)
    plan = _round(width - 2 * THICK, depth - THICK)
    behind = np.clip((plan[:, 1] + depth * 0.12) / (depth * 0.5), 0, 1)
    top = ARM + (height - 0.03 - ARM) * behind * behind * (3 - 2 * behind)
    out = np.gradient(plan, axis=0)[:, ::-1] * (-1, 1)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    share = np.linspace(0, 1, ROWS)[:, None]
    # Strands go over one stake and under the next, the other way round in the next row.
    over = np.where((np.arange(len(plan))[None] // 2 + np.arange(ROWS)[:, None]) % 2, 0.007, -0.001)
    heights = 0.05 + (top[None] - 0.05) * share
    for face, swing in ((1, over), (-1, -over)):
        offset = face * THICK / 2 + swing
        spots = plan[None] * (0.94 + 0.06 * share[..., None]) + out[None] * offset[..., None]
        builder.sheet(np.dstack([spots, heights]), cane, thin=True)
    tube(builder, np.column_stack([plan, top])[::3], 0.032, cane, steps=2)
    tube(builder, np.column_stack([plan * 0.94, np.full(len(plan), 0.05)])[::3], 0.02, cane, steps=2)
    front = -depth / 2 + THICK
    apron = np.stack(
        [
            np.column_stack(
                [
                    np.linspace(-1, 1, 40) * (width / 2 - 2 * THICK),
                    np.full(40, front) + 0.006 * (-1.0) ** np.arange(40),
                    np.full(40, z),
                ]
            )
            for z in np.linspace(0.06, SEAT, 16)
        ]
    )
    builder.sheet(apron, cane, thin=True)
    for side in (-1, 1):
        for y in (front + 0.01, depth / 2 - 0.12):
            builder.rod((side * (width / 2 - 0.12), y, 0.06), (side * (width / 2 - 0.12), y, 0), 0.022, cane)
        foot = (side * (width / 2 - THICK), front - 0.02)
        builder.rod((*foot, 0.04), (*foot, ARM), 0.034, cane)
    cloth, inner = materials.fabric(look.light, 400, 0.5), width - 4.4 * THICK
    builder.box((inner + 0.04, depth - 2.6 * THICK, 0.03), (0, 0, SEAT - 0.02), cane, 0.01)
    each = inner / seats
    for number in range(seats):
        across = -inner / 2 + each * (number + 0.5)
        size_of_seat = (each - 0.004, depth - 2.9 * THICK, 0.16)
        pad(builder, size_of_seat, (across, -0.01, SEAT + 0.01), cloth, corner=0.08, edge=0.06, crown=0.02, rng=rng)
        with builder.carried():
            at = (across, depth / 2 - 0.21, height - 0.3)
            tilt = (74 + rng.uniform(-2, 2), 0, rng.uniform(-2, 2))
            builder.cushion((each * 0.97, 0.42, 0.18), at, cloth, plump=0.42, tilt=tilt, rng=rng)
    scatter(builder, look, rng, pillows, (inner / 2, depth / 2 - 0.36, SEAT + 0.22))


def _round(width: float, depth: float) -> np.ndarray:
    """Points 1.2 cm apart along arm, back and arm, seen from above, (n, 2)."""
    x, y, bend = width / 2, depth / 2, 0.28
    turn = np.linspace(0, math.pi / 2, 24)
    left = np.column_stack([-x + bend - bend * np.cos(turn), y - bend + bend * np.sin(turn)])
    right = np.column_stack([-left[::-1, 0], left[::-1, 1]])
    line = np.vstack([[(-x, -y)], left, right, [(x, -y)]])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    even = np.linspace(0, along[-1], round(along[-1] / 0.012) + 1)
    return np.column_stack([np.interp(even, along, line[:, axis]) for axis in (0, 1)])
