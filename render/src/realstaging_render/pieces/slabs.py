"""Slabs with round ends: tops, drums, plinths."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from realstaging_render.shapes import Builder


def slab(
    builder: Builder,
    half_width: float,
    half_depth: float,
    low: float,
    tall: float,
    material: Any,
    flutes: float = 0.0,
    at: tuple[float, float] = (0.0, 0.0),
) -> None:
    """An upright slab with round ends whose underside is at height ``low``; ``flutes`` is the depth of the grooves round it.

    ``at`` (x, y) is its middle. Half width must not be smaller than half depth.
    """
    outline = _oval(half_width, half_depth)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(outline, axis=0).T))])
    count = round(along[-1] / 0.026)
    dent = flutes * (1 - np.abs(np.sin(math.pi * count * along / along[-1])))[:, None]
    middle = np.stack([np.clip(outline[:, 0], half_depth - half_width, half_width - half_depth), 0 * along], axis=-1)
    ring = outline - dent * (outline - middle) / half_depth
    soft = min(0.003, tall / 3)
    levels = [(middle, 0.0), (ring + (middle - ring) * 0.02, 0.0), (ring, soft), (ring, tall - soft)]
    levels += [(ring + (middle - ring) * 0.02, tall), (middle, tall)]
    rows = [np.column_stack([line + np.array(at), np.full(len(line), low + height)]) for line, height in levels]
    builder.sheet(np.stack(rows), material)


def _oval(half_width: float, half_depth: float) -> np.ndarray:
    """Points 3 mm apart round a rectangle with half circles at its ends."""
    straight = half_width - half_depth
    line = np.linspace(-straight, straight, max(2, round(straight * 2 / 0.0045)))
    turn = np.linspace(-math.pi / 2, math.pi / 2, round(half_depth * math.pi / 0.0045))
    right = np.column_stack([straight + half_depth * np.cos(turn), half_depth * np.sin(turn)])
    front = np.column_stack([line, np.full(len(line), -half_depth)])
    half = np.vstack([front, right[1:]])
    return np.vstack([half, -half[1:]])
