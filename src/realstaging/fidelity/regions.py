"""Changed pixels to regions, and what each region is: furniture, shading, or a piece of the house that is no longer itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.erased import erased_of, is_bare, lost_strips
from realstaging.fidelity.floor import floor_of
from realstaging.fidelity.learned import Classifiers, classifiers
from realstaging.fidelity.openings import has_bars, opened_within
from realstaging.fidelity.parts import Part, outline_of, parts_of, textured_around
from realstaging.fidelity.picture import Mask, closed, grown, opened
from realstaging.fidelity.reconsidered import reconsidered
from realstaging.fidelity.repainted import repainted_of
from realstaging.fidelity.report import Kind, Operation, Region

Labels = NDArray[np.uint8]

MOST_REGIONS: Final = 250
SMALLEST: Final = 0.0004
# Above this share of the picture nothing hung on a wall is that large: it is the wall.
LARGEST_HUNG: Final = 0.12
# Above this share one change of light is no shadow: the surface as a whole has another brightness.
LARGEST_SHADOW: Final = 0.06
# Of an outline's free length: up to this share of new edges, and from this share of the room's own edges on, it is the room's.
MOST_FRESH: Final = 0.25
LEAST_OLD: Final = 0.4
LEAST_FREE: Final = 0.15
# Share of edges from which on what was there is a view or a panelled door, where a change makes edges too.
STRUCTURED: Final = 0.09
# Share of a part on the floor from which on it is no opening.
MOST_ON_FLOOR: Final = 0.2
# The same for something that the house lost, of which the skirting may be.
MOST_REMOVED_ON_FLOOR: Final = 0.3
# How far (working pixels) above the floor a thing may end that stands on it: its feet and their shadow are a part of their own.
FEET: Final = 10
# No smaller change is told as one of a window or a door.
LEAST_OPENING: Final = 0.003


@dataclass(frozen=True)
class Parts:
    """The regions, their map (label at each pixel, 0 unchanged) and the floor that was assumed."""

    regions: tuple[Region, ...]
    labels: Labels
    floor: Mask


def classify(difference: Difference, allowed: frozenset[Operation], by: Classifiers | None = None) -> Parts:
    """Every changed region of at least 0.04 % of the picture, the 250 largest, each with its kind.

    ``by``: other classifiers than those that came with the program.
    """
    floor = floor_of(difference)
    found = reconsidered(proposed(difference, floor), difference, floor, by or classifiers())[:MOST_REGIONS]
    labels = np.zeros(floor.shape, np.uint8)
    regions = []
    keeps = kept_kinds(allowed)
    for label, (part, kind) in enumerate(found, start=1):
        labels[part.window][part.mask] = label
        regions.append(Region(label, kind, part.area, _box(part, floor.shape), kind in keeps))
    return Parts(tuple(regions), labels, floor)


def proposed(difference: Difference, floor: Mask) -> list[tuple[Part, Kind]]:
    """The parts and what the rules take each for, largest first."""
    repaint = repainted_of(difference)
    shade = difference.shaded & ~repaint
    erased = (erased_of(difference, floor) & ~repaint) | lost_strips(difference)
    shade &= ~erased
    solid = _solid(difference, shade | repaint | erased)
    within = opened_within(difference, floor) & ~(repaint | erased)
    solid, shade = solid & ~within, shade & ~within
    found: list[tuple[Part, Kind]] = []
    for mask, kind in (
        (repaint, Kind.REPAINT),
        (erased, Kind.REMOVED),
        (within, Kind.OPENING),
    ):
        found += [(part, kind) for part in _parts(mask)]
    found += [(part, _kind(part, difference, floor)) for part in _parts(solid)]
    found += [(part, _light_kind(part, difference)) for part in _parts(shade & ~solid)]
    found.sort(key=lambda item: -item[0].area)
    return found[:MOST_REGIONS]


def _solid(difference: Difference, other: Mask) -> Mask:
    """What changed and is neither of the others, in pieces as large as things are."""
    solid = _filled(opened(closed(difference.changed & ~other, 3), 2))
    return solid & ~other & ~_still_there(difference)


def kept_kinds(allowed: frozenset[Operation]) -> frozenset[Kind]:
    """What may stay. Where things were to be taken away, smooth surface in their place is what was asked for."""
    kinds = {Kind.FURNITURE, Kind.HUNG, Kind.SHADING, Kind.CURTAIN}
    if allowed & {Operation.DECLUTTER, Operation.EMPTY}:
        kinds.add(Kind.REMOVED)
    return frozenset(kinds)


def _light_kind(part: Part, difference: Difference) -> Kind:
    """Shadow, or a surface of another brightness, or a large thing of the floor's colour among other furniture."""
    if part.area < LARGEST_SHADOW:
        return Kind.SHADING
    return Kind.REPAINT if outline_of(part, difference).free > LEAST_FREE else Kind.FURNITURE


