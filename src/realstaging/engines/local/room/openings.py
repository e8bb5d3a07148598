"""Doors, doorways, windows, closets, fireplaces and radiators: what furniture must not stand before.

A miss puts a sofa before a door; a false alarm leaves a stretch of wall empty. So every sign counts: a pair of uprights
under a lintel, floor that runs on through the wall, and a patch unlike the wall's paint.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.reading import Floats, Mask, Opening, OpeningKind
from realstaging.engines.local.room.walls import CELL, WallView

NARROWEST, WIDEST = 0.3, 3.4
CORNER = 0.1
LONGEST_BLANK = 0.2
FAINT = 1.5
"""L* from one cell to the next that plain, slowly shaded paint does not reach."""
SILL = 0.3
"""What starts below this stands on the floor."""
DOOR_TOP = 1.7
LINE_GAP = 0.09
"""Uprights closer than this are the two sides of one casing."""


@dataclass(frozen=True)
class Span:
    """A rectangle of a wall in metres, with how sure we are (0-1) that something is there."""

    t0: float
    t1: float
    z0: float
    z1: float
    sure: float

    @property
    def width(self) -> float:
        return self.t1 - self.t0

    @property
    def tall(self) -> float:
        return self.z1 - self.z0

    def overlap(self, other: Span) -> float:
        """Shared area as a share of the smaller one's."""
        across = min(self.t1, other.t1) - max(self.t0, other.t0)
        up = min(self.z1, other.z1) - max(self.z0, other.z0)
        return max(0.0, across) * max(0.0, up) / max(1e-6, min(self.width * self.tall, other.width * other.tall))

    def joined(self, other: Span) -> Span:
        return Span(
            min(self.t0, other.t0),
            max(self.t1, other.t1),
            min(self.z0, other.z0),
            max(self.z1, other.z1),
            1 - (1 - self.sure) * (1 - other.sure),
        )


def find_openings(views: list[WallView]) -> tuple[Opening, ...]:
    """What interrupts the walls, left to right along each."""
    return tuple(
        _classified(span, view) for view in views for span in _merged(_framed(view) + _gaps(view) + _patches(view))
    )


def _framed(view: WallView) -> list[Span]:
    """Pairs of uprights that share their height and are closed by a lintel or hold something unlike the wall."""
    spans = []
    height = view.seen.shape[0] * CELL
    # The uprights at a wall's ends are the room's corners; the picture's border cuts openings like a post of its own.
    posts = [post for post in _posts(view.uprights) if CORNER < post[0] < view.length - CORNER]
    posts = sorted(posts + _borders(view))
    for one, other in combinations(posts, 2):
        width = other[0] - one[0]
        if not NARROWEST <= width <= WIDEST:
            continue
        z0, z1 = max(one[1], other[1]), min(one[2], other[2])
        if z1 - z0 < 0.5 or min(one[3], other[3]) < 0.45 * (z1 - z0):
            continue
        lintel = _covered(view.levels, one[0], other[0], z1, 0.14)
        if z1 > DOOR_TOP:
            lintel |= _steps(view, one[0], other[0], z1)
        bottom = float(_covered(view.levels, one[0], other[0], z0, 0.14).mean())
        inside = _mean(view.odd, view.seen, one[0] + 0.04, other[0] - 0.04, z0, z1)
        through = _mean(view.floor > 0.5, view.seen, one[0] + 0.05, other[0] - 0.05, 0.06, 0.33) > 0.5
        plain_leaf = z1 > 1.85 and inside < 0.4
        foot_unseen = _share_seen(view, Span(one[0], other[0], 0, z0, 0)) < 0.5
        stands = z0 < SILL or (z0 < 0.9 and (through or plain_leaf or foot_unseen))
        if stands and z1 > height - 0.12 and inside < 0.5:
            continue
        if _longest_blank(view, Span(one[0], other[0], z0, z1, 0), lintel) > LONGEST_BLANK:
            continue
        usual = 0.15 if stands and 1.85 < z1 < 2.3 else 0.0
        sure = 0.5 * float(lintel.mean()) + (0.0 if stands else 0.35 * bottom) + 0.6 * inside + usual
        if sure >= 0.42:
            spans.append(Span(one[0], other[0], 0.0 if stands else z0, z1, min(0.95, sure)))
    return spans


