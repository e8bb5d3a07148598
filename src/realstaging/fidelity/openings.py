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
# From where to where (working pixels) around a pane the wall is looked at.
PAST_FRAME: Final = (22, 44)
# A new window: its least share of the picture, how much of its fullest side and of a bar across it is of the frame's colour (ΔE), and how
# much of the rest is not.
LEAST_WINDOW: Final = 0.01
FRAMED: Final = 0.4
BARRED: Final = 0.75
GLAZED: Final = 0.35
SAME: Final = 12.0
# Least L* of the frame, and how much brighter it is than the wall was: pictures hang in darker frames.
BRIGHT: Final = 80.0
BRIGHTER: Final = 6.0
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
    result: Mask = np.zeros(frame.shape, np.bool_)
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


def _framed(pane: Part, frame: Mask) -> float:
    """Share of a pane's outline along the frame."""
    rim = pane.mask & grown(~pane.mask, 1)
    return float(grown(pane.marks(frame), 2)[rim].mean())


def has_bars(part: Part, difference: Difference) -> bool:
    """Whether a new four-cornered thing is framed like a window: a rim of one bright colour and a bar of it right across."""
    corners = _corners(part)
    if part.area < LEAST_WINDOW or corners is None:
        return False
    square = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    upright = cv2.getPerspectiveTransform(corners, square)
    flat: Plane = np.asarray(cv2.warpPerspective(part.colours(difference.staged), upright, (SIDE, SIDE)), np.float32)
    sides = [flat[RIM], flat[:, RIM].swapaxes(0, 1), flat[::-1][RIM], flat[:, ::-1][:, RIM].swapaxes(0, 1)]
    colours = [np.median(side.reshape(-1, 3), axis=0) for side in sides]
    frame = max(colours, key=lambda colour: float(colour[0]))
    before = np.median(part.colours(difference.original)[part.mask], axis=0)
    if frame[0] < max(BRIGHT, before[0] + BRIGHTER):
        return False
    to_frame = apart(flat, frame)
    framed = (to_frame < SAME) & (to_frame < apart(flat, before))
    # A picture's frame is outside of its bright paper; a window's is the outermost.
    darkest = min(float(np.percentile(side[:OUTERMOST, :, 0], 25)) for side in sides)
    if darkest < min(frame[0], before[0]) - DARKER:
        return False
    rims = [float((apart(np.ascontiguousarray(side), frame) < SAME).any(axis=0).mean()) for side in sides]
    return sorted(rims)[1] > FRAMED and _barred(framed) and float((~framed[INNER, INNER]).mean()) > GLAZED


def _barred(framed: Mask) -> bool:
    """Whether some column or row in the middle, or two side by side, is frame from end to end."""
    middle = (framed[INNER, MIDDLE], framed[MIDDLE, INNER].T)
    return max(float((bar[:, 1:] | bar[:, :-1]).mean(axis=0).max()) for bar in middle) > BARRED


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
