"""People in what was added, by histograms of oriented gradients (Dalal & Triggs, CVPR 2005). It sees whole standing figures only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import cv2
import numpy as np

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import Mask, Pixels

# Distance from the detector's dividing plane from which on it is a person, and the least share of the picture's height that their box
# takes, of which they fill three quarters. Lamps and plants as tall as that stay below 1.7; lamps on small tables, a head on a body, reach 2.8.
SURE: Final = 2.0
LEAST_TALL: Final = 0.4
# The figure itself within its box, in shares of it (across, down), and how much of that must have changed.
FIGURE: Final = ((0.35, 0.65), (0.2, 0.8))
LEAST_CHANGED: Final = 0.5
# Width and height (working pixels) of the smallest figure.
SMALLEST: Final = (64, 128)
STRIDE: Final = (8, 8)
# The figure fills three quarters of the detector's window. So much (shares of the height) is put around the picture, its rim repeated, for
# those who stand near its edge.
AROUND, BESIDE = 0.15, 0.05
SCALE: Final = 1.07


def people(difference: Difference) -> float:
    """How many people stand there that did not before; none in a picture smaller than a figure."""
    if difference.picture.shape[0] < SMALLEST[1] or difference.picture.shape[1] < SMALLEST[0]:
        return 0.0
    picture = _framed(difference.picture[..., ::-1], cv2.BORDER_REPLICATE)
    changed = _framed(difference.changed.astype(np.uint8), cv2.BORDER_CONSTANT) > 0
    boxes, distances = _detector().detectMultiScale(picture, winStride=STRIDE, padding=STRIDE, scale=SCALE)
    return float(
        sum(
            float(_figure(changed, box).mean()) > LEAST_CHANGED
            for box, distance in zip(boxes, np.ravel(distances), strict=True)
            if distance > SURE and box[3] > LEAST_TALL * difference.picture.shape[0]
        )
    )


def _framed(plane: Pixels, border: int) -> Pixels:
    high, wide = (round(share * plane.shape[0]) for share in (AROUND, BESIDE))
    return np.asarray(cv2.copyMakeBorder(np.ascontiguousarray(plane), high, high, wide, wide, border))


def _figure(plane: Mask, box: Sequence[int]) -> Mask:
    (left, top), (wide, high) = box[:2], box[2:]
    (start, end), (above, below) = FIGURE
    rows = slice(max(0, round(top + above * high)), round(top + below * high))
    return plane[rows, max(0, round(left + start * wide)) : round(left + end * wide)]


@cache
def _detector() -> cv2.HOGDescriptor:
    detector = cv2.HOGDescriptor()
    detector.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())  # type: ignore[attr-defined]
    return detector
