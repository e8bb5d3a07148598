"""Changed pixels to regions, and what each region is: furniture, shading, or a piece of the house that is no longer itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import Mask, blurred, closed, grown, opened
from realstaging.fidelity.report import Kind, Operation, Region

Labels = NDArray[np.uint8]

MOST_REGIONS: Final = 250
SMALLEST: Final = 0.0004
# Above this share of the picture nothing hung on a wall is that large: it is the wall.
LARGEST_HUNG: Final = 0.12
# Above this share one change of light is no shadow: the surface as a whole has another brightness.
LARGEST_SHADOW: Final = 0.06
BRIGHT: Final = 88.0
# How far (working pixels) a surface's outline may be from the edge that it ends at.
REACH: Final = 14
SURROUND: Final = 24.0
# Evidence (old edges and unchanged surroundings less new edges, shares of the outline) that an outline is the room's own.
OWN_OUTLINE: Final = 0.6


@dataclass(frozen=True)
class Parts:
    """The regions, their map (label at each pixel, 0 unchanged) and the floor that was assumed."""

    regions: tuple[Region, ...]
    labels: Labels
    floor: Mask


def classify(difference: Difference, allowed: frozenset[Operation]) -> Parts:
    """Every changed region of at least 0.04 % of the picture, the 250 largest, each with its kind."""
    floor = floor_of(difference)
    repaint = _repainted(difference)
    shade = difference.shaded & ~repaint
    erased = _erased(difference, floor) & ~repaint
    solid = opened(closed(difference.changed & ~shade & ~repaint & ~erased, 3), 2)
    solid = _filled(solid) & ~repaint & ~erased
    found: list[tuple[Mask, Kind]] = []
    found += [(part, Kind.REPAINT) for part in _components(repaint)]
    found += [(part, Kind.REMOVED) for part in _components(erased)]
    found += [(part, _kind(part, difference, floor)) for part in _components(solid)]
    found += [(part, _light_kind(part)) for part in _components(shade & ~solid)]
    found.sort(key=lambda item: -int(item[0].sum()))
    labels = np.zeros(solid.shape, np.uint8)
    regions = []
    keeps = kept_kinds(allowed)
    for label, (part, kind) in enumerate(found[:MOST_REGIONS], start=1):
        labels[part] = label
        regions.append(Region(label, kind, float(part.mean()), _box(part), kind in keeps))
    return Parts(tuple(regions), labels, floor)


def kept_kinds(allowed: frozenset[Operation]) -> frozenset[Kind]:
    """What may stay. Where things were to be taken away, smooth surface in their place is what was asked for."""
    kinds = {Kind.FURNITURE, Kind.HUNG, Kind.SHADING, Kind.CURTAIN}
    if allowed & {Operation.DECLUTTER, Operation.EMPTY}:
        kinds.add(Kind.REMOVED)
    return frozenset(kinds)


def floor_of(difference: Difference) -> Mask:
    """The floor of the original, by its colour at the bottom of the picture, grown upwards; no higher than half-way."""
    height = difference.seen.shape[0]
    lightness = blurred(difference.original, 3.0)
    bottom = lightness[int(height * 0.93) :].reshape(-1, 3)
    centres = _palette(bottom)
    distance = np.min([np.linalg.norm((lightness - centre) * (0.6, 1, 1), axis=2) for centre in centres], axis=0)
    alike = closed(distance < 11, 3)
    alike[: int(height * 0.45)] = False
    alike[int(height * 0.97) :] = True
    _, components = cv2.connectedComponents(opened(alike, 2).astype(np.uint8))
    floor = np.isin(components, np.unique(components[-1])[np.unique(components[-1]) > 0])
    if floor.mean() < 0.06:
        floor[int(height * 0.8) :] = True
    return np.asarray(floor)


def _palette(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """Four colours that stand for these (k-means, seeded)."""
    cv2.setRNGSeed(0)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 0.5)
    sample = np.ascontiguousarray(colours[:: max(1, len(colours) // 4000)])
    count = min(4, len(sample))
    _, which, centres = cv2.kmeans(sample, count, None, criteria, 1, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
    share = np.bincount(which.ravel(), minlength=count) / len(sample)
    return np.asarray(centres[share > 0.12] if (share > 0.12).any() else centres, dtype=np.float32)


def _repainted(difference: Difference) -> Mask:
    """Surfaces whose colour moved by one amount all over, with outlines that were there before.

    A sofa's front also moves by one amount, but its outline is new; a wall's outline is the room's own.
    """
    delta = difference.staged - difference.original
    offset = blurred(delta, 2.0)
    spread = np.sqrt(np.maximum(blurred((delta**2), 5.0) - blurred(delta, 5.0) ** 2, 0).sum(2))
    candidate = difference.changed & (spread < 5) & ~grown(difference.new_edges, 1)
    candidate &= np.linalg.norm(offset * (0.7, 1, 1), axis=2) > 5
    candidate &= ~(difference.shaded & (np.hypot(offset[..., 1], offset[..., 2]) < 4))
    result: Mask = np.zeros(candidate.shape, np.bool_)
    for part in _components(opened(candidate, 2), least=0.006):
        outline = grown(part, 1) & ~part
        new = float(grown(difference.new_edges, REACH)[outline].mean())
        old = float(grown(difference.edges & ~difference.lost_edges, REACH)[outline].mean())
        beyond = grown(part, REACH + 3) & ~grown(part, REACH) & difference.seen
        unchanged = 1 - float(difference.changed[beyond].mean()) if beyond.any() else 0.0
        if old + unchanged - new > OWN_OUTLINE:
            alike = np.linalg.norm(delta - np.median(delta[part], axis=0), axis=2) < 8
            result |= grown(part, REACH) & difference.changed & alike
    return result


def _light_kind(part: Mask) -> Kind:
    return Kind.SHADING if float(part.mean()) < LARGEST_SHADOW else Kind.REPAINT


def _erased(difference: Difference, floor: Mask) -> Mask:
    """Where the house had structure and there is now smooth surface of the colour around it: painted over."""
    calm = (~difference.changed & ~grown(difference.edges, 2) & difference.seen).astype(np.float32)
    near = blurred(calm, SURROUND)
    around = blurred(difference.original * calm[..., None], SURROUND) / np.maximum(near, 1e-3)[..., None]
    like_wall = np.linalg.norm((difference.staged - around) * (0.7, 1, 1), axis=2) < 8
    smooth = ~grown(difference.staged_edges, 2)
    candidate = opened(difference.changed & like_wall & smooth & (near > 0.02), 2) & ~floor
    result: Mask = np.zeros(candidate.shape, np.bool_)
    for part in _components(closed(candidate, 3) & difference.changed):
        if difference.lost_edges[grown(part, 3)].mean() > 0.04:
            result |= part
    return result


def _kind(part: Mask, difference: Difference, floor: Mask) -> Kind:
    """One solid region's kind, from where it stands and from what was there before."""
    height = part.shape[0]
    area = float(part.mean())
    rows = np.flatnonzero(part.any(axis=1))
    inner = part & ~grown(~part, 3)
    inner = inner if inner.any() else part
    had = float(difference.edges[inner].mean())
    has = float(difference.staged_edges[inner].mean())
    grounded = float((grown(part, 4) & floor).sum()) > 0.03 * float(part.sum()) or rows[-1] >= height - 3
    if had > 0.04 and has < 0.35 * had and _continues(part, difference):
        return Kind.REMOVED
    if grounded:
        return Kind.FURNITURE
    bright_before = float((difference.original[..., 0][inner] > BRIGHT).mean())
    bright_now = float((difference.staged[..., 0][inner] > BRIGHT).mean())
    structured = had > 0.09
    if structured and area > 0.002:
        tall = (rows[-1] - rows[0]) > 0.25 * height
        return Kind.CURTAIN if tall and has < 0.6 * had else Kind.OPENING
    ceiling = rows[0] < 0.03 * height
    if area > LARGEST_HUNG and not ceiling:
        return Kind.OPENING
    if area > 0.006 and bright_now > 0.25 and bright_now > bright_before + 0.25 and _four_sided(part):
        return Kind.INVENTED
    return Kind.HUNG


