"""What a person corrected, put into the reading.

Points arrive as shares of the picture. ``metres_per_unit`` is the height of the camera in metres: the reading's natural
unit, in which the whole room scales.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from realstaging.engines.brief import Corrections
from realstaging.engines.local.room.boxfit import BACK, FAR, LEFT, RIGHT, FittedBox
from realstaging.engines.local.room.frame import Frame
from realstaging.engines.local.room.reading import Box, Camera, Floats

AT_BORDER = 0.015
"""A point this close to the picture's border (a share) says where a wall leaves the picture, not where a corner is."""


def move_corners(frame: Frame, box: FittedBox, points: Floats, width: int, height: int) -> tuple[Frame, FittedBox]:
    """The frame and box, changed as little as possible, whose floor has its corners at ``points`` (N, 2), shares of the picture.

    Points on the picture's border bind a wall's foot instead of a corner.
    """
    size = np.array([width, height])
    at_border = ((points < AT_BORDER) | (points > 1 - AT_BORDER)).any(axis=1)
    in_corner = ((points < AT_BORDER) | (points > 1 - AT_BORDER)).all(axis=1)
    pixels = points * size - 0.5
    inner, feet = pixels[~at_border], pixels[at_border & ~in_corner]
    start = np.concatenate(
        [[frame.focal, frame.yaw, frame.pitch, frame.horizon], box.distances[[LEFT, RIGHT, BACK, FAR]]]
    )
    steps = np.concatenate([[0.03, 0.03, 0.01, 0.01], 0.1 * start[4:]])

    def moved(values: Floats) -> tuple[Frame, Floats]:
        focal, yaw, pitch, horizon = (float(value) for value in values[:4])
        return Frame(focal, yaw, pitch, frame.roll, horizon, frame.score), np.maximum(values[4:], 0.1)

    def cost(values: Floats) -> float:
        tried, distances = moved(values)
        camera = tried.camera(width, height)
        corners = _floor_corners(distances)
        seen = camera.project(corners + camera.position)
        misses = [float(np.nanmin(np.hypot(*(seen - point).T), initial=2 * width)) for point in inner]
        misses += [_foot_distance(camera, point, distances) * width for point in feet]
        change = ((values - start) / steps)[:4]
        return float(np.mean(np.minimum(misses, width)) if misses else 0.0) + 0.05 * float(change @ change)

    values = start
    for _ in range(3):
        simplex = np.vstack([values, values + np.diag(steps)])
        values = minimize(cost, values, method="Nelder-Mead", options={"maxiter": 900, "initial_simplex": simplex}).x
    tried, distances = moved(values)
    left, right, back, far = distances
    return tried, FittedBox(np.array([left, right, back, far, box.distances[4]]), box.score)


def _floor_corners(distances: Floats) -> Floats:
    left, right, back, far = distances
    return np.array([[-left, -back, -1], [right, -back, -1], [right, far, -1], [-left, far, -1.0]])


def _foot_distance(camera: Camera, pixel: Floats, distances: Floats) -> float:
    """How far off the nearest wall's foot a pixel is, as a share of its distance from the camera."""
    x, y, _ = camera.floor_point(pixel)
    if not np.isfinite(x):
        return 1.0
    left, right, back, far = distances
    return float(min(abs(x + left), abs(x - right), abs(y + back), abs(y - far)) / (1 + np.hypot(x, y)))


def keep_clear_polygons(
    corrections: Corrections | None, camera: Camera, box: Box, width: int, height: int
) -> tuple[Floats, ...]:
    """The polygons nothing may stand in, metres on the floor (N, 2); parts beyond the walls are pulled back to them."""
    if corrections is None:
        return ()
    polygons = []
    for shares in corrections.keep_clear:
        floor = camera.floor_point(np.array(shares, float) * (width, height) - 0.5)[:, :2]
        floor = floor[np.isfinite(floor).all(axis=1)]
        if len(floor) >= 3:
            polygons.append(np.clip(floor, (box.x_min, box.y_min), (box.x_max, box.y_max)))
    return tuple(polygons)
