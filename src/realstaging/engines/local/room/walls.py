"""Walls seen from the front: each wall's pixels and lines laid out in metres."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.paint import unlike_surface
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import FACE_OF_WALL, WALLS, Box, Camera, Floats, Mask, Wall
from realstaging.engines.local.room.segments import Segments

CELL = 0.03
"""Metres per cell."""
MOST_METRES = 14.0
SMALLEST_VIEW = 250
"""Cells; less of a wall in view says nothing."""


@dataclass(frozen=True)
class WallView:
    """A wall as a grid: row = height (z up from 0), column = place along the wall (t), ``CELL`` metres each."""

    wall: Wall
    lab: Image32
    """(rows, columns, 3)."""
    floor: Image32
    """Floor likelihood ratio of the pixels seen there."""
    seen: Mask
    odd: Image32
    """How unlike (0-1) the wall's own paint each cell is."""
    uprights: Floats
    """Vertical segments (N, 3): t, lower z, upper z."""
    levels: Floats
    """Horizontal segments (N, 3): z, lower t, upper t."""

    @property
    def length(self) -> float:
        return int(self.seen.shape[1]) * CELL


def view_walls(
    picture: Picture,
    camera: Camera,
    box: Box,
    labels: NDArray[np.uint8],
    segments: Segments,
    axes: NDArray[np.int_],
    floor: Image32,
    hidden: Mask,
) -> list[WallView]:
    """The walls the picture shows enough of, without what is ``hidden`` by things before them. ``camera`` and ``box`` in metres, at working scale."""
    views = (_view(wall, picture, camera, box, labels, segments, axes, floor, hidden) for wall in WALLS)
    return [view for view in views if view is not None]


def _view(
    wall: Wall,
    picture: Picture,
    camera: Camera,
    box: Box,
    labels: NDArray[np.uint8],
    segments: Segments,
    axes: NDArray[np.int_],
    floor: Image32,
    hidden: Mask,
) -> WallView | None:
    columns = int(min(box.wall_length(wall), MOST_METRES) / CELL)
    rows = int(box.ceiling / CELL)
    if columns < 10 or rows < 10:
        return None
    t, z = np.meshgrid((np.arange(columns) + 0.5) * CELL, (np.arange(rows) + 0.5) * CELL)
    pixels = camera.project(box.wall_point(wall, t, z))
    x, y = (
        np.nan_to_num(pixels[..., 0], nan=-99).astype(np.float32),
        np.nan_to_num(pixels[..., 1], nan=-99).astype(np.float32),
    )
    seen = (x >= 0) & (x < picture.width - 1) & (y >= 0) & (y < picture.height - 1)
    seen &= cv2.remap(hidden.astype(np.uint8), x, y, cv2.INTER_NEAREST) == 0
    if np.count_nonzero(seen) < SMALLEST_VIEW:
        return None
    lab = np.asarray(cv2.remap(picture.lab, x, y, cv2.INTER_LINEAR), np.float32)
    uprights, levels = _lines_on(wall, camera, box, labels, segments, axes)
    return WallView(
        wall,
        lab,
        np.asarray(cv2.remap(floor, x, y, cv2.INTER_LINEAR), np.float32),
        seen,
        unlike_surface(lab, seen),
        uprights,
        levels,
    )


def _lines_on(
    wall: Wall, camera: Camera, box: Box, labels: NDArray[np.uint8], segments: Segments, axes: NDArray[np.int_]
) -> tuple[Floats, Floats]:
    """Upright and level segments on a wall, as (t, z0, z1) and (z, t0, t1) in metres."""
    x, y = np.rint(segments.middle).astype(int).T
    on_wall = labels[np.clip(y, 0, labels.shape[0] - 1), np.clip(x, 0, labels.shape[1] - 1)] == FACE_OF_WALL[wall]
    ends = segments.ends[on_wall].reshape(-1, 2, 2)
    axis = axes[on_wall]
    rays = camera.ray(ends)
    normal = 0 if wall[0] == "X" else 1
    plane = {"X-": box.x_min, "X+": box.x_max, "Y-": box.y_min, "Y+": box.y_max}[wall]
    with np.errstate(divide="ignore", invalid="ignore"):
        points = camera.position + rays * (plane / rays[..., normal])[..., None]
    t = points[..., 1] - box.y_min if normal == 0 else points[..., 0] - box.x_min
    z = points[..., 2]
    upright, level = axis == 2, axis == 1 - normal
    return (
        np.stack([t[upright].mean(axis=1), z[upright].min(axis=1), z[upright].max(axis=1)], axis=1),
        np.stack([z[level].mean(axis=1), t[level].min(axis=1), t[level].max(axis=1)], axis=1),
    )
