"""Things that already stand in the room: what is in front of the floor and is neither floor nor wall."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Face, Mask

SMALLEST = 0.003
"""Share of the picture below which a spot on the floor is a register, a socket or a stain."""
SHARP = 14.0
"""Mean contrast (grey levels per pixel) along an outline: objects are above, reflections of windows and sun below."""


def find_occluders(picture: Picture, labels: NDArray[np.uint8], floor: Image32) -> Mask:
    """Objects on the floor, (H, W): parts of the floor that do not look like it and are sharply outlined."""
    ground = labels == Face.FLOOR
    # Skirting and the floor model's blur make the rim unsure.
    rim = max(3, round(0.012 * picture.long_side))
    inner = cv2.erode(ground.astype(np.uint8), np.ones((rim, rim), np.uint8))
    odd = cv2.morphologyEx(((floor < -0.5) & (inner > 0)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(odd)
    found = np.zeros_like(ground)
    contrast = _contrast(picture)
    for part in range(1, count):
        if stats[part, cv2.CC_STAT_AREA] < SMALLEST * ground.size:
            continue
        mask = parts == part
        outline = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
        if float(contrast[outline].mean()) > SHARP:
            found |= mask
    return np.asarray(found)


def bare_floor(labels: NDArray[np.uint8], occluders: Mask) -> Mask:
    """Floor that furniture may stand on: the box's floor without what stands there already."""
    wide = cv2.dilate(occluders.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return np.asarray((labels == Face.FLOOR) & ~wide)


def _contrast(picture: Picture) -> Image32:
    gray = cv2.GaussianBlur(picture.gray, (0, 0), 1.0).astype(np.float32)
    slope = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0, scale=0.25), cv2.Sobel(gray, cv2.CV_32F, 0, 1, scale=0.25))
    return np.asarray(cv2.dilate(slope, np.ones((5, 5), np.uint8)), np.float32)
