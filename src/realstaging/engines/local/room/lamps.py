"""Lamps and fans that hang from the ceiling: a room centres on them, and a table stands below.

What hangs shows against the ceiling: a rod or a chain, thin and upright, from a point of the ceiling down; or a body as wide as
fans, bowls and shades are. The floor point below follows from where it is fixed, because the ceiling's height is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.picture import Image32
from realstaging.engines.local.room.reading import Box, Camera, Face, Floats, Lamp, Mask

UNLIKE: Final = 9.0
"""Colour difference (CIE76) from the ceiling around, at least; more where the ceiling itself is uneven."""
UNEVEN: Final = 4.0
"""Times the ceiling's own spread (median of the absolute differences)."""
JOINED: Final = (0.005, 0.025)
"""Shares of the picture's longer side, across and upright, by which parts of one lamp may be apart: a rod shines."""
EDGE: Final = 0.006
"""Share of the picture's longer side next to the ceiling's edge, where mouldings and shades are, that is not looked at."""
FEWEST: Final = 25
"""Pixels."""
ROD: Final = (0.22, 0.34, 2.0)
"""Metres: how long it is at least and how wide at most, with its canopy; and how much longer than wide."""
BODY: Final = (0.26, 1.0)
"""Metres: width of bowls and shades, from and to; the scale may be off by a fifth."""
FLAT: Final = 0.07
"""Metres that a body hangs down at least: grilles, smoke detectors and downlights lie in the ceiling."""
FAN, BELOW, BLADES = (0.7, 1.9), 0.3, 0.7
"""Metres: how wide fans are, from and to, and how far below the ceiling; and the share of its convex outline that its blades fill."""
FROM_WALLS: Final = 0.6
"""Metres from a wall: what is nearer is a curtain rail, a moulding, or hangs on the wall."""
LARGEST: Final = 0.45
"""Share of the ceiling's width (squared: of its area): what takes more is a beam or a panel."""
SURE_ROD, SURE_BODY = 0.85, 0.7
"""Probabilities (0-1), by eye on photos: no ceiling has a rod without a lamp, some have grilles that look like one."""
MOST: Final = 3
FIT_STEP: Final = 4
"""Pixels between those that the ceiling's shading is fitted to."""
ROUNDS: Final = 4
"""Times that the shading is fitted, each time without what is unlike it."""


@dataclass(frozen=True)
class _Region:
    """What is unlike the ceiling, in pixels."""

    x: int
    y: int
    width: int
    height: int
    top: float
    """Middle, across, of its uppermost pixels: where it is fixed."""
    middle: tuple[float, float]
    filled: float
    """Share (0-1) of its convex outline that it fills."""
    free: bool
    """Whether it ends within the ceiling on all sides, the picture's edge aside."""

    @property
    def cut(self) -> bool:
        """Whether it goes on beyond the picture's upper edge."""
        return self.y == 0


def find_lamps(lab: Image32, camera: Camera, box: Box, labels: NDArray[np.uint8]) -> tuple[Lamp, ...]:
    """The lamps and fans, the surest first. ``camera`` and ``box`` in metres, at working scale as ``lab`` and ``labels``."""
    ceiling = labels == Face.CEILING
    if ceiling[::FIT_STEP, ::FIT_STEP].sum() < FEWEST:
        return ()
    unlike = _unlike(lab, ceiling)
    found = [lamp for region in _regions(unlike, ceiling) if (lamp := _lamp(region, camera, box)) is not None]
    found.sort(key=lambda lamp: -lamp.probability)
    kept: list[Lamp] = []
    for lamp in found:
        if all(np.hypot(lamp.x - other.x, lamp.y - other.y) > FAN[1] / 2 for other in kept):
            kept.append(lamp)
    return tuple(kept[:MOST])


def _unlike(lab: Image32, ceiling: Mask) -> Mask:
    """Where the ceiling's own smooth shading does not explain what is seen."""
    height, width = ceiling.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / height
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    rows, columns = np.nonzero(ceiling[::FIT_STEP, ::FIT_STEP])
    at, seen = terms[::FIT_STEP, ::FIT_STEP][rows, columns], lab[::FIT_STEP, ::FIT_STEP][rows, columns]
    kept = np.ones(len(at), bool)
    spread = UNLIKE
    for _ in range(ROUNDS):
        shading, *_rest = np.linalg.lstsq(at[kept], seen[kept], rcond=None)
        off = np.linalg.norm(seen - at @ shading, axis=1)
        spread = float(np.median(off))
        kept = off <= max(UNLIKE, UNEVEN * spread) / 2
        if kept.sum() < len(at) / 4:
            break
    away = np.linalg.norm(lab - terms @ shading, axis=-1)
    return np.asarray((away > max(UNLIKE, UNEVEN * spread)) & ceiling)


