"""Grilles in the floor through which a room is heated or cooled: nothing stands or lies on them.

A grille is darker than the floor around it, a rectangle of the sizes that are sold, square to the walls and near one.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.picture import Image32
from realstaging.engines.local.room.reading import Box, Camera, Floats, Mask

AROUND: Final = (0.012, 0.04)
"""Shares of the picture's longer side within which the floor around a grille is looked at: far ones are small."""
DARKER: Final = 13.0
"""L* (0-100)."""
LENGTH, WIDTH = (0.2, 0.65), (0.07, 0.36)
"""Metres: from 2 x 10 in to 14 x 20 in, frames included; the scale may be off by a fifth."""
LONGER: Final = 1.4
"""How much longer than wide it is at least: what is square may be a stain."""
SQUARE: Final = 0.75
"""Share of the rectangle around it that it fills."""
ASKEW: Final = 15.0
"""Degrees by which it is off the walls' direction at most: far ones have few pixels."""
FROM_WALL: Final = 0.9
"""Metres from its middle to the nearest wall at most."""
STRIP: Final = 0.03
"""Metres of floor left between it and the wall at least: what begins at the wall is a shadow, a cord or the skirting."""
FEWEST: Final = 20
"""Pixels."""
LARGEST: Final = 0.005
"""Share of the picture; what is larger is a thing (``occluders.SMALLEST``)."""
WIDEST_FILTER: Final = 255
"""Pixels: medians are taken over so many at most."""


def find_registers(lab: Image32, camera: Camera, box: Box, ground: Mask) -> tuple[Floats, ...]:
    """The grilles in the floor, as rectangles (4, 2) in metres. ``camera`` and ``box`` in metres, at working scale."""
    rows = np.flatnonzero(ground.any(axis=1))
    if len(rows) == 0:
        return ()
    top = int(rows[0])
    lightness = np.clip(lab[top:, :, 0] * 2.55, 0, 255).astype(np.uint8)
    found: list[Floats] = []
    for share in AROUND:
        reach = min(4 * int(share * max(lab.shape[:2])) + 1, WIDEST_FILTER)
        darker = cv2.subtract(cv2.medianBlur(lightness, reach), lightness) > DARKER * 2.55
        for outline in _outlines(darker & ground[top:], LARGEST * ground.size):
            corners = _rectangle(camera.floor_point(np.add(outline, (0.0, top)))[:, :2], box)
            if corners is not None and not any(_same(corners, other) for other in found):
                found.append(corners)
    return tuple(found)


def _outlines(dark: Mask, most: float) -> list[Floats]:
    """The outlines (N, 2), in pixels, of the dark spots of a size."""
    opened = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [contour[:, 0].astype(float) for contour in contours if FEWEST <= cv2.contourArea(contour) <= most]


def _rectangle(outline: Floats, box: Box) -> Floats | None:
    """The rectangle on the floor around an outline, metres; None where it is no grille."""
    if not np.isfinite(outline).all():
        return None
    points = outline.astype(np.float32)
    around = cv2.minAreaRect(points)
    (x, y), sides, angle = around
    wide, long = sorted(sides)
    near = min(x - box.x_min, box.x_max - x, box.y_max - y)
    if not (WIDTH[0] < wide < WIDTH[1] and LENGTH[0] < long < LENGTH[1] and long > LONGER * wide):
        return None
    if not wide / 2 + STRIP < near < FROM_WALL:
        return None
    if min(angle % 90, 90 - angle % 90) > ASKEW or _filled(points, wide * long) < SQUARE:
        return None
    return np.asarray(cv2.boxPoints(around), float)


def _filled(points: NDArray[np.float32], area: float) -> float:
    """Share of a rectangle that an outline fills, or of the outline's hull where that is less."""
    hull = cv2.contourArea(cv2.convexHull(points))
    return min(hull / area, cv2.contourArea(points) / max(hull, 1e-6))


def _same(one: Floats, other: Floats) -> bool:
    return float(np.linalg.norm(one.mean(axis=0) - other.mean(axis=0))) < LENGTH[0]
