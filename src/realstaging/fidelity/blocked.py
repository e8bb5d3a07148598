"""Furniture that stands in a door's way. Where doors are, whoever read the room tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from realstaging.fidelity.picture import Mask, grown
from realstaging.fidelity.report import Corners, Door

# Columns (working pixels) of a door from which on it can be told, and how far (pixels) below furniture its feet are looked for.
FEWEST_COLUMNS: Final = 8
FEET: Final = 3


def blocked_share(furniture: Mask, doors: Sequence[Door]) -> float:
    """Share of the width of the worst door in whose way something stands, and hides its leaf; 0 without doors.

    Furniture that hides a door from afar does not block it: its feet are elsewhere.
    """
    return max((_blocked(furniture, door) for door in doors), default=0.0)


def _blocked(furniture: Mask, door: Door) -> float:
    leaf, way = _filled(door.leaf, furniture.shape), _filled(door.way, furniture.shape)
    columns = leaf.any(axis=0)
    if columns.sum() < FEWEST_COLUMNS:
        return 0.0
    feet = furniture & way
    feet[:-FEET] &= ~furniture[FEET:]
    stands = grown(feet, 2 * FEET).any(axis=0)
    hides = (furniture & leaf).any(axis=0)
    return float((stands & hides & columns).sum() / columns.sum())


def _filled(corners: Corners, shape: tuple[int, ...]) -> Mask:
    filled = np.zeros(shape, np.uint8)
    points = np.array(corners) * (shape[1], shape[0])
    cv2.fillConvexPoly(filled, np.round(np.clip(points, -4 * max(shape), 4 * max(shape))).astype(np.int32), 1)
    return filled > 0
