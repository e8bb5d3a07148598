"""The second look: what the rules took each part for, judged anew by all that can be measured of it and of the segments it consists of."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.features import FEATURES, Planes, features_of, features_of_segments, planes_of
from realstaging.fidelity.learned import Classifiers
from realstaging.fidelity.network import Change
from realstaging.fidelity.parts import Part, parts_of
from realstaging.fidelity.picture import Mask, Plane, grown, opened
from realstaging.fidelity.report import Kind
from realstaging.fidelity.segments import Segment, segments_of

# From this probability on a part is the house: where the rules say that it is painted or otherwise changed, and where they took it for
# furniture. That must have this share of the picture.
POSSIBLY_PAINTED: Final = 0.15
POSSIBLE: Final = 0.35
LIKELY: Final = 0.5
LEAST_RECONSIDERED: Final = 0.003
# What hangs is a picture, of which there are more kinds than trees have seen, unless it is larger than this, changed so evenly, or is
# taken for the house with such a probability, its segments' counted as much as its own. It is one thing: its paper is no window within it.
LARGEST_PICTURE: Final = 0.05
CERTAIN: Final = 0.9
PAINTED: Final = 0.6
# Such a part is a surface from this share on.
LEAST_SURFACE: Final = 0.012
# What was taken for the house is but shade where so much of it is.
MOSTLY_SHADED: Final = 0.5
# From this probability on, its segments' counted as much as its own, a part is such a change of the house; and what the rules took for
# furniture is any.
TOGETHER: Final = {Kind.OPENING: 0.6, Kind.REMOVED: 0.5, Kind.INVENTED: 0.5}
AGAINST_RULES: Final = 0.75
# From this probability on a segment is the house within furniture, and up to this one furniture within an opening.
HOUSE_WITHIN: Final = 0.9
FURNITURE_WITHIN: Final = 0.5
# Where the network sees the house changed with such a probability, by so much (ΔE), and nothing was found, it is so. No smaller share of the
# picture, and beyond what was found by this many working pixels.
SEEN: Final = 0.75
FAINT: Final = 2.5
LEAST_SEEN: Final = 0.012
BEYOND: Final = 2
# No smaller share of the picture is a part, and no more parts of a kind are cut out of others.
SMALLEST: Final = 0.0004
MOST_RECUT: Final = 250
HOUSE: Final = frozenset({Kind.REPAINT, Kind.OPENING, Kind.REMOVED, Kind.INVENTED})

Found = list[tuple[Part, Kind]]


def reconsidered(found: Found, difference: Difference, floor: Mask, by: Classifiers) -> Found:
    """The same changed area, in parts each of the likelier kind, largest first."""
    planes = planes_of(found, difference)
    features = features_of(found, difference, floor, planes)
    segments = segments_of(found, difference)
    probabilities = by.segments.probability(features_of_segments(segments, found, features, difference, floor, planes))
    within = _probability_within(segments, probabilities, floor.shape)
    even = features[:, FEATURES.index("even")]
    again = [
        (part, _kind_again(part, kind, probability, _together(part, probability, within), even_share, difference))
        for (part, kind), probability, even_share in zip(found, by.parts.probability(features), even, strict=True)
    ]
    return _by_area(_recut(again, within) + _overlooked(difference, planes))


def _overlooked(difference: Difference, planes: Planes) -> Found:
    """What changed too little to be found, as a wall that is a little darker, but is plain to see as a whole."""
    paint, fixture = planes.probabilities[..., Change.PAINT], planes.probabilities[..., Change.FIXTURE]
    seen = (paint + fixture > SEEN) & (difference.delta > FAINT) & difference.seen
    parts = parts_of(opened(seen & ~grown(planes.all_parts, BEYOND), BEYOND), LEAST_SEEN, MOST_RECUT)
    return [
        (part, Kind.REPAINT if (part.marks(paint > fixture)[part.mask]).mean() > 0.5 else Kind.OPENING)
        for part in parts
    ]


def _probability_within(segments: list[Segment], probabilities: NDArray[np.float64], shape: tuple[int, ...]) -> Plane:
    """Of each pixel's segment; not a number where there is none."""
    result = np.full(shape, np.nan, np.float32)
    for segment, probability in zip(segments, probabilities, strict=True):
        result[segment.part.window][segment.part.mask] = probability
    return result