def _regions(unlike: Mask, ceiling: Mask) -> list[_Region]:
    """What is unlike the ceiling, part by part, without what lies at its edges."""
    edge = max(2, round(EDGE * max(ceiling.shape)))
    # Beyond the picture the ceiling goes on.
    padded = cv2.copyMakeBorder(ceiling.astype(np.uint8), edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    inner = cv2.erode(padded, np.ones((2 * edge + 1, 2 * edge + 1), np.uint8))[edge:-edge, edge:-edge] > 0
    across, upright = (2 * round(share * max(ceiling.shape) / 2) + 1 for share in JOINED)
    closed = cv2.morphologyEx((unlike & inner).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((upright, across), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(closed)
    columns = np.flatnonzero(inner.any(axis=0))
    if len(columns) == 0:
        return []
    found = []
    for part in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[part])
        large = width > LARGEST * (np.ptp(columns) + 1) or area > LARGEST**2 * inner.sum()
        at_side = x == 0 or x + width == ceiling.shape[1]
        if area < FEWEST or large or at_side:
            continue
        own = parts[y : y + height, x : x + width] == part
        top = float(np.flatnonzero(own[: max(1, height // 12)].any(axis=0)).mean()) + x
        rows_of, columns_of = np.nonzero(own)
        middle = float(columns_of.mean()) + x, float(rows_of.mean()) + y
        outline = cv2.convexHull(np.column_stack([columns_of, rows_of]).astype(np.int32))
        filled = area / max(1.0, cv2.contourArea(outline))
        found.append(_Region(x, y, width, height, top, middle, filled, _ends_within(own, inner, x, y)))
    return found


def _ends_within(own: Mask, inner: Mask, x: int, y: int) -> bool:
    """Whether what is around a region, whose rectangle begins at (x, y), is ceiling that was looked at."""
    around = cv2.dilate(np.pad(own, 1).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    # Beyond the picture the ceiling goes on.
    looked_at = np.pad(inner, 1, constant_values=True)[y : y + around.shape[0], x : x + around.shape[1]]
    return bool(looked_at[around].all())


def _lamp(region: _Region, camera: Camera, box: Box) -> Lamp | None:
    """The lamp or fan that a region is, if it is one."""
    hub = _at_height(camera, *region.middle, box.ceiling - BELOW)
    if _is_inside(hub, box):
        wide = region.width * _depth(camera, hub, box.ceiling - BELOW) / camera.focal
        if FAN[0] <= wide <= FAN[1] and region.filled < BLADES and region.free:
            return Lamp(float(hub[0]), float(hub[1]), SURE_BODY)
    fixed = _at_height(camera, region.top, region.y, box.ceiling)
    if region.cut or not _is_inside(fixed, box):
        return None
    deep = _depth(camera, fixed, box.ceiling)
    wide, high = region.width * deep / camera.focal, region.height * deep / camera.focal
    least, widest, slender = ROD
    if high >= least and wide <= widest and high >= slender * wide:
        return Lamp(float(fixed[0]), float(fixed[1]), SURE_ROD)
    # What lies in the ceiling is as high in the picture as it is deep.
    drop = high - wide * (box.ceiling - camera.height) / deep
    hangs = BODY[0] <= wide <= BODY[1] and drop >= FLAT
    return Lamp(float(fixed[0]), float(fixed[1]), SURE_BODY) if hangs else None


def _depth(camera: Camera, floor: Floats, z: float) -> float:
    return float(camera.depth(np.array([*floor, z])))


def _at_height(camera: Camera, x: float, y: float, z: float) -> Floats:
    """The floor point (2,) below what is seen at a pixel and is ``z`` metres up; NaN where it would be below the horizon."""
    ray = camera.ray(np.array([x, y]))
    if ray[2] < 1e-6 or z <= camera.height:
        return np.full(2, np.nan)
    return np.asarray(ray[:2] * (z - camera.height) / ray[2])


def _is_inside(point: Floats, box: Box) -> bool:
    x, y = point
    return bool(min(x - box.x_min, box.x_max - x, box.y_max - y) >= FROM_WALLS and y > 0)
