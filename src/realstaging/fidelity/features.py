"""What can be measured of a changed part of the picture: the numbers from which it is told whether the house or the furniture changed.

None is a colour of the picture itself: what rooms were learned from had paints and woods of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity import network
from realstaging.fidelity.compare import Difference
from realstaging.fidelity.network import Change
from realstaging.fidelity.openings import straight_lines
from realstaging.fidelity.parts import Part, free_rim, outline_of
from realstaging.fidelity.picture import Mask, Plane, apart, blurred, grown
from realstaging.fidelity.repainted import sharpness
from realstaging.fidelity.report import Kind
from realstaging.fidelity.segments import Segment

Features = NDArray[np.float32]

FEATURES: Final = (
    *("area", "top", "bottom", "height", "width", "fill", "compact"),
    *("on_floor", "stands", "floor_below"),
    *("had", "has", "lost", "lost_near", "new", "new_near", "outlined", "still", "shaded", "changed"),
    *(
        "free",
        "fresh",
        "old",
        "cornered",
        "foreign",
        "sharp",
        "sharp_all",
        "lines",
        "lines_near",
        "staged_lines",
        "kept",
        "edges",
        "staged_edges",
    ),
    "others",
    *("into_changed", "into_calm", "was_into_changed", "was_into_calm"),
    *("change", "lighter", "spread", "spread_most", "even"),
    *("now_lighter", "now_tinted", "was_lighter", "was_tinted", "like_below", "like_above"),
    *("slope", "was_slope", "alike", "texture", "staged_texture"),
    *("seen_same", "seen_furniture", "seen_paint", "seen_fixture", "seen_house", "seen_house_most", "seen_around"),
    *(f"as_{kind.value}" for kind in Kind),
)
"""Their names, in the order of the columns of ``features_of``."""
SEGMENT_FEATURES: Final = (*FEATURES, *(f"owner_{name}" for name in FEATURES))
"""The same of ``features_of_segments``: its own, then those of the part that it is a piece of."""

# Sides (working pixels) of the windows in which structure is compared, and what is added to variances of L* there.
SIDE: Final = 15
NOISE: Final = 0.6
# Most standard deviation (ΔE) of a change within 5 pixels that is even.
EVEN: Final = 5.0


@dataclass(frozen=True)
class Planes:
    """Of the whole picture: the change, how much it varies, how alike structure is, how much of it there is, lines, those of the staged picture,
    all parts, and the probabilities of each `Change` that the network sees.
    """

    delta: Plane
    spread: Plane
    alike: Plane
    texture: Plane
    staged_texture: Plane
    lines: Mask
    staged_lines: Mask
    all_parts: Mask
    probabilities: Plane


def features_of(found: list[tuple[Part, Kind]], difference: Difference, floor: Mask, planes: Planes) -> Features:
    """(parts, features). ``found``: the parts with what the rules take them for."""
    rows = []
    for part, kind in found:
        values = {
            **_place(part, difference.seen.shape[:2]),
            **_standing(part, floor),
            **_edges(part, difference),
            **_outline(part, difference, planes),
            **_seamless(part, difference),
            **_change(part, planes),
            **_surroundings(part, difference),
            **_structure(part, difference, planes),
            **_seen(part, planes),
            **{f"as_{one.value}": float(one is kind) for one in Kind},
        }
        rows.append([values[name] for name in FEATURES])
    return np.array(rows, np.float32).reshape(-1, len(FEATURES))


def features_of_segments(
    segments: list[Segment],
    found: list[tuple[Part, Kind]],
    features: Features,
    difference: Difference,
    floor: Mask,
    planes: Planes,
) -> Features:
    """(segments, segment features). ``features``: that of the parts ``found``."""
    own = features_of([(segment.part, found[segment.owner][1]) for segment in segments], difference, floor, planes)
    owners = np.array([segment.owner for segment in segments], np.intp)
    return np.hstack([own, features[owners]])


def planes_of(found: list[tuple[Part, Kind]], difference: Difference) -> Planes:
    delta = difference.staged - difference.original
    here, there = difference.original[..., 0], difference.staged[..., 0]
    mean_here, mean_there = _mean(here), _mean(there)
    texture = np.maximum(_mean(here * here) - mean_here**2, 0)
    staged_texture = np.maximum(_mean(there * there) - mean_there**2, 0)
    together = _mean(here * there) - mean_here * mean_there
    all_parts: Mask = np.zeros(here.shape, np.bool_)
    for part, _ in found:
        all_parts[part.window] |= part.mask
    return Planes(
        delta=delta,
        spread=np.sqrt(np.maximum(blurred(delta**2, 5.0) - blurred(delta, 5.0) ** 2, 0).sum(2)),
        alike=together / np.sqrt((texture + NOISE) * (staged_texture + NOISE)),
        texture=texture,
        staged_texture=staged_texture,
        lines=straight_lines(difference.original),
        staged_lines=straight_lines(difference.staged),
        all_parts=all_parts,
        probabilities=network.seen(difference),
    )


def _place(part: Part, shape: tuple[int, ...]) -> dict[str, float]:
    """Where it is and what shape it has, in shares of the picture."""
    rows, columns = (np.flatnonzero(part.mask.any(axis=axis)) for axis in (1, 0))
    tall, wide = int(np.ptp(rows)), int(np.ptp(columns))
    top, size = part.window[0].start, int(part.mask.sum())
    return {
        "area": part.area,
        "top": (top + rows[0]) / shape[0],
        "bottom": (top + rows[-1]) / shape[0],
        "height": tall / shape[0],
        "width": wide / shape[1],
        "fill": size / ((tall + 1) * (wide + 1)),
        "compact": 4 * np.pi * size / max(1, int(_rim(part).sum())) ** 2,
    }


def _standing(part: Part, floor: Mask) -> dict[str, float]:
    below = _shifted(part.mask, 6)
    here = part.marks(floor)
    return {
        "on_floor": _share(here, part.mask),
        "stands": float((grown(part.mask, 10) & here).sum()) / float(part.mask.sum()),
        "floor_below": _share(here, below),
    }


def _edges(part: Part, difference: Difference) -> dict[str, float]:
    """Shares of edges: those it had and has, lost and new ones, those that are still there, weak outlines."""
    lost, new = part.marks(difference.lost_edges), part.marks(difference.new_edges)
    near = grown(part.mask, 3)
    return {
        "had": _share(part.marks(difference.edges), part.core),
        "has": _share(part.marks(difference.staged_edges), part.core),
        "lost": _share(lost, part.mask),
        "lost_near": _share(lost, near),
        "new": _share(new, part.core),
        "new_near": _share(new, near),
        "outlined": _share(part.marks(difference.outlines), grown(part.mask, 6)),
        "still": _share(_still(part, difference), part.core),
        "shaded": _share(part.marks(difference.shaded), part.mask),
        "changed": _share(part.marks(difference.changed), part.mask),
    }


def _outline(part: Part, difference: Difference, planes: Planes) -> dict[str, float]:
    """What the part ends at (see ``Outline``), and how sharply."""
    outline, rim = outline_of(part, difference), _rim(part)
    lines = part.marks(planes.lines)
    return {
        "free": outline.free,
        "fresh": outline.fresh,
        "old": outline.old,
        "cornered": outline.cornered,
        "foreign": outline.foreign,
        "sharp": sharpness(part, planes.delta, free_rim(part, difference)),
        "sharp_all": sharpness(part, planes.delta, rim),
        "lines": _share(grown(lines, 2), rim),
        "lines_near": _share(grown(lines, 4), rim),
        "staged_lines": _share(grown(part.marks(planes.staged_lines), 2), rim),
        "kept": _share(grown(_still(part, difference), 2), rim),
        "edges": _share(grown(part.marks(difference.edges), 3), rim),
        "staged_edges": _share(grown(part.marks(difference.staged_edges), 3), rim),
        "others": _share(grown(part.marks(planes.all_parts) & ~part.mask, 3), rim),
    }


def _seamless(part: Part, difference: Difference) -> dict[str, float]:
    """Shares of the rim across which the surface goes on, without an edge: into what changed too, or into what did not; now and before.

    A sofa before a window goes on beside it; so does the wall where a window was.
    """
    rim = _rim(part)
    to_changed = grown(part.marks(difference.changed) & ~part.mask, 3)
    values = {}
    for time, edges in (("", difference.staged_edges), ("was_", difference.edges)):
        seamless = rim & ~grown(part.marks(edges), 3)
        values[f"{time}into_changed"] = _share(seamless & to_changed, rim)
        values[f"{time}into_calm"] = _share(seamless & ~to_changed, rim)
    return values


def _change(part: Part, planes: Planes) -> dict[str, float]:
    """How far the colour moved (ΔE and L*), and how equally all over the part."""
    delta = part.colours(planes.delta)
    inside = delta[part.core]
    spread = np.linalg.norm(inside - np.median(inside, axis=0), axis=1)
    lightness = _median(part.colours(planes.delta), part.mask)[0]
    return {
        "change": float(np.median(apart(delta, 0.0)[part.mask])),
        "lighter": float(lightness),
        "spread": float(np.median(spread)),
        "spread_most": float(np.percentile(spread, 90)),
        "even": float((part.colours(planes.spread)[part.mask] < EVEN).mean()),
    }


def _surroundings(part: Part, difference: Difference) -> dict[str, float]:
    """How much lighter and how differently tinted the part is and was than what is around it and did not change."""
    before, after = part.colours(difference.original), part.colours(difference.staged)
    calm = ~part.marks(difference.changed)
    around = _median(before, grown(part.mask, 12) & ~grown(part.mask, 3) & calm & part.marks(difference.seen))
    was, now = _median(before, part.mask), _median(after, part.mask)
    below, above = _shifted(part.mask, 6) & calm, _shifted(part.mask, -6) & calm
    return {
        "now_lighter": float(now[0] - around[0]),
        "now_tinted": float(np.hypot(*(now - around)[1:])),
        "was_lighter": float(was[0] - around[0]),
        "was_tinted": float(np.hypot(*(was - around)[1:])),
        "like_below": float(np.linalg.norm(_median(before, below) - now)),
        "like_above": float(np.linalg.norm(_median(before, above) - now)),
    }


def _structure(part: Part, difference: Difference, planes: Planes) -> dict[str, float]:
    """Slopes of light now and before, how alike the structure still is, and how much of it there is."""
    return {
        "slope": _slope(part.colours(difference.staged)[..., 0], part.mask),
        "was_slope": _slope(part.colours(difference.original)[..., 0], part.mask),
        "alike": float(part.colours(planes.alike)[part.mask].mean()),
        "texture": float(np.log1p(np.median(part.colours(planes.texture)[part.mask]))),
        "staged_texture": float(np.log1p(np.median(part.colours(planes.staged_texture)[part.mask]))),
    }


def _seen(part: Part, planes: Planes) -> dict[str, float]:
    """What the network sees: mean probabilities, that of the house where it is likeliest, and of the house just beyond the part."""
    probabilities = part.colours(planes.probabilities)
    house = probabilities[..., Change.PAINT] + probabilities[..., Change.FIXTURE]
    beyond = grown(part.mask, 8) & ~grown(part.mask, 2)
    same, furniture, paint, fixture = (float(mean) for mean in probabilities[part.mask].mean(axis=0))
    return {
        "seen_same": same,
        "seen_furniture": furniture,
        "seen_paint": paint,
        "seen_fixture": fixture,
        "seen_house": float((house > probabilities[..., Change.FURNITURE])[part.mask].mean()),
        "seen_house_most": float(np.percentile(house[part.mask], 90)),
        "seen_around": float(house[beyond].mean()) if beyond.any() else 0.0,
    }


def _slope(lightness: Plane, mask: Mask) -> float:
    smooth = blurred(lightness, 2.0)
    across, down = (float(np.abs(cv2.Sobel(smooth, cv2.CV_32F, x, 1 - x) / 8)[mask].mean()) for x in (1, 0))
    return float(np.hypot(across, down))


def _still(part: Part, difference: Difference) -> Mask:
    """Edges of the original that are there in the staged picture too."""
    kept = part.marks(difference.edges & ~difference.lost_edges)
    return kept & (part.marks(difference.staged_edges) | ~part.marks(difference.differs))


def _rim(part: Part) -> Mask:
    return part.mask & grown(~part.mask, 1)


def _shifted(mask: Mask, rows: int) -> Mask:
    """What lies up to so many rows below the mask (above it where negative) and is not in it."""
    moved = np.zeros_like(mask)
    if rows > 0:
        moved[rows:] = mask[:-rows]
    else:
        moved[:rows] = mask[-rows:]
    return moved & ~mask


def _share(marked: Mask, where: Mask) -> float:
    return float(marked[where].mean()) if where.any() else 0.0


def _median(plane: Plane, where: Mask) -> NDArray[np.float32]:
    return np.asarray(np.median(plane[where], axis=0) if where.any() else np.zeros(plane.shape[2]), np.float32)


def _mean(plane: Plane) -> Plane:
    return np.asarray(cv2.blur(plane, (SIDE, SIDE)), dtype=np.float32)
