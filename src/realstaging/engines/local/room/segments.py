"""Straight line segments, and how much each says about the room's shape."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.picture import Picture
from realstaging.engines.local.room.reading import Floats

MOST = 420
SHORTEST = 0.02
"""Of the picture's longer side."""


@dataclass(frozen=True)
class Segments:
    """``ends`` (N, 4) holds x0, y0, x1, y1 in working pixels, longest first; ``weight`` (N,) sums to 1."""

    ends: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.ends)

    @cached_property
    def length(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))

    @cached_property
    def middle(self) -> Floats:
        return (self.ends[:, :2] + self.ends[:, 2:]) / 2

    @cached_property
    def direction(self) -> Floats:
        return np.asarray((self.ends[:, 2:] - self.ends[:, :2]) / self.length[:, None])


def find_segments(picture: Picture) -> Segments:
    """Segments of the line segment detector (von Gioi et al., LSD, 2010), on a contrast-equalised picture."""
    equalised = cv2.createCLAHE(2.0, (8, 8)).apply(picture.gray)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(equalised)[0]
    ends = np.zeros((0, 4)) if found is None else np.asarray(found, float).reshape(-1, 4)
    length = np.hypot(*(ends[:, 2:] - ends[:, :2]).T)
    keep = length >= SHORTEST * picture.long_side
    ends, length = ends[keep], length[keep]
    order = np.argsort(-length, kind="stable")[:MOST]
    ends, length = ends[order], length[order]
    weight = np.minimum(length, 0.25 * picture.long_side) * (0.3 + 0.7 * _parts_two_surfaces(picture, ends))
    return Segments(ends, weight / max(float(weight.sum()), 1e-9))


def receding_weight(segments: Segments, axes: NDArray[np.int_]) -> float:
    """Weight (0-1) of segments along a horizontal axis of the room that are neither level nor upright in the picture."""
    slant = np.abs(segments.direction).min(axis=1) > math.sin(math.radians(4))
    return float(segments.weight[slant & ((axes == 0) | (axes == 1))].sum())


def _parts_two_surfaces(picture: Picture, ends: Floats) -> Floats:
    """How different (0-1) the two sides of each segment are a little way off.

    A joint between boards or tiles has the same colour on both sides, a wall's edge has not: texture is many lines, and
    diagonal tiles would otherwise outvote the walls.
    """
    direction = (ends[:, 2:] - ends[:, :2]) / np.maximum(np.hypot(*(ends[:, 2:] - ends[:, :2]).T), 1e-9)[:, None]
    normal = np.stack([-direction[:, 1], direction[:, 0]], axis=-1)
    along = np.linspace(0.1, 0.9, 7)
    points = ends[:, None, :2] * (1 - along)[:, None] + ends[:, None, 2:] * along[:, None]
    sides = [
        np.stack([_colours(picture, points + sign * offset * normal[:, None]) for offset in (5, 8, 11)]).mean(
            axis=(0, 2)
        )
        for sign in (-1, 1)
    ]
    return np.asarray(1 - np.exp(-np.linalg.norm(sides[0] - sides[1], axis=-1) / 6))


def _colours(picture: Picture, points: Floats) -> Floats:
    x = np.clip(np.rint(points[..., 0]).astype(int), 0, picture.width - 1)
    y = np.clip(np.rint(points[..., 1]).astype(int), 0, picture.height - 1)
    return np.asarray(picture.lab[y, x], float)
