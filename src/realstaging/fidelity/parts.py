"""One changed part of the picture, cut out with what is around it, and what its outline tells.

Things that were put into a room have outlines of their own. What the house lost or what was painted over ends at edges that
were there before, or at none. So the outline decides, where it meets surface that did not change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import Mask, Plane, grown

MARGIN: Final = 20
# Share of edges, a pixel widened, from which on a surface is textured, and the fewest pixels of a side that tell.
TEXTURED: Final = 0.2
LEAST_SIDE: Final = 40
# How far from a part's outline (working pixels) the edge is looked for that it ends at.
NEAR: Final = 5
# The same for edges so weak that there are many.
CLOSE: Final = 3


@dataclass(frozen=True)
class Part:
    """``mask`` is the part within ``window``, the rows and columns around it; ``area`` its share of the picture."""

    mask: Mask
    window: tuple[slice, slice]
    area: float

    def marks(self, plane: Mask) -> Mask:
        return plane[self.window]

    def colours(self, plane: Plane) -> Plane:
        return plane[self.window]

    @property
    def core(self) -> Mask:
        """Without the three pixels at its rim, where there are others."""
        inner = self.mask & ~grown(~self.mask, 3)
        return inner if inner.any() else self.mask


@dataclass(frozen=True)
class Outline:
    """Shares of a part's outline.

    ``free`` meets unchanged surface; of that, ``fresh`` runs along new edges, ``old`` along the room's own that are still there.
    ``edged`` runs along new edges, of all. Of the free part again, ``cornered`` runs along edges that the original had, weak ones
    too; ``foreign`` along new edges where it had none.
    """

    free: float
    fresh: float
    old: float
    edged: float
    cornered: float
    foreign: float


def parts_of(mask: Mask, least: float, most: int, margin: int = MARGIN) -> list[Part]:
    """The connected parts of at least that share of the picture, largest first."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    large = [i for i in range(1, count) if statistics[i, cv2.CC_STAT_AREA] >= least * mask.size]
    large.sort(key=lambda i: -int(statistics[i, cv2.CC_STAT_AREA]))
    found = []
    for i in large[:most]:
        left, top, width, height, area = (int(value) for value in statistics[i])
        rows = slice(max(0, top - margin), top + height + margin)
        columns = slice(max(0, left - margin), left + width + margin)
        found.append(Part(np.asarray(labels[rows, columns] == i), (rows, columns), area / mask.size))
    return found


def textured_around(part: Part, difference: Difference, near: int = 6, far: int = 18) -> bool:
    """Whether the unchanged surface around a part is full of edges, but for the fullest of its four sides.

    Bricks and tiles are; before a plain wall there may be a radiator on one side. ``near`` and ``far``: working pixels from it.
    """
    around = grown(part.mask, far) & ~grown(part.mask, near) & ~part.marks(difference.changed)
    edges = grown(part.marks(difference.edges), 1) & around
    rows, columns = np.flatnonzero(part.mask.any(axis=1)), np.flatnonzero(part.mask.any(axis=0))
    every = slice(None)
    sides = ((slice(rows[0]), every), (slice(rows[-1] + 1, None), every), (every, slice(columns[0])))
    counted = [
        (int(edges[side].sum()), int(around[side].sum())) for side in (*sides, (every, slice(columns[-1] + 1, None)))
    ]
    counted = sorted((count for count in counted if count[1] >= LEAST_SIDE), key=lambda count: count[0] / count[1])
    plain = counted[:-1] or counted
    return sum(count for count, _ in plain) > TEXTURED * max(1, sum(size for _, size in plain))


def free_rim(part: Part, difference: Difference) -> Mask:
    """The part's outline where it meets surface that did not change, or only in its light."""
    calm = ~part.marks(difference.changed | ~difference.seen) | part.marks(difference.shaded)
    return part.mask & grown(~part.mask, 1) & grown(calm & ~part.mask, NEAR)


def outline_of(part: Part, difference: Difference) -> Outline:
    """Of the part's outline within the picture."""
    rim = part.mask & grown(~part.mask, 1)
    free = free_rim(part, difference)
    edged = rim & grown(part.marks(difference.new_edges), NEAR)
    fresh = free & edged
    kept = part.marks(difference.edges) & ~part.marks(difference.lost_edges)
    old = free & ~fresh & grown(kept, NEAR)
    cornered = free & grown(part.marks(difference.corners), CLOSE)
    count, length = max(1, int(free.sum())), max(1, int(rim.sum()))
    return Outline(
        free=int(free.sum()) / length,
        fresh=int(fresh.sum()) / count,
        old=int(old.sum()) / count,
        edged=int(edged.sum()) / length,
        cornered=int(cornered.sum()) / count,
        foreign=int((fresh & ~cornered).sum()) / count,
    )