def _borders(view: WallView) -> list[tuple[float, float, float, float]]:
    """Where the picture's border cuts the wall upright, as posts."""
    height = view.seen.shape[0] * CELL
    columns = np.flatnonzero(view.seen[int(0.5 / CELL) : int(1.8 / CELL)].mean(axis=0) > 0.5)
    if len(columns) == 0:
        return []
    ends = (columns[0] * CELL, (columns[-1] + 1) * CELL)
    return [(float(t), 0.0, height - 0.2, height) for t in ends if 2 * CORNER < t < view.length - 2 * CORNER]


def _longest_blank(view: WallView, span: Span, lintel: Mask) -> float:
    """Metres of the longest stretch with neither lintel nor anything unlike the wall: wall between two openings."""
    rows = slice(int(max(span.z0, 0.3) / CELL), int(span.z1 / CELL))
    first = int(span.t0 / CELL)
    odd = (view.odd[rows, first : first + len(lintel)] > 0.5).mean(axis=0) > 0.3
    blank = ~(lintel[: len(odd)] | odd)
    return max((b - a for a, b in _runs(blank, 0)), default=0) * CELL


def _posts(uprights: Floats) -> list[tuple[float, float, float, float]]:
    """Uprights grouped where they stand together: (t, lowest z, highest z, metres of line)."""
    posts = []
    groups: list[list[Floats]] = []
    for upright in uprights[np.argsort(uprights[:, 0], kind="stable")]:
        if groups and upright[0] - groups[-1][0][0] < LINE_GAP:
            groups[-1].append(upright)
        else:
            groups.append([upright])
    for group in groups:
        lines = np.array(group)
        low, high = float(lines[:, 1].min()), float(lines[:, 2].max())
        covered = np.zeros(max(1, int((high - low) / CELL) + 1), bool)
        for _, z0, z1 in lines:
            covered[int((z0 - low) / CELL) : int((z1 - low) / CELL) + 1] = True
        length = float(covered.sum()) * CELL
        if length > 0.4:
            posts.append((float(np.average(lines[:, 0], weights=lines[:, 2] - lines[:, 1])), low, high, length))
    return posts


def _covered(levels: Floats, t0: float, t1: float, z: float, reach: float) -> Mask:
    """Which cells of t0-t1 level lines near height z cover."""
    covered = np.zeros(max(1, int((t1 - t0) / CELL)), bool)
    for _, a, b in levels[np.abs(levels[:, 0] - z) < reach]:
        covered[max(0, int((a - t0) / CELL)) : max(0, int((b - t0) / CELL) + 1)] = True
    return covered


def _steps(view: WallView, t0: float, t1: float, z: float) -> Mask:
    """Which cells of t0-t1 have a step in lightness near height z: lintels too faint for the line detector."""
    first, cells = int(t0 / CELL), max(1, int((t1 - t0) / CELL))
    lightness = view.lab[..., 0][max(0, int((z - 0.1) / CELL)) : int((z + 0.1) / CELL) + 1, first : first + cells]
    steps = np.zeros(cells, bool)
    if len(lightness) > 1:
        steps[: lightness.shape[1]] = np.abs(np.diff(lightness, axis=0)).max(axis=0) > FAINT
    return steps


