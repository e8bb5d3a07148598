"""Ceilings that slope, as in attics: lines on the far wall that run up askew from a side wall, and where they begin."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.reading import Box, Camera, Floats, Slope, Wall
from realstaging.engines.local.room.segments import Segments

LEAST_PITCH, MOST_PITCH = math.radians(20), math.radians(68)
"""Roofs are neither flatter nor steeper; what is flatter is a line of the room, seen a little off."""
ABOVE_EYES: Final = 0.15
"""Share of the ceiling's height below which no slope's edge begins: legs of chairs and shadows do."""
SAME_LINE: Final = 0.2
"""Metres that the pieces of one edge are apart at most, across."""
SAME_PITCH: Final = math.radians(9)
LEAST_LENGTH: Final = 0.2
"""Metres of a line on the far wall that is looked at."""
LEAST_SHARE: Final = 0.45
"""Share of an edge, from the side wall to where it leaves the picture or meets the ceiling, that lines must cover."""
HIGHEST_KNEE: Final = 2.2
"""Metres: slopes that begin higher bind no furniture."""
LEAST_RUN: Final = 0.3
"""Metres that a slope reaches into the room at least."""


def find_slopes(camera: Camera, box: Box, segments: Segments, axes: NDArray[np.int_]) -> tuple[Slope, ...]:
    """Slopes over the left and right side of the room. ``camera`` and ``box`` in metres, at working scale."""
    lines = _on_far_wall(camera, box, segments, axes)
    sides: tuple[tuple[Wall, Floats], ...] = (
        ("X-", lines - (box.x_min, 0.0)),
        ("X+", (box.x_max, 0.0) + lines * (-1.0, 1.0)),
    )
    found = (_steepest(wall, away, box) for wall, away in sides)
    return tuple(slope for slope in found if slope is not None)


def _on_far_wall(camera: Camera, box: Box, segments: Segments, axes: NDArray[np.int_]) -> Floats:
    """Lines along none of the room's axes, laid onto the far wall: (N, 2, 2), metres across and up, lower end first."""
    rays = camera.ray(segments.ends[axes < 0].reshape(-1, 2, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        points = camera.position + rays * (box.y_max / rays[..., 1])[..., None]
    points = points[(rays[..., 1] > 0.05).all(axis=1)][..., [0, 2]]
    return np.where((points[:, :1, 1] > points[:, 1:, 1])[..., None], points[:, ::-1], points)


def _steepest(wall: Wall, lines: Floats, box: Box) -> Slope | None:
    """The edge that most of the lines lie on which rise away from a side wall; ``lines`` in metres away from it and up."""
    run, rise = (lines[:, 1] - lines[:, 0]).T
    length, pitch = np.hypot(run, rise), np.arctan2(rise, run)
    width = box.x_max - box.x_min
    fits = (length > LEAST_LENGTH) & (pitch > LEAST_PITCH) & (pitch < MOST_PITCH)
    fits &= (lines[:, :, 0] > -0.15).all(axis=1) & (lines[:, :, 0] < 0.8 * width).all(axis=1)
    fits &= (lines[:, :, 1] > ABOVE_EYES * box.ceiling).all(axis=1) & (lines[:, :, 1] < 1.6 * box.ceiling).all(axis=1)
    lines, length, pitch = lines[fits], length[fits], pitch[fits]
    best: tuple[float, Slope] | None = None
    for line, angle in zip(lines, pitch, strict=True):
        steep = math.tan(float(angle))
        knee = float(line[0, 1] - steep * line[0, 0])
        off = np.abs(lines[:, :, 1] - knee - steep * lines[:, :, 0]).max(axis=1) * math.cos(float(angle))
        same = (off < SAME_LINE) & (np.abs(pitch - angle) < SAME_PITCH)
        reach = min((box.ceiling - knee) / steep, 0.8 * width)
        if reach < LEAST_RUN or knee < 0.0 or knee > HIGHEST_KNEE:
            continue
        covered = _covered(lines[same][:, :, 0], reach)
        if covered >= LEAST_SHARE and (best is None or covered > best[0]):
            best = covered, Slope(wall, knee, steep)
    return best[1] if best else None


def _covered(spans: Floats, reach: float) -> float:
    """Share of 0-``reach`` that spans (N, 2) cover."""
    cells = np.zeros(max(1, int(reach / 0.05)), bool)
    for low, high in spans.tolist():
        cells[max(0, int(low / 0.05)) : max(0, int(high / 0.05) + 1)] = True
    return float(cells.mean())
