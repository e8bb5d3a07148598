"""Walls, floors and ceilings of another colour: one change all over a surface, up to where the room's own surfaces end."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.parts import NEAR, Outline, Part, free_rim, outline_of, parts_of
from realstaging.fidelity.picture import Mask, Plane, apart, blurred, grown, opened

# Shares of the picture: a repainted surface is no smaller, nor a strip of one at the picture's side. Of the largest so many are looked at.
LEAST_SURFACE: Final = 0.012
LEAST_STRIP: Final = 0.006
MOST: Final = 250
# Most standard deviation (ΔE) of the change within 10 pixels, and the least change.
EVEN: Final = 5.0
LEAST_CHANGE: Final = 5.0
# How far (working pixels) a surface's change is carried on to its rim.
WIDENING: Final = 7.0
# Share of a repainted surface that may have lost its edges, and where its outline leaves no doubt.
MOST_LOST: Final = 0.006
MOST_LOST_OF_CERTAIN: Final = 0.02
# How much of its outline must be sharp: shadows of real light have edges too, here and there.
LEAST_SHARP: Final = 0.4
# An outline is sharp where the change falls from this share of its median to that within a few pixels.
WITHIN: Final = 0.7
BEYOND: Final = 0.3


def repainted_of(difference: Difference) -> Mask:
    """Where the house was painted."""
    delta = difference.staged - difference.original
    spread = np.sqrt(np.maximum(blurred(delta**2, 5.0) - blurred(delta, 5.0) ** 2, 0).sum(2))
    candidate = difference.changed & (spread < EVEN) & ~grown(difference.new_edges, 1)
    candidate &= apart(blurred(delta, 2.0), 0.0, 0.7) > LEAST_CHANGE
    result: Mask = np.zeros(candidate.shape, np.bool_)
    for found in parts_of(opened(candidate, 2), LEAST_STRIP, MOST):
        part = _spread_out(found, delta, difference.changed)
        is_house = _is_surface if found.area > LEAST_SURFACE else _is_strip
        if is_house(part, delta, difference):
            result[part.window] |= part.mask
    return result


def _spread_out(part: Part, delta: Plane, changed: Mask) -> Part:
    """The part as far as the change beside it is the same, so that it ends where the surface does."""
    inside = part.mask.astype(np.float32)
    weight = blurred(inside, WIDENING)
    own = blurred(part.colours(delta) * inside[..., None], WIDENING) / np.maximum(weight, 1e-4)[..., None]
    alike = apart(part.colours(delta), own) < 9
    return replace(part, mask=part.mask | opened(grown(part.mask, 14) & part.marks(changed) & alike, 1))


def _is_surface(part: Part, delta: Plane, difference: Difference) -> bool:
    """Whether the part ends where surfaces of the house do: at edges that were there, or, sharply, at corners hardly to be seen.

    A shadow ends nowhere sharply, and a thing has an outline of its own.
    """
    outline = outline_of(part, difference)
    sharp = sharpness(part, delta, free_rim(part, difference))
    if sharp < LEAST_SHARP:
        return False
    certain = outline.free > 0.2 and outline.old > 0.9 and sharp > 0.9
    if _lost(part, difference) > (MOST_LOST_OF_CERTAIN if certain else MOST_LOST):
        return False
    return certain or _ends_at_edges(outline) or _ends_at_corners(outline, sharp)


def _lost(part: Part, difference: Difference) -> float:
    return float(part.marks(difference.lost_edges)[part.mask].mean())


def _is_strip(part: Part, delta: Plane, difference: Difference) -> bool:
    """Whether the part is what the picture shows of a wall at its side: from one edge of the room to another, as no thing would be.

    The corner that it ends at, between walls of one colour, may not be seen at all.
    """
    columns = np.flatnonzero(part.mask.any(axis=0)) + part.window[1].start
    if columns[0] > 2 and columns[-1] < difference.seen.shape[1] - 3:
        return False
    kept = grown(part.marks(difference.edges & ~difference.lost_edges), NEAR)
    top, bottom = part.mask.copy(), part.mask.copy()
    top[1:] &= ~part.mask[:-1]
    bottom[:-1] &= ~part.mask[1:]
    ends = min(float(kept[end].mean()) for end in (top, bottom))
    whole = ends > 0.6 and _lost(part, difference) <= MOST_LOST
    return whole and sharpness(part, delta, free_rim(part, difference)) > 0.6


def _ends_at_edges(outline: Outline) -> bool:
    return outline.free > 0.15 and outline.fresh < 0.25 and outline.old > 0.4


def _ends_at_corners(outline: Outline, sharp: float) -> bool:
    """New edges may run along corners: walls of one colour have two now. A rug on boards meets edges of boards, here and there."""
    cornered = outline.cornered > 0.7 and (outline.foreign < 0.05 or (outline.foreign < 0.27 and outline.old > 0.25))
    alone = outline.free > 0.6 and outline.foreign < 0.4 and outline.old > 0.5
    return (sharp > 0.6 and outline.free > 0.25 and cornered) or (sharp > 0.9 and alone)


def sharpness(part: Part, delta: Plane, rim: Mask) -> float:
    """Share of the rim across which the change ends within a few pixels."""
    change = apart(blurred(part.colours(delta), 1.0), 0.0)
    usual = float(np.median(change[part.mask]))
    ends = grown(change < BEYOND * usual, 7) & grown(change > WITHIN * usual, 4)
    return float((rim & ends).sum()) / max(1, int(rim.sum()))
