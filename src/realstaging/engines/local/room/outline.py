"""From a fitted box to the room in metres, and what of it the picture shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.boxfit import BACK, FAR, LEFT, RIGHT, UP, cast
from realstaging.engines.local.room.reading import Box, Camera, Face, Floats

BEHIND = (1.0, 1.5, 2.0, 3.0, 4.0)
"""Metres to a wall that the photo does not show, tried in turn: photographers stand with their back to one."""


def label_faces(camera: Camera, distances: Floats, width: int, height: int, step: int = 1) -> NDArray[np.uint8]:
    """The face (``Face``) seen at every ``step``-th pixel. ``distances`` in the camera's unit of height."""
    rows, columns = np.mgrid[0:height:step, 0:width:step]
    rays = camera.ray(np.stack([columns.ravel(), rows.ravel()], axis=-1).astype(float))
    face, _ = cast(distances[None], rays)
    return np.asarray(face[0].reshape(rows.shape), np.uint8)


def close_behind(camera: Camera, distances: Floats, metres: float, width: int, height: int) -> Floats:
    """The box with walls that are out of sight brought to a likely distance; ``metres`` is the camera's height."""
    closed = distances.copy()
    labels = label_faces(camera, distances, width, height, 6)
    for j, face in ((BACK, Face.Y_MIN), (LEFT, Face.X_MIN), (RIGHT, Face.X_MAX)):
        if np.any(labels == face):
            continue
        for reach in BEHIND:
            tried = closed.copy()
            tried[j] = reach / metres
            if np.array_equal(label_faces(camera, tried, width, height, 6), labels):
                closed = tried
                break
    return closed


def metric_box(distances: Floats, metres: float) -> Box:
    """The box in metres for a camera this many metres above the floor."""
    left, right, back, far, up = (float(value) * metres for value in distances[[LEFT, RIGHT, BACK, FAR, UP]])
    return Box(-left, right, -back, far, metres + up)


def floor_outline(camera: Camera, box: Box, width: int, height: int) -> Floats:
    """The floor's outline in the picture, pixels (N, 2): its rectangle clipped to the frustum (Sutherland and Hodgman, 1974)."""
    corners = np.array(
        [[box.x_min, box.y_min, 0], [box.x_max, box.y_min, 0], [box.x_max, box.y_max, 0], [box.x_min, box.y_max, 0.0]]
    )
    points = (corners - camera.position) @ (camera.intrinsics @ camera.rotation).T
    # Inside the picture: depth > 0, x >= 0, x <= (width - 1) depth, and so for y.
    planes = np.array([[0, 0, 1, -1e-3], [1, 0, 0, 0], [-1, 0, width - 1, 0], [0, 1, 0, 0], [0, -1, height - 1, 0.0]])
    for plane in planes:
        points = _cut(points, plane)
        if len(points) == 0:
            return np.zeros((0, 2))
    return np.asarray(points[:, :2] / points[:, 2:])


def _cut(points: Floats, plane: Floats) -> Floats:
    side = points @ plane[:3] + plane[3]
    kept = []
    for i in range(len(points)):
        j = (i + 1) % len(points)
        if side[i] >= 0:
            kept.append(points[i])
        if (side[i] >= 0) != (side[j] >= 0):
            kept.append(points[i] + (points[j] - points[i]) * side[i] / (side[i] - side[j]))
    return np.array(kept).reshape(-1, 3)
