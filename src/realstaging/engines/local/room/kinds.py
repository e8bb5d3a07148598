"""What an opening is: window, door, doorway, closet, fireplace, radiator or something built in."""

from __future__ import annotations

import numpy as np

from realstaging.engines.local.room.reading import Opening, OpeningKind
from realstaging.engines.local.room.spans import DOOR_TOP, SILL, Span, cells, covered_cells, mean
from realstaging.engines.local.room.walls import CELL, WallView


def classified(span: Span, view: WallView) -> Opening:
    kind = _kind(span, view)
    low = max(span.z0, _sill(span, view)) if kind is OpeningKind.WINDOW else span.z0
    return Opening(view.wall, span.t0, span.t1, low, span.z1, kind, round(min(0.98, span.sure), 2))


def _sill(span: Span, view: WallView) -> float:
    """Height of the best supported level line where sills are, 0 without one."""
    heights = np.arange(0.4, 1.15, CELL)
    support = [float(covered_cells(view.levels, span.t0, span.t1, float(z), 0.05).mean()) for z in heights]
    best = int(np.argmax(support))
    return float(heights[best]) if support[best] > 0.6 and heights[best] < span.z1 - 0.5 else 0.0


def _kind(span: Span, view: WallView) -> OpeningKind:
    if span.z0 >= SILL:
        return OpeningKind.WINDOW
    if _has_hearth(span, view):
        return OpeningKind.FIREPLACE
    if span.z1 < 1.15:
        return OpeningKind.RADIATOR
    if span.z1 < DOOR_TOP:
        return OpeningKind.BUILTIN
    t0, t1 = span.t0 + 0.05, span.t1 - 0.05
    below = mean(view.odd > 0.5, view.seen, t0, t1, 0.3, 0.7)
    above = mean(view.odd > 0.5, view.seen, t0, t1, 1.0, min(1.8, span.z1))
    if above > 0.4 and below < 0.5 * above:
        return OpeningKind.WINDOW
    through = mean(view.floor > 0.5, view.seen, t0, t1, 0.06, 0.33)
    glass = through < 0.5 and _shows_outdoors(view, t0, t1, min(1.8, span.z1))
    # Glass down to the floor may be a door: only with a sill, or too wide for a leaf, is it a window.
    if glass and (span.width > 1.25 or _sill(span, view) > 0):
        return OpeningKind.WINDOW
    if span.width > 2.4:
        return OpeningKind.CLOSET if through > 0.5 or above < 0.3 else OpeningKind.BUILTIN
    if through > 0.5:
        return OpeningKind.DOORWAY
    if span.width > 1.25:
        return OpeningKind.CLOSET
    return OpeningKind.DOORWAY if above > 0.6 and _lightness(view, t0, t1, 0.3, 1.9) < 45 else OpeningKind.DOOR


def _shows_outdoors(view: WallView, t0: float, t1: float, top: float) -> bool:
    """Bright at eye level, and varied there or darker near the floor: glass, curtains included. A door's leaf is of one colour."""
    lightness = view.lab[..., 0][cells(view.seen, Span(t0, t1, 1.0, top, 0))]
    if len(lightness) < 10 or float(np.percentile(lightness, 80)) < 65:
        return False
    paint = view.lab[..., 0][view.seen & (view.odd < 0.5)]
    if len(paint) and float(np.percentile(lightness, 80)) < float(np.median(paint)) - 6:
        return False  # darker than the wall around it: another room
    below = _lightness(view, t0, t1, 0.3, 0.6)
    return float(lightness.std()) > 7 or (0 < below < float(lightness.mean()) - 6)


def _has_hearth(span: Span, view: WallView) -> bool:
    """A dark mouth low down between lighter cheeks."""
    if not 0.7 < span.width < 3.0:
        return False
    middle, quarter = (span.t0 + span.t1) / 2, span.width / 4
    mouth = _lightness(view, middle - 0.6 * quarter, middle + 0.6 * quarter, 0.25, 0.6)
    left = _lightness(view, span.t0 + 0.05, span.t0 + 0.3 * quarter + 0.05, 0.25, 0.6)
    right = _lightness(view, span.t1 - 0.3 * quarter - 0.05, span.t1 - 0.05, 0.25, 0.6)
    above = _lightness(view, middle - quarter, middle + quarter, 0.95, 1.15)
    return mouth < 30 and min(left, right, above) > mouth + 9


def _lightness(view: WallView, t0: float, t1: float, z0: float, z1: float) -> float:
    """Mean L* (0-100)."""
    return mean(view.lab[..., 0], view.seen, t0, t1, z0, z1)
