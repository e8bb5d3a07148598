"""What the house lost: structure that was there and is smooth surface now, going on into the surface around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.parts import NEAR, Outline, Part, outline_of, parts_of
from realstaging.fidelity.picture import Mask, blurred, grown, opened

# Share of the picture from which on a part is looked at, and how many of them.
SMALLEST: Final = 0.0004
MOST: Final = 250
# How far around a part (working pixels) the surface is looked at that it would go on into.
AROUND: Final = 30
# Most difference of chroma (a*, b*) and of lightness of a part to that surface.
CHROMA: Final = 2.0
LIGHTNESS: Final = 7.0
# How large that surface must be, in areas of the part.
LEAST_AROUND: Final = 0.12
# From this share of the outline along the floor on it may be furniture of the wall's colour: chroma and half of the lightness
# must then be closer than ALIKE together. Not where it stands alone, by its free outline, and has no edge even so.
ALONG_FLOOR: Final = 0.35
ALIKE: Final = 1.0
ALONE: Final = 0.95
EDGELESS: Final = 0.2
# Share of that surface that must be so alike.
MOSTLY: Final = 0.3
# Share of a part's pixels that were edges of the house.
HAD_EDGES: Final = 0.1
# Of the outline: least share that meets unchanged surface, most of that which runs along new edges, and most of all that does.
LEAST_FREE: Final = 0.3
MOST_FRESH: Final = 0.35
MOST_EDGED: Final = 0.5
# Smaller parts (share of the picture) beside furniture, or with a rest of what was there beyond them, are furniture of the wall's colour.
SMALL: Final = 0.006
LEAST_FREE_OF_SMALL: Final = 0.5
MOST_CUT: Final = 0.09
# Mean slope of L* (a working pixel) and share of weak new edges from which on a surface is no wall.
STEEP: Final = 0.9
OUTLINED: Final = 0.3
# Skirting boards: at most this wide (working pixels), and at least this long (share of the diagonal).
WIDEST_STRIP: Final = 14
LEAST_STRIP: Final = 0.04


def erased_of(difference: Difference, floor: Mask) -> Mask:
    """Where something of the house was painted over."""
    surfaces = _surfaces(difference)
    smooth = (surfaces > 0) & ~floor & ~difference.shaded
    # At the rim of what was there blur and compression leave a little of it.
    rim = difference.changed & ~difference.staged_edges
    result: Mask = np.zeros(smooth.shape, np.bool_)
    for part in parts_of(opened(difference.changed & smooth, 2), SMALLEST, MOST):
        if _painted_over(part, difference, surfaces, floor):
            whole = replace(part, mask=part.mask | opened(grown(part.mask, 8) & part.marks(rim), 1))
            result[part.window] |= whole.mask
    return result


def _surfaces(difference: Difference) -> NDArray[np.int32]:
    """Number of the smooth surface of the staged picture at each pixel, 0 at edges."""
    smooth = ~grown(difference.staged_edges, 1) & difference.seen
    return np.asarray(cv2.connectedComponents(smooth.astype(np.uint8), connectivity=4)[1], dtype=np.int32)


def _painted_over(part: Part, difference: Difference, surfaces: NDArray[np.int32], floor: Mask) -> bool:
    """Whether there was structure, it has the colour of the unchanged surface that it runs into, and no outline of its own."""
    if part.marks(difference.lost_edges)[grown(part.mask, 3)].mean() < HAD_EDGES:
        return False
    numbers = surfaces[part.window]
    calm = ~part.marks(difference.changed) & ~grown(part.marks(difference.edges), 1)
    around = grown(part.mask, AROUND) & calm & np.isin(numbers, np.unique(numbers[part.mask]))
    if around.sum() < LEAST_AROUND * part.mask.sum():
        return False
    outline = outline_of(part, difference)
    now = np.median(part.colours(difference.staged)[part.mask], axis=0)
    lightness, *chroma = (part.colours(difference.original)[around] - now).T
    rim = part.mask & grown(~part.mask, 1)
    alone = outline.free > ALONE and outline.edged < EDGELESS
    if not alone and grown(part.marks(floor), 12)[rim].mean() > ALONG_FLOOR:
        alike = np.hypot(lightness / 2, np.hypot(*chroma)) < ALIKE
    else:
        alike = (np.abs(lightness) < LIGHTNESS) & (np.hypot(*chroma) < CHROMA)
    if alike.mean() < MOSTLY:
        return False
    bounded = outline.free > LEAST_FREE and outline.fresh < MOST_FRESH and outline.edged < MOST_EDGED
    return bounded and is_bare(part, outline, difference)


def is_bare(part: Part, outline: Outline, difference: Difference) -> bool:
    """Whether nothing stands there now: no slope of light as on round things, no outline however weak, nothing of it left beyond."""
    smooth = blurred(part.colours(difference.staged)[..., 0], 2.0)
    across, down = (float(np.abs(cv2.Sobel(smooth, cv2.CV_32F, x, 1 - x) / 8)[part.mask].mean()) for x in (1, 0))
    outlined = float(part.marks(difference.outlines)[grown(part.mask, 6)].mean())
    if float(np.hypot(across, down)) > STEEP or outlined > OUTLINED:
        return False
    whole = outline.free > LEAST_FREE_OF_SMALL and _cut_through(part, difference) < MOST_CUT
    return whole or part.area > SMALL


def _cut_through(part: Part, difference: Difference) -> float:
    """Share of what is just beyond the part that is the rest of something within it. What is taken away goes whole."""
    beyond = grown(part.mask, 9) & ~grown(part.mask, 3)
    within = part.marks(difference.lost_edges) & grown(part.mask, 3)
    rest = part.marks(difference.edges & ~difference.lost_edges & ~difference.changed)
    return float((rest & grown(within, 9))[beyond].mean()) if beyond.any() else 0.0


def lost_strips(difference: Difference) -> Mask:
    """Long thin parts whose edges are gone and that have no new ones: a skirting board or a cornice painted over."""
    changed = difference.changed
    gone = grown(difference.lost_edges, NEAR) & ~grown(difference.new_edges, NEAR)
    thin = opened(changed & ~opened(changed, WIDEST_STRIP // 2) & gone, 1)
    result: Mask = np.zeros(thin.shape, np.bool_)
    for part in parts_of(thin, SMALLEST, MOST):
        rows, columns = np.nonzero(part.mask)
        if np.hypot(np.ptp(rows), np.ptp(columns)) > LEAST_STRIP * np.hypot(*thin.shape):
            result[part.window] |= part.mask
    return result
