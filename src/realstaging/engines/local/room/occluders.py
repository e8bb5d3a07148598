"""Things that already stand in the room, before floor and walls.

Reflections, shadows and patches of sun look unlike the floor too. A thing differs from them in that it hides the wall's foot
behind it, or in that it lies within the floor, is sharply outlined and neither merely brighter nor merely darker. What
looks unlike the floor and gives no such proof (a wall below its rail, blinds, another covering) is not furniture:
nothing is put there, and the reading is less sure of the room's shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.paint import is_lit, is_shaded, unlike_surface
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Box, Camera, Face, Floats, Mask
from realstaging.engines.local.room.segments import Segments

SMALLEST = 0.005
"""Share of the picture below which a spot on the floor is a register, a socket or a stain."""
SHARP = 9.0
"""Grey levels per pixel: outlines of things are above, of reflections below."""
DISTINCT = 0.5
"""Log-likelihood ratio that the floor itself must reach for its colour to tell things from it."""
UNLIKE = 0.8
"""How unlike (0-1) the floor's own, slowly shading colour a thing is."""
BEFORE_WALL = 0.3
"""Metres; nearer to a wall it is skirting, heating or a step of the wall."""
WIDEST_THING = 0.5
"""Share of the floor's width in the picture that one thing takes at most: what runs farther is a wall itself, read as floor."""
MOST_OF_BOTTOM = 0.6
"""Share of the picture's lower edge: what runs on there is another covering or a step, not a thing."""
OUTER = 0.45
"""A wall's end that fills a side of the picture begins within this share of its width."""
LEAST_END = 0.03
"""Share of the picture below which such an end hides nothing worth telling."""
STEEP = 0.36
"""Across per up: a wall's end leans so far at most in a tilted picture (20 degrees)."""
EDGE_REACH = 6
"""Pixels to either side of an edge that are compared."""
STEP = 5.0
"""Distance in L*a*b* across an edge."""
LONG_EDGE = 0.8
"""Share of the picture's height along which the edge of a near wall is seen."""
ONE_COLOUR = 14.0
"""Distance in L*a*b* within which what is above and below the floor's edge is one surface."""
ONE_SURFACE = 0.8
"""Share of a near wall's pixels that are of about its own colour."""
CUT_OFF = 0.25
"""Share of the largest part of bare floor below which another part is cut off from it."""


@dataclass(frozen=True)
class Occluders:
    """Masks at working scale, (H, W)."""

    things: Mask
    """What stands on the floor."""
    near_walls: Mask
    """Ends of walls close to the camera that fill a side of the picture."""
    unsure: Mask
    """Part of the box's floor that looks unlike it without proof that a thing stands there."""

    @property
    def hiding(self) -> Mask:
        """What is before the room: things and near walls."""
        return np.asarray(self.things | self.near_walls)


def find_occluders(
    picture: Picture,
    camera: Camera,
    box: Box,
    labels: NDArray[np.uint8],
    segments: Segments,
    axes: NDArray[np.int_],
    floor: Image32,
) -> Occluders:
    """What stands before the room. ``camera`` and ``box`` in metres, at working scale."""
    near = _near_walls(picture, labels)
    ground = (labels == Face.FLOOR) & ~near
    unlike = unlike_surface(picture.lab, ground)
    contrast = contrast_of(picture)
    usual = _usual(picture, ground, floor)
    standing = _standing(picture, camera, box, labels, segments.ends[axes == 2], unlike, contrast, usual)
    walls = _too_wide(standing, ground)
    # A colour seen neither on the floor nor above eye level says nothing by itself: then its distance from the floor's counts.
    odd = ground & ((floor < -0.5) | ((floor < 0.5) & (unlike > UNLIKE)))
    things, unsure = _lying(picture, camera, box, ground, floor, odd, contrast, usual)
    things |= standing & ~walls
    return Occluders(np.asarray(things & ~near), near, np.asarray((unsure | walls) & ~things & ~near))