def _still_there(difference: Difference) -> Mask:
    """Edges of the room that did not change, as a window's frame: what changed on both sides of them is not one thing."""
    frame = ~difference.differs & grown(difference.edges & ~difference.lost_edges, 1)
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(frame.astype(np.uint8))
    long = np.maximum(statistics[:, cv2.CC_STAT_WIDTH], statistics[:, cv2.CC_STAT_HEIGHT]) > 12
    long[0] = False
    return np.asarray(long[labels]) if count > 1 else frame


def _kind(part: Part, difference: Difference, floor: Mask) -> Kind:
    """One solid region's kind, from its outline, from where it stands and from what was there before."""
    height = difference.seen.shape[0]
    core = part.core
    had = float(part.marks(difference.edges)[core].mean())
    has = float(part.marks(difference.staged_edges)[core].mean())
    outline = outline_of(part, difference)
    own_outline = outline.free > LEAST_FREE and outline.fresh < MOST_FRESH
    on_floor = float(part.marks(floor)[part.mask].mean())
    went = had > 0.04 and has < 0.35 * had and own_outline and on_floor < MOST_REMOVED_ON_FLOOR
    if went and _continues(part, difference) and is_bare(part, outline, difference):
        return Kind.REMOVED
    most_fresh = 0.45 if had > STRUCTURED else MOST_FRESH
    ends = outline.fresh < most_fresh and outline.old > LEAST_OLD
    # Among bricks or boards any outline runs along old edges, which tells nothing.
    if (
        had > 0.04
        and part.area > LEAST_OPENING
        and ends
        and not (on_floor > MOST_ON_FLOOR or textured_around(part, difference))
    ):
        return Kind.OPENING
    rows = np.flatnonzero(part.mask.any(axis=1)) + part.window[0].start
    stands = float((grown(part.mask, FEET) & part.marks(floor)).sum()) > 0.03 * float(part.mask.sum())
    if stands or rows[-1] >= height - 3:
        return Kind.FURNITURE
    tall, wide = np.ptp(rows), np.ptp(np.flatnonzero(part.mask.any(axis=0)))
    if had > 0.04 and tall > 0.25 * height and tall > wide:
        return Kind.CURTAIN
    if part.area > LARGEST_HUNG and rows[0] >= 0.03 * height:
        return Kind.OPENING
    return Kind.INVENTED if has_bars(part, difference) else Kind.HUNG


def _continues(part: Part, difference: Difference) -> bool:
    """Whether the region now looks like what is around it."""
    rim = grown(part.mask, 10) & ~grown(part.mask, 3) & ~part.marks(difference.changed)
    if not rim.any():
        return False
    now = np.median(part.colours(difference.staged)[part.mask], axis=0)
    return float(np.linalg.norm(now - np.median(part.colours(difference.original)[rim], axis=0))) < 9


def _parts(mask: Mask) -> list[Part]:
    return parts_of(mask, SMALLEST, MOST_REGIONS)


def _filled(mask: Mask) -> Mask:
    """Holes up to 0.4 % of the picture closed: the plain front of a cabinet on a wall of its colour."""
    _, components, statistics, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8))
    small = statistics[:, cv2.CC_STAT_AREA] < 0.004 * mask.size
    small[0] = False
    return np.asarray(mask | small[components])


def _box(part: Part, shape: tuple[int, ...]) -> tuple[float, float, float, float]:
    rows, columns = np.flatnonzero(part.mask.any(axis=1)), np.flatnonzero(part.mask.any(axis=0))
    top, left = part.window[0].start, part.window[1].start
    return (
        float((left + columns[0]) / shape[1]),
        float((top + rows[0]) / shape[0]),
        float((left + columns[-1] + 1) / shape[1]),
        float((top + rows[-1] + 1) / shape[0]),
    )
