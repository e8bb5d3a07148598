"""What nobody asked for and models put in all the same: people and letters."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.synthetic.staged.pixels import Pixels

# In eighths of the figure's height, as artists measure: across from the middle, and up from the foot.
COAT: Final = (
    *((-1.0, 6.7), (-0.3, 6.95), (0.3, 6.95), (1.0, 6.7), (1.25, 5.0), (1.3, 3.9), (1.0, 3.9), (0.8, 5.4)),
    *((0.75, 4.0), (-0.75, 4.0), (-0.8, 5.4), (-1.0, 3.9), (-1.3, 3.9), (-1.25, 5.0)),
)
TROUSERS: Final = (
    *((-0.75, 4.05), (0.75, 4.05), (0.7, 2.0), (0.6, 0.15), (0.15, 0.15), (0.12, 2.0)),
    *((0.0, 3.4), (-0.12, 2.0), (-0.15, 0.15), (-0.6, 0.15), (-0.7, 2.0)),
)
SKIN, HAIR, CLOTH, DENIM, LEATHER = (190, 150, 130), (50, 35, 25), (60, 55, 70), (40, 45, 60), (30, 30, 30)
# Middle and half axes of a head, its hair, two shoes and two hands.
ROUND: Final = (
    ((0.0, 7.5), (0.42, 0.52), SKIN),
    ((0.0, 7.75), (0.44, 0.35), HAIR),
    ((-0.4, 0.12), (0.35, 0.15), LEATHER),
    ((0.4, 0.12), (0.35, 0.15), LEATHER),
    ((-1.15, 3.75), (0.17, 0.25), SKIN),
    ((1.15, 3.75), (0.17, 0.25), SKIN),
)


def with_person(picture: Pixels, across: float, tall: float) -> Pixels:
    """Somebody stands there: at that share of the width, and so tall a share of the height."""
    height, width = picture.shape[:2]
    eighth = tall * height / 8
    foot = np.array([across * width, 0.95 * height])

    def placed(points: tuple[tuple[float, float], ...]) -> NDArray[np.int32]:
        return np.asarray(np.round(foot + np.array(points) * (eighth, -eighth)), np.int32)

    result = picture.copy()
    for middle, (wide, high), colour in ROUND:
        axes = max(1, round(wide * eighth)), max(1, round(high * eighth))
        x, y = (int(value) for value in placed((middle,))[0])
        cv2.ellipse(result, (x, y), axes, 0, 0, 360, colour, -1, cv2.LINE_AA)
    cv2.fillPoly(result, [placed(COAT)], CLOTH, cv2.LINE_AA)
    cv2.fillPoly(result, [placed(TROUSERS)], DENIM, cv2.LINE_AA)
    return result


def with_caption(picture: Pixels, high: float) -> Pixels:
    """A watermark, its letters so high a share of the picture's height."""
    height, width = picture.shape[:2]
    result = picture.copy()
    scale = high * height / 22
    place = round(0.06 * width), round(0.62 * height)
    cv2.putText(
        result,
        "VIRTUALLY STAGED",
        place,
        cv2.FONT_HERSHEY_SIMPLEX,
        scale,
        (235, 235, 235),
        max(1, round(2 * scale)),
        cv2.LINE_AA,
    )
    return result
