"""What office chairs stand on, and padding bent round whoever sits."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.shapes import Builder


def star_base(builder: Builder, steel: Any, reach: float, seat: float) -> None:
    """Five arms on castors ``reach`` metres from the middle, and a column up to the underside of the seat."""
    tyre = materials.lacquer((0.02, 0.02, 0.02), 0.5)
    for number in range(5):
        angle = -math.pi / 2 + number * 2 * math.pi / 5
        cos, sin = math.cos(angle), math.sin(angle)
        builder.rod((reach * cos, reach * sin, 0.078), (0.02 * cos, 0.02 * sin, 0.105), 0.013, steel, 0.023)
        builder.rod((reach * cos, reach * sin, 0.05), (reach * cos, reach * sin, 0.08), 0.007, steel)
        for side in (-0.014, 0.014):
            middle = (reach * cos - side * sin, reach * sin + side * cos, 0.027)
            ends = [tuple(middle[k] + way * d for k, d in enumerate((-sin, cos, 0.0))) for way in (-0.009, 0.009)]
            builder.rod(ends[0], ends[1], 0.027, tyre)
    builder.lathe([(0.03, 0.08), (0.034, 0.1), (0.03, 0.13), (0.026, 0.27)], (0, 0, 0), tyre, 32)
    builder.rod((0, 0, 0.26), (0, 0, seat), 0.016, steel)


def padded_arc(
    builder: Builder,
    size: tuple[float, float],
    turn: float,
    low: float,
    top: Callable[[Any], Any],
    thick: float,
    material: Any,
    channels: int = 0,
) -> None:
    """Padding round the back of an oval ``size`` (half width, half depth of its outside), ``turn`` radians to either side
    of +Y, from height ``low`` to ``top(share)`` where share is 0 at the back's middle and 1 at its ends. ``channels``
    sews it into upright rolls.
    """
    angles = np.linspace(-turn, turn, 97)
    share = np.abs(angles) / turn
    height = np.asarray(top(share)) - low
    roll = np.abs(np.sin(math.pi * channels * (angles + turn) / (2 * turn))) if channels else np.ones_like(angles)
    loop = np.linspace(0, 2 * np.pi, 29)
    # A rounded oblong: thickness across, height up.
    across = np.sign(np.cos(loop)) * np.abs(np.cos(loop)) ** 0.55
    up = np.sign(np.sin(loop)) * np.abs(np.sin(loop)) ** 0.35
    rows = []
    for number, angle in enumerate(angles):
        end = min(1.0, math.sqrt(max(0.0, (1 - share[number]) * 14)) + 1e-3)
        half = thick / 2 * end * (0.78 + 0.22 * roll[number])
        inward = thick / 2 - half * across
        x, y = (size[0] - inward) * math.sin(angle), (size[1] - inward) * math.cos(angle)
        z = low + height[number] * (0.5 + 0.5 * up * (0.9 + 0.1 * end))
        rows.append(np.column_stack([x, y, z]))
    builder.sheet(np.stack(rows), material)
