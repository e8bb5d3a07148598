"""Things that already stand in the room, before floor and walls.

Reflections and patches of sun look unlike the floor too. A thing differs from them in that uprights rise from the floor
in front of the wall and the wall's foot is hidden behind it, or in that it is sharply outlined and not merely brighter.
"""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.paint import unlike_surface
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Box, Camera, Face, Floats, Mask
from realstaging.engines.local.room.segments import Segments

SMALLEST = 0.005
"""Share of the picture below which a spot on the floor is a register, a socket or a stain."""
SHARP = 9.0
"""Grey levels per pixel: outlines of things are above, of reflections below."""
SAME_TINT = 9.0
"""Distance in a*, b* within which a lighter patch is the floor itself, lit."""
DISTINCT = 0.5
"""Log-likelihood ratio that the floor itself must reach for its colour to tell things from it."""
BEFORE_WALL = 0.3
"""Metres; nearer to a wall it is skirting, heating or a step of the wall."""


def find_occluders(
    picture: Picture,
    camera: Camera,
    box: Box,
    labels: NDArray[np.uint8],
    segments: Segments,
    axes: NDArray[np.int_],
    floor: Image32,
) -> Mask:
    """Pixels of things that stand on the floor, (H, W). ``camera`` and ``box`` in metres, at working scale."""
    ground = labels == Face.FLOOR
    unlike = unlike_surface(picture.lab, ground)
    contrast = _contrast(picture)
    found = _standing(camera, box, labels, segments.ends[axes == 2], unlike, contrast)
    return np.asarray(found | _lying(picture, camera, box, ground, floor, contrast))


def bare_floor(labels: NDArray[np.uint8], occluders: Mask) -> Mask:
    """Floor that furniture may stand on: the box's floor without what stands there already."""
    wide = cv2.dilate(occluders.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return np.asarray((labels == Face.FLOOR) & ~wide)


def footprints(camera: Camera, box: Box, labels: NDArray[np.uint8], occluders: Mask) -> tuple[Floats, ...]:
    """The floor that things stand on or hide, as convex polygons in metres (N, 2)."""
    polygons = []
    count, parts = cv2.connectedComponents((occluders & (labels == Face.FLOOR)).astype(np.uint8))
    for part in range(1, count):
        rows, columns = np.nonzero(parts == part)
        points = camera.floor_point(np.stack([columns, rows], axis=-1).astype(float))[:, :2]
        points = np.clip(points[np.isfinite(points).all(axis=1)], (box.x_min, box.y_min), (box.x_max, box.y_max))
        if len(points) > 20:
            polygons.append(np.asarray(cv2.convexHull(points.astype(np.float32))[:, 0], float))
    return tuple(polygons)


def _standing(
    camera: Camera, box: Box, labels: NDArray[np.uint8], uprights: Floats, unlike: Image32, contrast: Image32
) -> Mask:
    """What lies between uprights that rise from the floor well before the wall: islands, counters, cupboards."""
    height, width = labels.shape
    swapped = uprights[:, 1] < uprights[:, 3]
    uprights = np.where(swapped[:, None], uprights[:, [2, 3, 0, 1]], uprights)  # foot first
    foot, top = uprights[:, :2], uprights[:, 2:]
    rooted = (_at(labels, foot) == Face.FLOOR) & (_before_wall(camera, box, foot) > BEFORE_WALL)
    foot, top = foot[rooted], top[rooted]
    rises = _at(labels, top) != Face.FLOOR
    found = np.zeros((height, width), np.uint8)
    belongs: set[int] = set()
    # Pairs that rise past the wall's foot first: they carry the proof, the thing's other sides join them.
    pairs = sorted(combinations(range(len(foot)), 2), key=lambda pair: -int(rises[pair[0]]) - int(rises[pair[1]]))
    for i, j in pairs:
        if not 0.02 * width <= abs(foot[i, 0] - foot[j, 0]) <= 0.5 * width:
            continue
        hull = cv2.convexHull(np.rint([foot[i], foot[j], top[i], top[j]]).astype(np.int32))
        mask = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), hull, 1) > 0
        on_floor = mask & (labels == Face.FLOOR)
        if on_floor.sum() < 30 or unlike[on_floor].mean() < 0.45:
            continue
        if _hides_foot(mask, labels, contrast) if rises[i] or rises[j] else belongs & {i, j}:
            belongs |= {i, j}
            found[mask] = 1
    return np.asarray(found > 0)


def _hides_foot(mask: Mask, labels: NDArray[np.uint8], contrast: Image32) -> bool:
    """Whether the edge between floor and wall is gone inside the mask: a reflection leaves it in sight."""
    ground = (labels == Face.FLOOR).astype(np.uint8)
    edge = (cv2.morphologyEx(ground, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0) & mask
    return bool(edge.any()) and float(np.median(contrast[edge])) < 0.6 * SHARP


def _lying(picture: Picture, camera: Camera, box: Box, ground: Mask, floor: Image32, contrast: Image32) -> Mask:
    """Sharply outlined parts of the floor that do not look like it and are not merely lit."""
    if not ground.any() or float(np.median(floor[ground])) < DISTINCT:
        return np.zeros_like(ground)  # floor and walls share their colours: oak under brick
    odd = cv2.morphologyEx(((floor < -0.5) & ground).astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(odd)
    found = np.zeros_like(ground)
    plain = picture.lab[ground & (floor > 0)]
    usual = np.median(plain, axis=0) if len(plain) else np.array([50.0, 0, 0])
    for part in range(1, count):
        if stats[part, cv2.CC_STAT_AREA] < SMALLEST * ground.size:
            continue
        mask = parts == part
        rows, columns = np.nonzero(mask)
        away = _before_wall(camera, box, np.stack([columns, rows], axis=-1)[::7].astype(float))
        if float(np.percentile(away, 75)) < BEFORE_WALL:
            continue
        lighter, *tint = np.median(picture.lab[mask], axis=0) - usual
        if lighter > 4 and float(np.hypot(*tint)) < SAME_TINT:
            continue
        outline = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
        if float((contrast[outline] > SHARP).mean()) > 0.6:
            found |= mask
    return np.asarray(found)


def _before_wall(camera: Camera, box: Box, pixels: Floats) -> Floats:
    """Metres from the floor points seen at pixels (N, 2) to the nearest wall; negative beyond it."""
    x, y, _ = np.nan_to_num(camera.floor_point(pixels), nan=1e6).T
    return np.asarray(np.min([x - box.x_min, box.x_max - x, y - box.y_min, box.y_max - y], axis=0))


def _at(labels: NDArray[np.uint8], pixels: Floats) -> NDArray[np.uint8]:
    x, y = np.rint(pixels).astype(int).T
    return np.asarray(labels[np.clip(y, 0, labels.shape[0] - 1), np.clip(x, 0, labels.shape[1] - 1)])


def _contrast(picture: Picture) -> Image32:
    """Steepest slope within two pixels, grey levels per pixel."""
    gray = cv2.GaussianBlur(picture.gray, (0, 0), 1.0).astype(np.float32)
    slope = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(gray, cv2.CV_32F, 0, 1, scale=0.125))
    return np.asarray(cv2.dilate(slope, np.ones((5, 5), np.uint8)), np.float32)
