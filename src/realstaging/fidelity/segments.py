"""What changed, cut along the edges of the staged picture: a window is told there from the bed that now stands before it.

Where the house changed behind furniture both are one changed part, and neither looks like one. Each segment is one surface as it is now,
whichever part it lies in.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.parts import MARGIN, Part
from realstaging.fidelity.picture import Mask, Plane, opened
from realstaging.fidelity.report import Kind

Labels = NDArray[np.int32]

# Gradient (CIELAB units a working pixel, Sobel) up to which a surface goes on, and the fewest pixels that make one.
CALM: Final = 1.6
LEAST_CALM: Final = 40
# Pixels farther than this from any surface are textured, and a segment for themselves.
FAR: Final = 5
# Smallest share of the picture that is looked at alone.
SMALLEST: Final = 0.0005
# From units of gradient to the grey levels in which the watershed is looked for.
LEVELS: Final = 12


class Segment(NamedTuple):
    """``owner``: the number of the changed part that has most of it."""

    part: Part
    owner: int


def segments_of(found: list[tuple[Part, Kind]], difference: Difference) -> list[Segment]:
    """Of all changed parts but repainted surfaces, which are whole as they are."""
    owners = np.full(difference.seen.shape, -1, np.int32)
    for number, (part, kind) in enumerate(found):
        if kind is not Kind.REPAINT:
            owners[part.window][part.mask] = number
    labels = _watershed(owners >= 0, _gradient(difference.staged))
    return [_segment(labels == label, owners) for label in _large(labels)]


def _gradient(plane: Plane) -> Plane:
    across, down = (cv2.Sobel(plane, cv2.CV_32F, x, 1 - x) / 8 for x in (1, 0))
    return np.asarray(np.sqrt(np.einsum("...c,...c->...", across, across) + np.einsum("...c,...c->...", down, down)))


def _watershed(mask: Mask, gradient: Plane) -> Labels:
    """Number of the segment at each pixel of the mask, 0 elsewhere.

    Grown by OpenCV's watershed (Meyer, 1992) from calm surfaces, and from where no calm surface is near.
    """
    count, calm, statistics, _ = cv2.connectedComponentsWithStats(
        (mask & (gradient < CALM)).astype(np.uint8), connectivity=4
    )
    surface = statistics[:, cv2.CC_STAT_AREA] >= LEAST_CALM
    surface[0] = False
    markers: Labels = np.where(surface[calm], calm, 0).astype(np.int32)
    textured = mask & (cv2.distanceTransform((markers == 0).astype(np.uint8), cv2.DIST_L2, 5) > FAR)
    further, labels = cv2.connectedComponents(opened(textured, 2).astype(np.uint8))
    markers = np.where(labels > 0, labels + count, markers).astype(np.int32)
    outside = count + further
    markers[~mask] = outside
    cv2.watershed(np.repeat(np.clip(gradient * LEVELS, 0, 255).astype(np.uint8)[..., None], 3, axis=2), markers)
    markers[~mask | (markers == outside)] = 0
    return _widened(markers, mask)


def _widened(labels: Labels, mask: Mask) -> Labels:
    """With the lines between segments, and the rim of the mask, given to the nearest segment."""
    known = labels > 0
    if not known.any():
        return np.zeros_like(labels)
    away, nearest = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    label_of = np.zeros(int(nearest.max()) + 1, np.int32)
    label_of[nearest[known]] = labels[known]
    return np.where(mask & (away <= FAR), label_of[nearest], 0)


def _large(labels: Labels) -> list[int]:
    counts = np.bincount(labels.ravel())
    counts[0] = 0
    return [int(label) for label in np.flatnonzero(counts >= SMALLEST * labels.size)]


def _segment(mask: Mask, owners: Labels) -> Segment:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    window = tuple(slice(max(0, int(along[0]) - MARGIN), int(along[-1]) + 1 + MARGIN) for along in (rows, columns))
    owner = int(np.bincount(owners[mask]).argmax())
    return Segment(Part(mask[window], (window[0], window[1]), float(mask.mean())), owner)
