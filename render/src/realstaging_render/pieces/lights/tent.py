"""The arm and head of a pharmacy lamp."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.shapes import Builder


def tent(builder: Builder, at: tuple[float, float, float], reach: float, brass: Any, size: float = 1.0) -> None:
    """An arm towards +X from ``at``, its head ``reach`` metres away: half a tube, closed at its ends, lit below."""
    x, y, z = at
    builder.rod((x - 0.035, y, z), (x + reach, y, z), 0.006, brass)
    builder.rod((x, y, z - 0.018), (x, y, z + 0.03), 0.014, brass)
    builder.rod((x - 0.05, y, z), (x - 0.03, y, z), 0.011, brass)
    long, wide = 0.24 * size, 0.062 * size
    turn, along = np.meshgrid(np.linspace(0, math.pi, 25), np.linspace(-1, 1, 13), indexing="ij")
    swell = np.sqrt(np.clip(1 - np.abs(along) ** 7, 0, 1)) * 0.35 + 0.65
    outer = [wide * np.cos(turn) * swell, wide * 1.05 * np.sin(turn) * swell]
    middle = x + reach
    points = np.stack([middle + outer[0], y + along * long / 2, z - wide * 0.75 + outer[1]], axis=-1)
    builder.sheet(points, brass)
    for side in (0, -1):
        rim = points[:, side]
        builder.sheet(
            np.stack([rim, np.broadcast_to(rim.mean(axis=0) * [1, 1, 0] + [0, 0, rim[0, 2]], rim.shape)]), brass
        )
    low = z - wide * 0.75 + 0.006
    builder.box((wide * 1.6, long * 0.9, 0.002), (middle, y, low), materials.shade((0.95, 0.88, 0.74), 1.8), 0.0005)
