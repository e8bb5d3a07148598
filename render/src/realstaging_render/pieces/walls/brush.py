"""What prints are drawn with: planes of coordinates, clouds, soft edges, strokes. Colours are linear sRGB."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.looks import Colour

PAPER = np.array([0.82, 0.79, 0.72])
INK = np.array([0.035, 0.034, 0.036])


def plane(height: int, width: int) -> tuple[Any, Any]:
    """``u`` from 0 to width/height, rightwards, and ``v`` from 0 to 1, downwards; both (height, width)."""
    return np.meshgrid(np.linspace(0, width / height, width), np.linspace(0, 1, height))


def numbers(rng: random.Random) -> np.random.Generator:
    """Numbers that follow from the rng."""
    return np.random.default_rng(rng.randrange(2**32))


def clouds(np_rng: np.random.Generator, height: int, width: int, cells: tuple[float, float], octaves: int = 5) -> Any:
    """Fractal noise, about 0-1: ``cells`` down and across in its coarsest octave."""
    total, weight = np.zeros((height, width)), 0.0
    for octave in range(octaves):
        down, across = (max(2, round(count * 2**octave) + 1) for count in cells)
        grid = np_rng.random((down, across))
        rows, columns = np.linspace(0, down - 1.001, height), np.linspace(0, across - 1.001, width)
        r, c = rows.astype(int), columns.astype(int)
        fr, fc = (rows - r)[:, None], (columns - c)[None, :]
        fr, fc = fr * fr * (3 - 2 * fr), fc * fc * (3 - 2 * fc)
        top = grid[r][:, c] * (1 - fc) + grid[r][:, c + 1] * fc
        low = grid[r + 1][:, c] * (1 - fc) + grid[r + 1][:, c + 1] * fc
        total += (top * (1 - fr) + low * fr) * 0.5**octave
        weight += 0.5**octave
    return total / weight


def soft(values: Any, low: float, high: float) -> Any:
    """0 below ``low``, 1 above ``high``, smooth between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return share * share * (3 - 2 * share)


def laid(picture: Any, share: Any, colour: Colour | Any) -> Any:
    """The picture with paint on it: ``share`` (h, w) 0-1 of the colour."""
    return picture + (np.asarray(colour) - picture) * share[..., None]


def stroke(shape: tuple[int, int], points: Any, thick: Any) -> Any:
    """Share (h, w) of ink of a line through ``points`` (n, 2: u, v; close to each other), ``thick`` in shares of the height."""
    height, width = shape
    ink = np.zeros(shape)
    radii = np.broadcast_to(thick, len(points)) * height
    for (u, v), radius in zip(points * height, radii, strict=True):
        reach = int(radius) + 2
        top, left = max(0, int(v) - reach), max(0, int(u) - reach)
        rows, columns = np.ogrid[top : min(height, int(v) + reach + 1), left : min(width, int(u) + reach + 1)]
        near = np.clip(radius + 0.5 - np.hypot(rows - v, columns - u), 0, 1)
        window = ink[top : top + near.shape[0], left : left + near.shape[1]]
        np.maximum(window, near, out=window)
    return ink


def curve(points: Any, count: int, *, ring: bool = False) -> Any:
    """A smooth line (n, 2) through points (Catmull-Rom), ``count`` per stretch."""
    points = np.asarray(points, float)
    ends = (points[-1:], points[:2]) if ring else (2 * points[:1] - points[1:2], 2 * points[-1:] - points[-2:-1])
    padded = np.vstack([ends[0], points, ends[1]])
    t = np.linspace(0, 1, count, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack(parts)


def muted(colour: Colour | Any, share: float = 0.35) -> Any:
    """A colour as an old print has it: some of the paper in it."""
    return np.asarray(colour) * (1 - share) + PAPER * share
