"""Whether a room is furnished: what four measures say of the whole photo, where no single thing stands out.

An empty room is straight lines along its three axes, a floor of one colour, walls that are plain low down, and the line between them.
Furniture brings lines along no axis, hides the floor and the walls' feet, and is busy where walls are plain. Each alone has
honest causes (diagonal tiles, a lawn, blinds, cupboards); together they have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.occluders import SHARP, contrast_of, foot_of
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Face, Mask
from realstaging.engines.local.room.segments import Segments

ABOVE_FLOOR: Final = 0.03
"""Share of the picture's longer side above the floor where walls are looked at: skirting and a chair's height."""
NO_FLOOR: Final = -0.5
"""Log-likelihood ratio below which a pixel does not look like the floor."""
HIDDEN: Final = 0.6 * SHARP
"""Grey levels per pixel below which the edge between floor and wall is not seen."""


@dataclass(frozen=True)
class Furnishing:
    """Shares (0-1) that furniture makes larger."""

    askew: float = 0.0
    """Weight of lines along none of the room's axes."""
    unlike: float = 0.0
    """Of the floor: what does not look like it."""
    busy: float = 0.0
    """Of the walls just above the floor: what is near a sharp edge."""
    hidden: float = 0.0
    """Of the line between floor and walls: what is not seen."""

    @property
    def likely(self) -> bool:
        """Whether all of it together can only be furniture."""
        return self._reaches(SURE) and (self.hidden > SURE.hidden or self.unlike > MUCH_UNLIKE)

    @property
    def seems(self) -> bool:
        """Whether it may be furniture: worth telling, not worth refusing."""
        return self._reaches(DOUBTFUL)

    def _reaches(self, least: Furnishing) -> bool:
        return self.askew > least.askew and self.unlike > least.unlike and self.busy > least.busy


DOUBTFUL: Final = Furnishing(askew=0.19, unlike=0.3, busy=0.35)
SURE: Final = Furnishing(askew=0.22, unlike=0.33, busy=0.4, hidden=0.15)
"""Of 31 empty photos one, a courtyard with lawns, reached the doubtful values; each missed a sure one by a third. Of seven furnished ones three reached all."""
MUCH_UNLIKE: Final = 0.55
"""So little of the floor is seen where a thing before every wall hides no foot of one."""


def measure(
    picture: Picture,
    labels: NDArray[np.uint8],
    near_walls: Mask,
    segments: Segments,
    axes: NDArray[np.int_],
    floor: Image32,
) -> Furnishing:
    """Look at the whole photo; ``near_walls`` are left out."""
    ground = (labels == Face.FLOOR) & ~near_walls
    foot = foot_of(ground)
    reach = 2 * round(ABOVE_FLOOR * picture.long_side) + 1
    low = (cv2.dilate(ground.astype(np.uint8), np.ones((reach, 1), np.uint8)) > 0) & (labels >= Face.X_MIN)
    if not (ground.any() and foot.any() and low.any()):
        return Furnishing()
    contrast = contrast_of(picture)
    return Furnishing(
        askew=float(segments.weight[axes < 0].sum()),
        unlike=float((floor[ground] < NO_FLOOR).mean()),
        busy=float((contrast[low] > SHARP).mean()),
        hidden=float((contrast[foot] < HIDDEN).mean()),
    )