def _continues(part: Mask, difference: Difference) -> bool:
    """Whether the region now looks like what is around it."""
    rim = grown(part, 10) & ~grown(part, 3) & ~difference.changed
    if not rim.any():
        return False
    return float(np.linalg.norm(np.median(difference.staged[part], 0) - np.median(difference.original[rim], 0))) < 9


def _four_sided(part: Mask) -> bool:
    """Whether the region fills the smallest upright or turned box around it, as openings do."""
    points = np.argwhere(part)[:, ::-1].astype(np.int32)
    (_, (wide, tall), _) = cv2.minAreaRect(points)
    return float(part.sum()) > 0.75 * max(1.0, wide * tall)


def _components(mask: Mask, least: float = SMALLEST) -> list[Mask]:
    count, components, statistics, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    large = [i for i in range(1, count) if statistics[i, cv2.CC_STAT_AREA] >= least * mask.size]
    large.sort(key=lambda i: -int(statistics[i, cv2.CC_STAT_AREA]))
    return [np.asarray(components == i) for i in large[:MOST_REGIONS]]


def _filled(mask: Mask) -> Mask:
    """Holes up to 0.4 % of the picture closed: the plain front of a cabinet on a wall of its colour."""
    count, components, statistics, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8))
    small = [i for i in range(1, count) if statistics[i, cv2.CC_STAT_AREA] < 0.004 * mask.size]
    return mask | np.isin(components, small)


def _box(part: Mask) -> tuple[float, float, float, float]:
    height, width = part.shape
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return (
        float(columns[0] / width),
        float(rows[0] / height),
        float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )
