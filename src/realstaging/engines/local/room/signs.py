"""What a view of a wall says about a rectangle of it: the measurements that tell what interrupts the wall there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from realstaging.engines.local.room.paint import SAME_TINT, is_lit
from realstaging.engines.local.room.reading import Floats
from realstaging.engines.local.room.spans import DOOR_TOP, SILL, Span, cells, covered_cells, mean, runs
from realstaging.engines.local.room.walls import CELL, WallView

EYE = (1.0, 1.8)
"""Metres up: where glass shows outdoors and a leaf shows its colour."""
LOW = (0.3, 0.7)
"""Metres up: below sills, above skirting."""
SKIRTING = (0.05, 0.34)
"""Metres up between which the top of a skirting board is."""
BESIDE = 0.6
"""Metres of wall to either side that tell whether it has a skirting board."""
FOOT = (0.06, 0.33)
"""Metres up: where a wall hides the floor that a doorway shows."""
CASING = 0.15
"""Metres to either side of an opening that its casing takes at most."""
SILLS, LOW_SILLS = (0.4, 1.15), (0.15, 0.4)
"""Metres up between which sills are looked for: low ones only where the wall is seen to go on below."""
LINED = 0.6
"""Share of an opening's width along which a line runs that is its sill."""
OFF_FLOOR = 0.2
"""Metres up that a window's sides end at least: a door's casing stands on the floor."""
LIKE_FLOOR = 0.3
"""Share of the wall beside an opening that looks like floor, from which its colours are the floor's."""
FEWEST = 20
"""Cells of a wall that say something."""
MOUTH = ((0.15, 0.55), (0.35, 0.75), (0.55, 0.95))
"""Metres up between which a hearth's mouth is looked for: it may be raised, and walls are read a little too near."""
HIGHEST_MOUTH = 1.6
"""Metres up that a mouth ends at most, in a wall read too near; a dark doorway goes on."""
DIM_ABOVE = 25.0
"""L* by which the front above a mouth is darker than its sides at most."""
NARROWEST_MOUTH, WIDEST_MOUTH = 0.45, 1.7
"""Metres: fireboxes are 24 to 42 in wide; the scale may be off by a fifth."""
DARK, STANDS_OUT = 27.0, 9.0
"""L* (0-100) of soot and black glass, and how much lighter what surrounds it is."""
GLOWS, GLOWS_BY = 85.0, 22.0
"""L* of what is lit from behind, and how much lighter than the wall it is: white paint is lit like the wall around it."""
COLDER: Final = 6.0
"""How much less red (a*) and yellow (b*) daylight is than paint in the light of lamps."""
RED, NOT_GLASS = 12.0, 62.0
"""a* from which a surface is brick or red paint, and L* below which it is not a red sky either."""


@dataclass(frozen=True)
class Signs:
    """Shares are 0-1, lengths metres, lightness L* (0-100)."""

    width: float
    z0: float
    z1: float
    sure: float
    """That something is there at all."""
    cut: bool = False
    """A side is where the picture ends, so the width says little."""
    above: float = 0.0
    """Unlike the wall's paint at eye level."""
    below: float = 0.0
    """Unlike the wall's paint where sills have wall below them."""
    through: float = 0.0
    """Floor seen where the wall's foot should be."""
    skirting: int = 0
    """1: a skirting board runs on below; -1: it stops at the sides; 0: none is seen beside it."""
    sill: float = 0.0
    """Height of a line all along, where sills are; 0 without one."""
    outdoors: bool = False
    dim: bool = False
    """Darker than a door's leaf."""
    hearth: bool = False
    """A dark mouth between lighter cheeks takes up its middle."""
    mouth: tuple[float, float] | None = None
    """Where along the wall a hearth's mouth is inside."""
    lit: bool = False
    """Lighter than the wall and of its tint, without straight sides."""
    red: bool = False
    """Brick or red paint all over."""


def signs_of(span: Span, view: WallView) -> Signs:
    """Measure a rectangle of a wall."""
    t0, t1 = span.t0 + 0.05, span.t1 - 0.05
    daylit = _is_daylit(view, t0, t1)
    # A floor that mirrors its windows has their colours: through glass no other floor is seen.
    through = 0.0 if daylit else _through(view, t0, t1)
    outdoors = daylit or (through < 0.5 and _shows_outdoors(view, t0, t1, min(max(EYE[1], span.z0 + 0.3), span.z1)))
    return Signs(
        span.width,
        span.z0,
        span.z1,
        span.sure,
        cut=_cut(span, view),
        above=mean(view.odd > 0.5, view.seen, t0, t1, EYE[0], min(EYE[1], span.z1)),
        below=mean(view.odd > 0.5, view.seen, t0, t1, *LOW),
        through=through,
        skirting=_skirting(span, view),
        sill=_sill(span, view),
        outdoors=outdoors,
        dim=_lightness(view, t0, t1, 0.3, 1.9) < 45,
        hearth=_has_hearth(span, view),
        # What is dark below tall glass is a balcony, or a kitchen behind it.
        mouth=None if outdoors and span.z1 > DOOR_TOP else _mouth(span, view),
        lit=_is_lit(span, view),
        red=_is_red(span, view),
    )


def _through(view: WallView, t0: float, t1: float) -> float:
    """Share of the wall's foot where floor is seen; 0 where the wall has the floor's colours: there it says nothing."""
    inside = _like_floor(view, t0, t1, FOOT)
    beside = [_like_floor(view, a, b, FOOT) for a, b in ((t0 - BESIDE, t0 - CASING), (t1 + CASING, t1 + BESIDE))]
    seen = [share for share in beside if np.isfinite(share)]
    own_colour = bool(seen) and min(seen) > LIKE_FLOOR and min(seen) > 0.6 * inside
    # Floor seen through a way ends where the other room's wall begins.
    goes_on = min(_like_floor(view, t0, t1, LOW), _like_floor(view, t0, t1, EYE)) > LIKE_FLOOR
    return 0.0 if own_colour or goes_on or not np.isfinite(inside) else inside


def _like_floor(view: WallView, t0: float, t1: float, heights: tuple[float, float]) -> float:
    """Share of what is seen of a stretch that has the floor's colours; NaN where too little of it is seen."""
    inside = cells(view.seen, Span(max(t0, 0.0), max(t1, 0.0), *heights, 0))
    return float((view.floor[inside] > 0.5).mean()) if inside.sum() >= FEWEST else float("nan")


def _cut(span: Span, view: WallView) -> bool:
    columns = np.flatnonzero(view.seen[int(0.5 / CELL) : int(EYE[1] / CELL)].mean(axis=0) > 0.5)
    if len(columns) == 0:
        return True
    first, last = columns[0] * CELL, (columns[-1] + 1) * CELL
    return bool((first > 0.15 and span.t0 < first + 0.045) or (last < view.length - 0.15 and span.t1 > last - 0.045))


def _sill(span: Span, view: WallView) -> float:
    """Height of the best supported level line where sills are, 0 without one."""
    heights = np.arange(*SILLS, CELL)
    support = [_lined(span, view, float(z)) for z in heights]
    best = int(np.argmax(support))
    if support[best] > LINED and heights[best] < span.z1 - 0.5:
        return float(heights[best])
    low = [float(z) for z in np.arange(*LOW_SILLS, CELL) if _lined(span, view, float(z)) > LINED]
    return low[-1] if low and _wall_goes_on_below(span, view, low[0]) else 0.0


def _lined(span: Span, view: WallView, z: float) -> float:
    """Share of what the picture shows of a span's width along which a level line runs at a height; 0 where it shows little."""
    covered = covered_cells(view.levels, span.t0, span.t1, z, 0.05)
    first = max(0, int(span.t0 / CELL))
    seen = view.seen[min(int(z / CELL), len(view.seen) - 1), first : first + len(covered)]
    return float(covered[: len(seen)][seen].mean()) if seen.sum() > 0.4 * len(covered) else 0.0


def _wall_goes_on_below(span: Span, view: WallView, z: float) -> bool:
    """Whether a low line is a sill: the wall runs on below it, and the sides end above the floor, on which a glazed door's stand."""
    inside = view.lab[cells(view.seen, Span(span.t0, span.t1, 0.0, z - 0.06, 0))]
    beside = [
        view.lab[cells(view.seen, Span(max(a, 0.0), max(b, 0.0), 0.0, z - 0.06, 0))]
        for a, b in ((span.t0 - BESIDE, span.t0 - CASING), (span.t1 + CASING, span.t1 + BESIDE))
    ]
    alike = [
        float(np.linalg.norm(np.median(inside, axis=0)[1:] - np.median(one, axis=0)[1:]))
        for one in beside
        if min(len(one), len(inside)) >= FEWEST / 2
    ]
    feet = [foot for t in (span.t0, span.t1) if (foot := _foot(t, view)) is not None]
    return bool(alike) and min(alike) < SAME_TINT and bool(feet) and min(feet) > OFF_FLOOR


def _foot(t: float, view: WallView) -> float | None:
    """How low the uprights along a side come; None where that is the wall's end or the picture's, or none is seen."""
    near = view.uprights[np.abs(view.uprights[:, 0] - t) < CASING]
    near = near[near[:, 2] - near[:, 1] > 0.3]
    if len(near) == 0 or not 0.1 < t < view.length - 0.1:
        return None
    return float(near[:, 1].min())


def _skirting(span: Span, view: WallView) -> int:
    """See ``Signs.skirting``: the line along a board's top is compared inside with beside."""
    sides = [
        (max(0.0, a), min(view.length, b))
        for a, b in ((span.t0 - BESIDE, span.t0 - 0.1), (span.t1 + 0.1, span.t1 + BESIDE))
    ]
    sides = [(a, b) for a, b in sides if b - a > 0.2]
    best, inside = 0.0, 0.0
    for z in np.arange(*SKIRTING, CELL):
        beside = max((float(covered_cells(view.levels, a, b, float(z), 0.03).mean()) for a, b in sides), default=0.0)
        if beside > best:
            best = beside
            inside = float(covered_cells(view.levels, span.t0 + 0.1, span.t1 - 0.1, float(z), 0.045).mean())
    if best < 0.6:
        return 0
    return 1 if inside > 0.6 else -1 if inside < 0.25 else 0


def _shows_outdoors(view: WallView, t0: float, t1: float, top: float) -> bool:
    """Bright at eye level, and varied there or darker near the floor: glass, curtains included. A door's leaf is of one colour."""
    lightness = view.lab[..., 0][cells(view.seen, Span(t0, t1, EYE[0], top, 0))]
    if len(lightness) < 10 or float(np.percentile(lightness, 80)) < 65:
        return False
    paint = view.lab[..., 0][view.seen & (view.odd < 0.5)]
    if len(paint) and float(np.percentile(lightness, 80)) < float(np.median(paint)) - 6:
        return False  # darker than the wall around it: another room
    if len(paint) and float(np.median(lightness)) > max(GLOWS, float(np.median(paint)) + GLOWS_BY):
        return True
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


def _mouth(span: Span, view: WallView) -> tuple[float, float] | None:
    """The widest dark stretch down low with lighter sides and a lighter front above it; a fire may burn in it."""
    first, last = max(0, int(span.t0 / CELL)), int(span.t1 / CELL)
    found: list[Span] = []
    for low, high in MOUTH:
        rows = slice(int(low / CELL), int(high / CELL) + 1)
        lightness, seen = view.lab[rows, first:last, 0], view.seen[rows, first:last]
        if lightness.size:
            # Flames and logs are bright: it is enough that about half of a column is dark.
            dark = ((lightness < DARK).mean(axis=0) > 0.4) & (seen.mean(axis=0) > 0.8)
            found += [Span(span.t0 + a * CELL, span.t0 + b * CELL, low, high, 1.0) for a, b in runs(dark, 3)]
    mouths = [one for one in found if NARROWEST_MOUTH <= one.width <= WIDEST_MOUTH and _is_framed(one, view)]
    widest = max(mouths, key=lambda one: one.width, default=None)
    return (widest.t0, widest.t1) if widest else None


