"""The floor of the original, by its colour at the bottom of the picture."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import Mask, apart, blurred, closed, opened

# ΔE (lightness counted 0.6 times) within which a colour is the floor's.
ALIKE: Final = 11.0
# Share of the upper picture from which on a colour is a wall's.
COMMON: Final = 0.15


def floor_of(difference: Difference) -> Mask:
    """What has a colour of the picture's bottom, grown upwards from there; no higher than half-way."""
    height = difference.seen.shape[0]
    colours = blurred(difference.original, 3.0)
    centres = _not_the_walls(_palette(colours[int(height * 0.93) :].reshape(-1, 3)), colours[: int(height * 0.45)])
    distance = np.min([apart(colours, centre, 0.6) for centre in centres], axis=0)
    alike = closed(distance < ALIKE, 3)
    alike[: int(height * 0.45)] = False
    alike[int(height * 0.97) :] = True
    _, components = cv2.connectedComponents(opened(alike, 2).astype(np.uint8))
    lowest = np.unique(components[-1])
    floor = np.isin(components, lowest[lowest > 0])
    if floor.mean() < 0.06:
        floor[int(height * 0.8) :] = True
    return np.asarray(floor)


def _not_the_walls(centres: NDArray[np.float32], above: NDArray[np.float32]) -> NDArray[np.float32]:
    """The colours without those that much of the upper picture has: walls reach down to the bottom at its sides."""
    shares = np.array([(apart(above[::4, ::4], centre, 0.6) < ALIKE).mean() for centre in centres])
    return centres[shares < COMMON] if (shares < COMMON).any() else centres


def _palette(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """Four colours that stand for these (k-means, seeded)."""
    cv2.setRNGSeed(0)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 0.5)
    sample = np.ascontiguousarray(colours[:: max(1, len(colours) // 4000)])
    count = min(4, len(sample))
    _, which, centres = cv2.kmeans(sample, count, None, criteria, 1, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
    share = np.bincount(which.ravel(), minlength=count) / len(sample)
    return np.asarray(centres[share > 0.12] if (share > 0.12).any() else centres, dtype=np.float32)