def _gaps(view: WallView) -> list[Span]:
    """Stretches where the floor runs on through the wall: doorways, and mirrors down to the floor."""
    higher = slice(int(0.6 / CELL), int(1.6 / CELL))
    if _share((view.floor[higher] > 0.5) & view.seen[higher], view.seen[higher]) > 0.25:
        return []  # a wall of the floor's colour, brick over oak say: the sign means nothing here
    foot = slice(int(0.06 / CELL), int(0.33 / CELL))
    seen = view.seen[foot]
    floor = ((view.floor[foot] > 0.5) & seen).sum(axis=0) >= np.maximum(0.7 * seen.sum(axis=0), 3)
    eye = slice(int(1.4 / CELL), int(1.9 / CELL))
    # No floor is seen above eye level: what looks like it there is a wall of the floor's colour.
    floor &= ((view.floor[eye] > 0.5) & view.seen[eye]).sum(axis=0) <= 0.5 * np.maximum(view.seen[eye].sum(axis=0), 1)
    spans = []
    for a, b in _runs(floor, int(0.1 / CELL)):
        t0, t1 = a * CELL, b * CELL
        if t1 - t0 >= 0.35:
            spans.append(Span(t0, t1, 0.0, _top_of_gap(view, t0, t1), 0.7))
    return spans


def _top_of_gap(view: WallView, t0: float, t1: float) -> float:
    """The lowest well supported lintel above a gap, or a door's usual height."""
    candidates = [
        (float(z), float(_covered(view.levels, t0, t1, float(z), 0.06).mean()))
        for z in view.levels[:, 0]
        if 1.8 < z < 2.6
    ]
    good = [z for z, support in candidates if support > 0.5]
    return min(good) if good else 2.05


def _patches(view: WallView) -> list[Span]:
    """Larger areas unlike the wall's paint."""
    odd = ((view.odd > 0.5) & view.seen).astype(np.uint8)
    skirting = int(0.25 / CELL)
    odd[:skirting] = 0
    odd[-int(0.2 / CELL) :] = 0
    for clean in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN):
        odd = np.asarray(cv2.morphologyEx(odd, clean, np.ones((5, 5), np.uint8)), np.uint8)
    if odd.mean() > 0.6:
        return []
    spans = []
    count, parts, stats, _ = cv2.connectedComponentsWithStats(odd)
    for part in range(1, count):
        column, row, across, up, _area = (int(value) for value in stats[part])
        tall_columns = (parts[row : row + up, column : column + across] == part).mean(axis=0) > 0.4
        for a, b in _runs(tall_columns, 3):
            width, tall = (b - a) * CELL, up * CELL
            if NARROWEST <= width <= 4.5 and tall >= 0.35:
                t0, z0 = (column + a) * CELL, 0.0 if row <= skirting + 1 else row * CELL
                span = Span(t0, t0 + width, z0, (row + up) * CELL, 0.6)
                if _edged(span, view):
                    spans.append(span)
    return _stacked(spans)


def _edged(span: Span, view: WallView) -> bool:
    """Whether an upright or a change of colour runs along a side: stains and the pattern of bricks have none."""
    inside = _colour(view, span.t0 + 0.03, span.t0 + 0.2, span), _colour(view, span.t1 - 0.2, span.t1 - 0.03, span)
    outside = _colour(view, span.t0 - 0.2, span.t0 - 0.03, span), _colour(view, span.t1 + 0.03, span.t1 + 0.2, span)
    if min(float(np.linalg.norm(a - b)) for a, b in zip(inside, outside, strict=True)) > 18:
        return True
    near = (np.abs(view.uprights[:, :1] - (span.t0, span.t1)) < 0.12).any(axis=1)
    lengths = np.minimum(view.uprights[near, 2], span.z1) - np.maximum(view.uprights[near, 1], span.z0)
    return float(np.maximum(lengths, 0).sum()) > 0.35 * span.tall


def _colour(view: WallView, t0: float, t1: float, span: Span) -> Floats:
    """Mean L*a*b* of a strip as high as a span; grey where the strip is out of sight."""
    inside = _cells(view.seen, Span(max(t0, 0), max(t1, 0), span.z0, span.z1, 0))
    return np.asarray(view.lab[inside].mean(axis=0) if inside.any() else (50, 0, 0), float)


