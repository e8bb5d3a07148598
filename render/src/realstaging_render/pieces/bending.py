"""What is bent and woven: tubes of wood, cane and steel, coiled baskets, cages of cane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from realstaging_render.shapes import Builder

CANE = (0.47, 0.32, 0.17)
"""Peeled rattan, linear sRGB."""


def tube(
    builder: Builder, path: Sequence[Sequence[float]], radius: float, material: Any, *, sides: int = 10, steps: int = 6
) -> None:
    """A round bar through the points of ``path``, bent smoothly (Catmull-Rom, ``steps`` per stretch), closed at its ends."""
    line = smooth(np.asarray(path, float), steps)
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.cross(ahead[0], (0, 0, 1) if abs(ahead[0][2]) < 0.9 else (1, 0, 0))
    around = np.linspace(0, 2 * np.pi, sides + 1)[:, None]
    rings = []
    for middle, way in zip(line, ahead, strict=True):
        # The frame is carried along the bar, so that it does not twist.
        side = side - way * np.dot(side, way)
        side /= np.linalg.norm(side)
        rings.append((middle, np.cos(around) * side + np.sin(around) * np.cross(way, side)))
    tight = [(rings[0], 1e-4), *((ring, radius) for ring in rings), (rings[-1], 1e-4)]
    builder.sheet(np.stack([middle + wide * turn for (middle, turn), wide in tight]), material)


def smooth(points: np.ndarray, steps: int) -> np.ndarray:
    """A curve through points, ``steps`` per stretch (Catmull-Rom)."""
    if steps < 2:
        return points
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, points[-1:]])


def hoop(builder: Builder, at: Sequence[float], radius: float, thick: float, material: Any, sides: int = 8) -> None:
    """A level ring of round bar about ``at``."""
    turn = np.linspace(0, 2 * np.pi, 49)
    path = np.stack([at[0] + radius * np.cos(turn), at[1] + radius * np.sin(turn), np.full(49, at[2])], axis=-1)
    tube(builder, path, thick, material, sides=sides, steps=1)


def coiled(
    builder: Builder,
    profile: Sequence[tuple[float, float]],
    at: Sequence[float],
    material: Any,
    coil: float = 0.016,
) -> None:
    """A basket sewn of coils: ``profile`` are (radius, height) from its bottom to its rim; open above, dark within."""
    heights = np.array([h for _, h in profile])
    fine = np.linspace(heights[0], heights[-1], max(2, round((heights[-1] - heights[0]) / coil)) * 6 + 1)
    radii = np.interp(fine, heights, [r for r, _ in profile])
    outside = radii - 0.22 * coil * (1 - np.abs(np.sin(np.pi * (fine - heights[0]) / coil)))
    shell = [(max(float(outside[0]) - 0.012, 0.01), 0.0), *zip(outside.tolist(), fine.tolist(), strict=True)]
    thick = 0.7 * coil
    inside = [(float(r) - thick, float(h)) for r, h in zip(radii[::-6], fine[::-6], strict=True)]
    builder.lathe([*shell, *inside[:-1], (0.001, float(heights[0]) + thick)], (at[0], at[1], at[2]), material)


def caged(
    builder: Builder, profile: Sequence[tuple[float, float]], at: Sequence[float], material: Any, ribs: int = 28
) -> None:
    """An open weave round an axis: ribs along ``profile`` (radius, height) and a ring at each of its points."""
    for number in range(ribs):
        angle = 2 * math.pi * number / ribs
        path = [(at[0] + r * math.cos(angle), at[1] + r * math.sin(angle), at[2] + h) for r, h in profile]
        tube(builder, path, 0.0035, material, sides=6, steps=3)
    for radius, height in profile:
        hoop(builder, (at[0], at[1], at[2] + height), radius + 0.002, 0.004, material, sides=6)