def _is_framed(mouth: Span, view: WallView) -> bool:
    """Whether stone or wood surrounds a mouth, as light above as at its sides: a dark doorway goes on, or has a dim room above."""
    columns = slice(int(mouth.t0 / CELL), int(mouth.t1 / CELL))
    rows = view.lab[int(mouth.z1 / CELL) : int(HIGHEST_MOUTH / CELL), columns, 0]
    ends = np.flatnonzero((rows < DARK).mean(axis=1) < 0.4)
    if len(ends) == 0:
        return False
    top = mouth.z1 + float(ends[0]) * CELL
    inside = float(np.percentile(_values(view, mouth.t0, mouth.t1, mouth.z0, mouth.z1), 40))
    left = _values(view, mouth.t0 - 0.22, mouth.t0 - 0.05, mouth.z0, mouth.z1)
    right = _values(view, mouth.t1 + 0.05, mouth.t1 + 0.22, mouth.z0, mouth.z1)
    above = _values(view, mouth.t0, mouth.t1, top + 0.05, top + 0.25)
    if min(len(left), len(right), len(above)) == 0:
        return False
    sides, over = min(float(np.median(left)), float(np.median(right))), float(np.median(above))
    return min(sides, over) > inside + STANDS_OUT and over > sides - DIM_ABOVE


def _is_lit(span: Span, view: WallView) -> bool:
    """Lighter than the wall and of its tint, with no upright along both sides: sun that falls through a window."""
    inside = view.lab[cells(view.seen, span)]
    paint = view.lab[view.seen & (view.odd < 0.5)]
    if len(inside) == 0 or len(paint) == 0:
        return False
    if not is_lit(np.median(inside, axis=0), np.median(paint, axis=0)):
        return False
    return min(_upright_along(t, span, view) for t in (span.t0, span.t1)) < 0.5


def _upright_along(t: float, span: Span, view: WallView) -> float:
    """Share of a span's height along which an upright runs at ``t``."""
    near = np.abs(view.uprights[:, 0] - t) < 0.08
    length = np.minimum(view.uprights[near, 2], span.z1) - np.maximum(view.uprights[near, 1], span.z0)
    return float(np.maximum(length, 0).sum() / max(span.tall, 1e-6))


def _is_red(span: Span, view: WallView) -> bool:
    inside = view.lab[cells(view.seen, Span(span.t0, span.t1, max(span.z0, SILL), span.z1, 0))]
    if len(inside) == 0:
        return False
    lightness, red, _ = np.median(inside, axis=0)
    return bool(red > RED and lightness < NOT_GLASS)


def _values(view: WallView, t0: float, t1: float, z0: float, z1: float) -> Floats:
    return np.asarray(view.lab[..., 0][cells(view.seen, Span(max(t0, 0), max(t1, 0), z0, z1, 0))], float)


def _is_daylit(view: WallView, t0: float, t1: float) -> bool:
    """Whether colder light than the room's own comes from all of it, and more of it than from the paint: glass in a room lit by lamps."""
    paint = view.lab[view.seen & (view.odd < 0.5)]
    if len(paint) < FEWEST:
        return False
    own = np.median(paint, axis=0)
    for heights in (LOW, EYE):
        inside = view.lab[cells(view.seen, Span(max(t0, 0.0), max(t1, 0.0), *heights, 0))]
        if len(inside) < FEWEST:
            return False
        light, red, yellow = np.median(inside, axis=0) - own
        if light < 0 or red > -COLDER or yellow > -COLDER:
            return False
    return True


def _lightness(view: WallView, t0: float, t1: float, z0: float, z1: float) -> float:
    """Mean L* (0-100)."""
    return mean(view.lab[..., 0], view.seen, t0, t1, z0, z1)
