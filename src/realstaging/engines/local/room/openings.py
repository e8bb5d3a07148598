"""Doors, doorways, windows, closets, fireplaces and radiators: what furniture must not stand before.

A miss puts a sofa before a door; a false alarm leaves a stretch of wall empty. So every sign counts: a pair of uprights
under a lintel, floor that runs on through the wall, and a patch unlike the wall's paint.
"""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np

from realstaging.engines.local.room.kinds import classified
from realstaging.engines.local.room.reading import Floats, Mask, Opening
from realstaging.engines.local.room.spans import DOOR_TOP, SILL, Span, cells, covered_cells, mean, runs
from realstaging.engines.local.room.walls import CELL, WallView

NARROWEST, WIDEST = 0.3, 3.4
"""Metres between the sides of an opening."""
CORNER = 0.1
"""Metres from a wall's end within which an upright is the room's corner."""
LONGEST_BLANK = 0.2
"""Metres of plain wall that one opening may hold: more is the wall between two."""
FAINT = 1.5
"""L* from one cell to the next that plain, slowly shaded paint does not reach."""
LINE_GAP = 0.09
"""Uprights closer than this are the two sides of one casing."""


def find_openings(views: list[WallView]) -> tuple[Opening, ...]:
    """What interrupts the walls, left to right along each."""
    return tuple(
        opening
        for view in views
        for span in _merged(_framed(view) + _gaps(view) + _patches(view))
        for opening in classified(span, view)
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
        lintel = covered_cells(view.levels, one[0], other[0], z1, 0.14)
        if z1 > DOOR_TOP:
            lintel |= _steps(view, one[0], other[0], z1)
        bottom = float(covered_cells(view.levels, one[0], other[0], z0, 0.14).mean())
        inside = mean(view.odd, view.seen, one[0] + 0.04, other[0] - 0.04, z0, z1)
        through = mean(view.floor > 0.5, view.seen, one[0] + 0.05, other[0] - 0.05, 0.06, 0.33) > 0.5
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
    return max((b - a for a, b in runs(blank, 0)), default=0) * CELL


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
    for a, b in runs(floor, int(0.1 / CELL)):
        t0, t1 = a * CELL, b * CELL
        if t1 - t0 >= 0.35:
            spans.append(Span(t0, t1, 0.0, _top_of_gap(view, t0, t1), 0.7))
    return spans


def _top_of_gap(view: WallView, t0: float, t1: float) -> float:
    """The lowest well supported lintel above a gap, or a door's usual height."""
    candidates = [
        (float(z), float(covered_cells(view.levels, t0, t1, float(z), 0.06).mean()))
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
        for a, b in runs(tall_columns, 3):
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
    inside = cells(view.seen, Span(max(t0, 0), max(t1, 0), span.z0, span.z1, 0))
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


def _share_seen(view: WallView, span: Span) -> float:
    part = view.seen[
        int(span.z0 / CELL) : int(span.z1 / CELL) + 1, max(0, int(span.t0 / CELL)) : int(span.t1 / CELL) + 1
    ]
    return float(part.mean()) if part.size else 0.0


def _share(flags: Mask, among: Mask) -> float:
    return float(flags.sum() / max(1, among.sum()))