def _stacked(spans: list[Span]) -> list[Span]:
    """Patches above one another with the same sides are one: a chimney crossed by its mantel."""
    for i, j in combinations(range(len(spans)), 2):
        one, other = spans[i], spans[j]
        same_sides = abs(one.t0 - other.t0) < 0.25 and abs(one.t1 - other.t1) < 0.25
        if same_sides and max(one.z0, other.z0) - min(one.z1, other.z1) < 0.5:
            return _stacked([*(span for k, span in enumerate(spans) if k not in (i, j)), one.joined(other)])
    return spans


def _merged(spans: list[Span]) -> list[Span]:
    """Spans that overlap are one opening; strongest first."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.sure, s.t0)):
        for i, other in enumerate(merged):
            if span.overlap(other) > 0.3:
                # A weaker span refines a stronger one, it does not blow it up.
                if span.joined(other).width < 1.6 * other.width or span.sure > 0.55:
                    merged[i] = span.joined(other)
                break
        else:
            merged.append(span)
    return sorted(_settled(merged), key=lambda s: s.t0)


def _settled(spans: list[Span]) -> list[Span]:
    for i, j in combinations(range(len(spans)), 2):
        if spans[i].overlap(spans[j]) > 0.3:
            rest = [span for k, span in enumerate(spans) if k not in (i, j)]
            return _settled([*rest, spans[i].joined(spans[j])])
    return spans


def _classified(span: Span, view: WallView) -> Opening:
    kind = _kind(span, view)
    low = max(span.z0, _sill(span, view)) if kind is OpeningKind.WINDOW else span.z0
    return Opening(view.wall, span.t0, span.t1, low, span.z1, kind, round(min(0.98, span.sure), 2))


def _sill(span: Span, view: WallView) -> float:
    """Height of the best supported level line where sills are, 0 without one."""
    heights = np.arange(0.4, 1.15, CELL)
    support = [float(_covered(view.levels, span.t0, span.t1, float(z), 0.05).mean()) for z in heights]
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
    below = _mean(view.odd > 0.5, view.seen, t0, t1, 0.3, 0.7)
    above = _mean(view.odd > 0.5, view.seen, t0, t1, 1.0, min(1.8, span.z1))
    if above > 0.4 and below < 0.5 * above:
        return OpeningKind.WINDOW
    through = _mean(view.floor > 0.5, view.seen, t0, t1, 0.06, 0.33)
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
    lightness = view.lab[..., 0][_cells(view.seen, Span(t0, t1, 1.0, top, 0))]
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
    return _mean(view.lab[..., 0], view.seen, t0, t1, z0, z1)


def _share_seen(view: WallView, span: Span) -> float:
    part = view.seen[
        int(span.z0 / CELL) : int(span.z1 / CELL) + 1, max(0, int(span.t0 / CELL)) : int(span.t1 / CELL) + 1
    ]
    return float(part.mean()) if part.size else 0.0


def _cells(seen: Mask, span: Span) -> Mask:
    inside = np.zeros_like(seen)
    inside[int(span.z0 / CELL) : int(span.z1 / CELL) + 1, max(0, int(span.t0 / CELL)) : int(span.t1 / CELL) + 1] = True
    return np.asarray(inside & seen)


def _share(flags: Mask, among: Mask) -> float:
    return float(flags.sum() / max(1, among.sum()))


def _mean(values: NDArray[Any], seen: Mask, t0: float, t1: float, z0: float, z1: float) -> float:
    inside = _cells(seen, Span(t0, max(t1, t0), max(z0, 0), z1, 0))
    return float(np.asarray(values, float)[inside].mean()) if inside.any() else 0.0


def _runs(flags: Mask, bridge: int) -> list[tuple[int, int]]:
    """Start and end of runs of True, gaps up to ``bridge`` closed."""
    closed = cv2.morphologyEx(flags.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, 2 * bridge + 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed, [0]]).astype(int)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