def _together(part: Part, probability: float, within: Plane) -> float:
    probabilities = within[part.window][part.mask]
    known = probabilities[np.isfinite(probabilities)]
    return (probability + float(known.mean())) / 2 if known.size else probability


def _kind_again(
    part: Part, kind: Kind, probability: float, together: float, even: float, difference: Difference
) -> Kind:
    """``together``: the probability that it is the house, its segments' counted as much as its own."""
    if _is_picture(part, kind, even):
        return Kind.OPENING if together > CERTAIN and part.area > LEAST_RECONSIDERED else kind
    second = _second_kind(part, kind, probability, difference)
    return second if together >= _least_together(kind, second) else _kept_as(kind)


def _is_picture(part: Part, kind: Kind, even: float) -> bool:
    """``even``: the share of the part whose colour changed alike, as paint changes a wall."""
    return kind is Kind.HUNG and part.area < LARGEST_PICTURE and even < PAINTED


def _second_kind(part: Part, kind: Kind, probability: float, difference: Difference) -> Kind:
    if kind in HOUSE:
        if probability > (POSSIBLY_PAINTED if kind is Kind.REPAINT else POSSIBLE):
            return kind
        shaded = float(part.marks(difference.shaded)[part.mask].mean()) > MOSTLY_SHADED
        return Kind.SHADING if shaded else Kind.FURNITURE
    if probability > LIKELY and part.area > LEAST_RECONSIDERED:
        return Kind.REPAINT if part.area > LEAST_SURFACE else Kind.OPENING
    return kind


def _least_together(kind: Kind, second: Kind) -> float:
    """For what the rules took for ``kind`` to be ``second``."""
    if second not in HOUSE:
        return 0.0
    return TOGETHER.get(second, 0.0) if kind in HOUSE else AGAINST_RULES


def _kept_as(kind: Kind) -> Kind:
    """What a part is of which it is doubted that it is the house."""
    return Kind.FURNITURE if kind in HOUSE else kind


def _recut(found: Found, within: Plane) -> Found:
    """The parts without the segments that are the other of house and furniture; those are parts of their own."""
    marked: dict[Kind, Mask] = {Kind.OPENING: within > HOUSE_WITHIN, Kind.FURNITURE: within < FURNITURE_WITHIN}
    moved: dict[Kind, Mask] = {kind: np.zeros(within.shape, np.bool_) for kind in marked}
    result: Found = []
    for part, kind in found:
        other = _other(part, kind)
        rest = part if other is None else _without(part, part.marks(marked[other]))
        if rest is not None:
            result.append((rest, kind))
        if other is not None and rest is not part:
            moved[other][part.window] |= part.mask if rest is None else part.mask & ~rest.mask
    for kind, mask in moved.items():
        result += [(part, kind) for part in parts_of(mask, SMALLEST, MOST_RECUT)]
    return result


def _by_area(found: Found) -> Found:
    return sorted(found, key=lambda item: -item[0].area)


def _other(part: Part, kind: Kind) -> Kind | None:
    """What a segment of such a part may be instead. What was removed or painted was told by what lies around it; a picture is one thing."""
    if kind in HOUSE:
        return Kind.FURNITURE if kind is Kind.OPENING else None
    return None if kind is Kind.HUNG and part.area < LARGEST_PICTURE else Kind.OPENING


def _without(part: Part, taken: Mask) -> Part | None:
    """What is left of a part, itself if nothing was taken, or none if too little is left."""
    mask = part.mask & ~taken
    before, after = int(part.mask.sum()), int(mask.sum())
    if after == before:
        return part
    area = part.area * after / before
    return None if area < SMALLEST else replace(part, mask=mask, area=area)