def bare_floor(labels: NDArray[np.uint8], found: Occluders) -> Mask:
    """Floor that furniture may stand on: the box's floor without what stands there already."""
    taken = found.hiding | found.unsure
    wide = cv2.dilate(taken.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return _in_one((labels == Face.FLOOR) & ~wide)


def _in_one(bare: Mask) -> Mask:
    """The largest parts of the floor: a strip that is cut off lies behind what was taken for floor up to a rail or a worktop."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats(bare.astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    kept = 1 + np.flatnonzero(areas >= CUT_OFF * areas.max(initial=0))
    return np.asarray(np.isin(parts, kept))


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


def _usual(picture: Picture, ground: Mask, floor: Image32) -> Floats:
    """The floor's own colour, L*a*b*."""
    plain = picture.lab[ground & (floor > 0)]
    return np.asarray(np.median(plain, axis=0) if len(plain) else (50.0, 0, 0), float)


def _near_walls(picture: Picture, labels: NDArray[np.uint8]) -> Mask:
    """Strips at the picture's sides, bounded by one long edge, that are of one colour above and below the floor's edge."""
    found = np.zeros(labels.shape, bool)
    columns = np.arange(labels.shape[1])
    for left in (True, False):
        edge = _long_edge(picture, left=left)
        if edge is None:
            continue
        strip = columns < edge[:, None] if left else columns > edge[:, None]
        if strip.mean() > LEAST_END and _is_one_surface(picture, labels, strip):
            found |= strip
    return found


def _long_edge(picture: Picture, *, left: bool) -> Floats | None:
    """The straight steep line near a side across which the colour changes nearly all the way down: its x in every row.

    Not the line detector's: what is near is out of focus, and its edge soft.
    """
    lab, width = picture.lab, picture.width
    beside = cv2.blur(lab, (2 * EDGE_REACH + 1, 9))
    step = np.zeros(lab.shape[:2], np.float32)
    step[:, EDGE_REACH:-EDGE_REACH] = np.linalg.norm(beside[:, 2 * EDGE_REACH :] - beside[:, : -2 * EDGE_REACH], axis=2)
    rows = np.linspace(0.03, 0.97, 48) * (picture.height - 1)
    middle = np.arange(0.02 * width, OUTER * width, 3.0)
    middle = middle if left else width - 1 - middle
    leans = np.linspace(-STEEP, STEEP, 49)
    x = middle[:, None, None] + leans[None, :, None] * (rows - picture.height / 2)
    inside = (x >= 0) & (x < width)
    at = step[rows.astype(int), np.clip(x, 0, width - 1).astype(int)]
    share = ((at > STEP) & inside).mean(axis=2)
    strength = np.where(share > LONG_EDGE, (np.minimum(at, 4 * STEP) * inside).mean(axis=2), 0.0)
    best = np.unravel_index(int(strength.argmax()), strength.shape)
    if strength[best] == 0.0:
        return None
    return np.asarray(middle[best[0]] + leans[best[1]] * (np.arange(picture.height) - picture.height / 2))


def _is_one_surface(picture: Picture, labels: NDArray[np.uint8], strip: Mask) -> bool:
    """Whether what the box has as floor in a strip is of the wall's colour above it, and not of the floor's."""
    ground = labels == Face.FLOOR
    below, elsewhere = strip & ground, ground & ~strip
    above = strip & (labels >= Face.X_MIN)
    above[: labels.shape[0] // 3] = False
    if min(below.mean(), above.mean(), elsewhere.mean()) < LEAST_END / 6:
        return False
    colours = picture.lab[strip]
    alike = np.linalg.norm(colours - np.median(colours, axis=0), axis=1) < 1.5 * ONE_COLOUR
    if alike.mean() < ONE_SURFACE:
        return False
    low, high, floor = (np.median(picture.lab[part], axis=0) for part in (below, above, elsewhere))
    same, other = float(np.linalg.norm(low - high)), float(np.linalg.norm(low - floor))
    return same < ONE_COLOUR and other > 1.3 * same and other > ONE_COLOUR / 2


def _standing(
    picture: Picture,
    camera: Camera,
    box: Box,
    labels: NDArray[np.uint8],
    uprights: Floats,
    unlike: Image32,
    contrast: Image32,
    usual: Floats,
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
        if is_lit(np.median(picture.lab[on_floor], axis=0), usual):
            continue  # a window's reflection
        if _hides_foot(mask, labels, contrast) if rises[i] or rises[j] else belongs & {i, j}:
            belongs |= {i, j}
            found[mask] = 1
    return np.asarray(found > 0)


def _hides_foot(mask: Mask, labels: NDArray[np.uint8], contrast: Image32) -> bool:
    """Whether the edge between floor and wall is gone inside the mask: a reflection leaves it in sight."""
    ground = (labels == Face.FLOOR).astype(np.uint8)
    edge = (cv2.morphologyEx(ground, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0) & mask
    return bool(edge.any()) and float(np.median(contrast[edge])) < 0.6 * SHARP


def _lying(
    picture: Picture,
    camera: Camera,
    box: Box,
    ground: Mask,
    floor: Image32,
    odd: Mask,
    contrast: Image32,
    usual: Floats,
) -> tuple[Mask, Mask]:
    """Parts of the floor that do not look like it and are not merely lit or in shadow: things, and what gives no proof."""
    things, unsure = np.zeros_like(ground), np.zeros_like(ground)
    if not ground.any() or float(np.median(floor[ground])) < DISTINCT:
        return things, unsure  # floor and walls share their colours: oak under brick
    foot = foot_of(ground)
    opened = cv2.morphologyEx(odd.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(opened)
    for part in range(1, count):
        if stats[part, cv2.CC_STAT_AREA] < SMALLEST * ground.size:
            continue
        mask = parts == part
        rows, columns = np.nonzero(mask)
        away = _before_wall(camera, box, np.stack([columns, rows], axis=-1)[::7].astype(float))
        if float(np.percentile(away, 75)) < BEFORE_WALL:
            continue
        colour = np.median(picture.lab[mask], axis=0)
        if is_lit(colour, usual):
            continue
        at_foot = foot & (cv2.dilate(mask.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0)
        if not at_foot.any() and is_shaded(colour, usual):
            continue
        outline = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
        # Where it hides the wall's foot it goes on upwards, and has no outline.
        outline &= ~(cv2.dilate(at_foot.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0)
        if not outline.any() or float((contrast[outline] > SHARP).mean()) < 0.6:
            continue
        runs_on = mask[-3:].any(axis=0).mean() > MOST_OF_BOTTOM
        too_wide = at_foot.any() and _across(mask, ground) > WIDEST_THING
        # The wall's foot in sight behind it: it hides nothing.
        hides_nothing = at_foot.any() and float(np.median(contrast[at_foot])) > 0.6 * SHARP
        (unsure if runs_on or too_wide or hides_nothing else things)[mask] = True
    return things, unsure


def _too_wide(standing: Mask, ground: Mask) -> Mask:
    """The parts that run before most of the floor: walls, blinds or cabinets, read as floor up to a rail or a worktop."""
    found = np.zeros_like(standing)
    count, parts = cv2.connectedComponents(standing.astype(np.uint8))
    for part in range(1, count):
        mask = parts == part
        if _across(mask, ground) > WIDEST_THING:
            found |= mask
    return found


def _across(mask: Mask, ground: Mask) -> float:
    """Share of the floor's columns in the picture that a part of it takes."""
    return float((mask & ground).any(axis=0).sum() / max(1, ground.any(axis=0).sum()))


def foot_of(ground: Mask) -> Mask:
    """The line along which floor and walls meet in the picture."""
    edge = cv2.morphologyEx(ground.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    edge[[0, -1]] = False
    edge[:, [0, -1]] = False
    return np.asarray(edge)


def _before_wall(camera: Camera, box: Box, pixels: Floats) -> Floats:
    """Metres from the floor points seen at pixels (N, 2) to the nearest wall; negative beyond it."""
    x, y, _ = np.nan_to_num(camera.floor_point(pixels), nan=1e6).T
    return np.asarray(np.min([x - box.x_min, box.x_max - x, y - box.y_min, box.y_max - y], axis=0))


def _at(labels: NDArray[np.uint8], pixels: Floats) -> NDArray[np.uint8]:
    x, y = np.rint(pixels).astype(int).T
    return np.asarray(labels[np.clip(y, 0, labels.shape[0] - 1), np.clip(x, 0, labels.shape[1] - 1)])


def contrast_of(picture: Picture) -> Image32:
    """Steepest slope within two pixels, grey levels per pixel."""
    gray = cv2.GaussianBlur(picture.gray, (0, 0), 1.0).astype(np.float32)
    slope = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(gray, cv2.CV_32F, 0, 1, scale=0.125))
    return np.asarray(cv2.dilate(slope, np.ones((5, 5), np.uint8)), np.float32)
