"""Openings: changes within a frame of the house that is still there (another view), and new things framed like windows."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.parts import Part, parts_of, textured_around
from realstaging.fidelity.picture import Mask, Plane, apart, closed, grown, opened

# Shares of the picture: a pane is no smaller and no larger.
LEAST_PANE: Final = 0.0008
LARGEST_PANE: Final = 0.12
# Share of a pane that must have changed to be told.
LEAST_CHANGE: Final = 0.4
# Share of the outline of what furniture leaves of a pane that must be the window's frame.
LEAST_FRAMED: Final = 0.6
# Of a pane that straight lines enclose: its least share of the picture, and how much of its outline the change must reach, at all or with
# an unchanged wall beyond.
LEAST_VIEW: Final = 0.006
REACHED: Final = 0.36
REACHED_ALONE: Final = 0.24
# Straight lines: least length and how far they are carried on (working pixels), and slopes (degrees) that no frame has.
LEAST_LINE: Final = 16
CARRIED_ON: Final = 9
LEANING: Final = (42, 72)
# From where to where (working pixels) around a pane the wall is looked at.
PAST_FRAME: Final = (22, 44)
# A new window: its least share of the picture, how much of its fullest side and of a bar across it is of the frame's colour (ΔE), and how
# much of the rest is not.
LEAST_WINDOW: Final = 0.01
FRAMED: Final = 0.4
BARRED: Final = 0.75
GLAZED: Final = 0.35
# Of SIDE: how wide a bar may be, and how far apart two frames are that are not one bar.
WIDEST_BAR: Final = 6
BETWEEN: Final = 3
SAME: Final = 12.0
# How far from a white frame's colour the glass is; how much brighter than a dark one's.
GLASS: Final = 6.0
MUCH_BRIGHTER: Final = 25.0
# Least L* of a white frame, and how much brighter it is than the wall was; how much darker a dark one is.
BRIGHT: Final = 80.0
BRIGHTER: Final = 6.0
DARK: Final = 15.0
SIDE: Final = 64
# How much darker than frame and wall the outermost pixels of a side may be.
DARKER: Final = 18.0
OUTERMOST: Final = 3
RIM: Final = slice(1, 6)
INNER: Final = slice(10, -10)
MIDDLE: Final = slice(16, -16)


def opened_within(difference: Difference, floor: Mask) -> Mask:
    """What changed in panes: surfaces that edges of the house enclose which are still there.

    Furniture in front of a window covers some of its frame. What it covers is not enclosed; what it leaves is, by its outline
    and by the rest of the frame.
    """
    still = ~difference.lost_edges & (difference.staged_edges | ~difference.differs)
    frame = closed(grown(difference.edges & still, 1), 2)
    result = _changed_behind(grown(difference.edges & still, 2), difference, floor)
    for outlines, least_framed in ((frame, 0.0), (frame | grown(difference.new_edges, 1), LEAST_FRAMED)):
        for pane in parts_of(~outlines & difference.seen, LEAST_PANE, 250, PAST_FRAME[1]):
            if pane.area > LARGEST_PANE or float(pane.marks(floor)[pane.mask].mean()) > 0.2:
                continue
            change = opened(pane.mask & pane.marks(difference.changed), 1)
            if change.sum() <= LEAST_CHANGE * pane.mask.sum() or _framed(pane, frame) < least_framed:
                continue
            if not textured_around(pane, difference, *PAST_FRAME):
                result[pane.window] |= grown(pane.mask, 2) & pane.marks(difference.changed)
    return result


def _changed_behind(frame: Mask, difference: Difference, floor: Mask) -> Mask:
    """What changed right up to a frame that is still there, in panes that straight lines of the original enclose.

    Furniture before a window covers its frame or leaves it; it does not end where the glass does.
    """
    solid = difference.changed & ~difference.shaded
    result: Mask = np.zeros(frame.shape, np.bool_)
    for pane in parts_of(~straight_lines(difference.original) & difference.seen, LEAST_VIEW, 250, PAST_FRAME[1]):
        if pane.area > LARGEST_PANE or float(pane.marks(floor)[pane.mask].mean()) > 0.2:
            continue
        rim = pane.mask & grown(~pane.mask, 1)
        inside = rim & pane.marks(frame) & grown(pane.marks(solid) & pane.mask, 3)
        wall = grown(pane.mask, 7) & ~grown(pane.mask, 3) & ~pane.marks(difference.changed)
        length = float(rim.sum())
        if inside.sum() > REACHED * length or (inside & grown(wall, 6)).sum() > REACHED_ALONE * length:
            result[pane.window] |= pane.mask & pane.marks(difference.changed)
    return result


def straight_lines(original: Plane) -> Mask:
    """Level, upright and receding lines of frames, carried on a little at both ends so that they meet. Leaning ones are of views."""
    segments = cv2.createLineSegmentDetector().detect(np.clip(original[..., 0] * 2.55, 0, 255).astype(np.uint8))[0]
    drawn = np.zeros(original.shape[:2], np.uint8)
    for line in segments.reshape(-1, 4) if segments is not None else ():
        way = line[2:] - line[:2]
        length = float(np.hypot(*way))
        slope = np.degrees(np.arctan2(abs(way[1]), abs(way[0])))
        if length >= LEAST_LINE and not LEANING[0] < slope < LEANING[1]:
            further = way / length * CARRIED_ON
            start, end = np.round(line[:2] - further).astype(int), np.round(line[2:] + further).astype(int)
            cv2.line(drawn, (int(start[0]), int(start[1])), (int(end[0]), int(end[1])), 1, 2)
    return drawn > 0


def _framed(pane: Part, frame: Mask) -> float:
    """Share of a pane's outline along the frame."""
    rim = pane.mask & grown(~pane.mask, 1)
    return float(grown(pane.marks(frame), 2)[rim].mean())


