"""What is bent and woven: tubes of wood, cane and steel, coiled baskets, cages of cane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from realstaging_render.shapes import LEANING, Builder

CANE = (0.47, 0.32, 0.17)
"""Peeled rattan, linear sRGB."""


def tube(
    builder: Builder, path: Sequence[Sequence[float]], radius: float, material: Any, *, sides: int = 10, steps: int = 6
) -> None:
    """A round bar through the points of ``path``, bent smoothly (Catmull-Rom, ``steps`` per stretch), closed at its ends."""
    line = smooth(np.asarray(path, float), steps)
    # A point given twice has no direction.
    line = line[np.concatenate([[True], np.linalg.norm(np.diff(line, axis=0), axis=1) > 1e-9])]
    ahead = np.gradient(line, axis=0)
    closed = len(line) > 3 and np.linalg.norm(line[0] - line[-1]) < 1e-6
    if closed:
        ahead[0] = ahead[-1] = line[1] - line[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.cross(ahead[0], (0, 0, 1) if abs(ahead[0][2]) < 0.9 else (1, 0, 0))
    around = np.linspace(0, 2 * np.pi, sides + 1)[:, None]
    rings = []
    for middle, way in zip(line, ahead, strict=True):
        # The frame is carried along the bar, so that it does not twist.
        side = side - way * np.dot(side, way)
        side /= np.linalg.norm(side)
        ring = np.cos(around) * side + np.sin(around) * np.cross(way, side)
        if middle[2] == 0.0 and abs(way[2]) > LEANING:
            # Cut level where it stands on the floor.
            ring = ring - ring[:, 2:] / way[2] * way
        rings.append((middle, ring))
    tight = [(ring, radius) for ring in rings]
    if not closed:
        tight = [(rings[0], 1e-4), *tight, (rings[-1], 1e-4)]
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


def rounded(corners: Sequence[Sequence[float]], radius: float, steps: int = 6) -> list[tuple[float, float, float]]:
    """The corners' line with each inner corner bent to an arc of about ``radius`` metres: for ``tube`` with one step."""
    points = [np.asarray(corner, float) for corner in corners]
    line = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        ways = [before - corner, after - corner]
        reach = min(radius, *(0.45 * float(np.linalg.norm(way)) for way in ways))
        start, end = (corner + way / np.linalg.norm(way) * reach for way in ways)
        arc = np.linspace(0, 1, steps + 1)
        line.extend((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end for t in arc)
    return [(float(p[0]), float(p[1]), float(p[2])) for p in [*line, points[-1]]]


def spun(
    builder: Builder,
    foot: Sequence[float],
    head: Sequence[float],
    profile: Sequence[tuple[float, float]],
    material: Any,
    sides: int = 24,
) -> None:
    """A turned bar that may lean: ``profile`` are (radius, share of the way from foot to head); closed at its ends."""
    a, b = np.asarray(foot, float), np.asarray(head, float)
    way = (b - a) / np.linalg.norm(b - a)
    side = np.cross(way, (0, 1, 0) if abs(way[1]) < 0.9 else (1, 0, 0))
    side /= np.linalg.norm(side)
    turn = np.linspace(0, 2 * np.pi, sides + 1)[:, None]
    ring = np.cos(turn) * side + np.sin(turn) * np.cross(way, side)
    ends = [(0.0, profile[0][1]), *profile, (0.0, profile[-1][1])]
    rows = np.stack([a + (b - a) * share + radius * ring for radius, share in ends])
    if a[2] == 0.0 and way[2] > LEANING:
        # Cut level where it stands on the floor.
        rows[:2] -= rows[:2, :, 2:] / way[2] * way
    builder.sheet(rows, material)


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