def has_bars(part: Part, difference: Difference) -> bool:
    """Whether a new four-cornered thing is framed like a window: a rim of one colour and a bar of it right across.

    A side where the picture ends shows no rim.
    """
    corners = _corners(part)
    if part.area < LEAST_WINDOW or corners is None:
        return False
    square = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    upright = cv2.getPerspectiveTransform(corners, square)
    flat: Plane = np.asarray(cv2.warpPerspective(part.colours(difference.staged), upright, (SIDE, SIDE)), np.float32)
    four = (flat[RIM], flat[:, ::-1][:, RIM].swapaxes(0, 1), flat[::-1][RIM], flat[:, RIM].swapaxes(0, 1))
    sides = [side for side, cut in zip(four, _cut_sides(part, corners, difference.seen), strict=True) if not cut]
    if len(sides) < 3:
        return False
    before = np.median(part.colours(difference.original)[part.mask], axis=0)
    return any(_is_framed(flat, sides, frame, before) for frame in _frames(sides, before))


def _cut_sides(part: Part, corners: NDArray[np.float32], seen: Mask) -> list[bool]:
    """Which of the sides (top, right, bottom, left) lie where the picture ends."""
    places = corners + np.array([part.window[1].start, part.window[0].start], np.float32)
    height, width = seen.shape
    out = np.stack([places[:, 1] < 3, places[:, 0] > width - 4, places[:, 1] > height - 4, places[:, 0] < 3])
    return [bool(out[side, side] and out[side, (side + 1) % 4]) for side in range(4)]


def _frames(sides: list[Plane], before: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Colours that the frame may have: white as most are, or dark. ``before``: what the wall had."""
    colours = sorted((np.median(side.reshape(-1, 3), axis=0) for side in sides), key=lambda colour: float(colour[0]))
    darkest, brightest = colours[0], colours[-1]
    # A picture's frame is outside of its bright paper; a window's is the outermost.
    outermost = min(float(np.percentile(side[:OUTERMOST, :, 0], 25)) for side in sides)
    found = [darkest] if darkest[0] < before[0] - DARK else []
    if brightest[0] >= max(BRIGHT, before[0] + BRIGHTER) and outermost >= min(brightest[0], before[0]) - DARKER:
        found.append(brightest)
    return found


def _is_framed(flat: Plane, sides: list[Plane], frame: NDArray[np.float32], before: NDArray[np.float32]) -> bool:
    """Whether that colour is on three sides and right across the middle, and something else between."""
    most_but_one = len(sides) - 3
    to_frame = apart(flat, frame)
    framed = (to_frame < SAME) & (to_frame < apart(flat, before))
    rims = [float((apart(np.ascontiguousarray(side), frame) < SAME).any(axis=0).mean()) for side in sides]
    glass = (to_frame > GLASS) if frame[0] > before[0] else (flat[..., 0] > frame[0] + MUCH_BRIGHTER)
    return sorted(rims)[most_but_one] > FRAMED and _barred(framed) and float(glass[INNER, INNER].mean()) > GLAZED


def _barred(framed: Mask) -> bool:
    """Whether some column or row in the middle, or two side by side, is frame from end to end: a bar no wider than bars are.

    Two pictures side by side have two frames there, and hardly any wall between.
    """
    for bar in (framed[INNER, MIDDLE], framed[MIDDLE, INNER].T):
        across = np.flatnonzero((bar[:, 1:] | bar[:, :-1]).mean(axis=0) > BARRED)
        bars = np.split(across, np.flatnonzero(np.diff(across) > BETWEEN) + 1)
        if any(len(one) and np.ptp(one) < WIDEST_BAR for one in bars):
            return True
    return False


def _corners(part: Part) -> NDArray[np.float32] | None:
    """The part's four corners from the upper left clockwise, or none where it is not four-cornered."""
    contours, _ = cv2.findContours(part.mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(np.concatenate(contours))
    corners = cv2.approxPolyDP(hull, 0.05 * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float32)
    if len(corners) != 4 or float(part.mask.sum()) < 0.8 * max(1.0, cv2.contourArea(hull)):
        return None
    order = np.argsort(np.arctan2(*(corners - corners.mean(axis=0)).T[::-1]))
    corners = corners[order]
    return np.asarray(np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0), dtype=np.float32)
