"""The front of a house, as an architect drew it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render.pieces.declaration import Piece
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.walls.brush import INK, PAPER, clouds, laid, muted, numbers, plane, soft
from realstaging_render.pieces.walls.prints import PORTRAIT, ROOMS, framed
from realstaging_render.shapes import Builder

STYLES = ("traditional", "industrial", "luxury")
PIECE = Piece("art_elevation", "art", "Elevation", *PORTRAIT, ROOMS, STYLES, mount="wall")


Line = tuple[float, float, float, float]
"""From (u, v) to (u, v)."""


def draw(look: Look, rng: random.Random, height: int, width: int) -> Any:
    """Bays between pilasters under a cornice: a door in the middle, windows with bars, lines that run past their corners."""
    np_rng, (u, v) = numbers(rng), plane(height, width)
    aspect = width / height
    old = clouds(np_rng, height, width, (3, 3))
    picture = PAPER * (0.86 + 0.16 * old[..., None]) * np.array([1.02, 0.99, 0.9])
    panes = _panes(aspect)
    left, right, top, foot = _front(aspect)
    walls = (u > left) & (u < right) & (v > top) & (v < foot)
    picture = laid(picture, walls * 0.13 * (0.6 + old), muted(look.accent, 0.55))
    for x0, y0, x1, y1 in panes:
        glass = (u > x0) & (u < x1) & (v > y0) & (v < y1)
        picture = laid(picture, glass * 0.2, muted(look.accent, 0.2))
    ink = np.zeros((height, width))
    for line, weight in [*_walls(aspect), *_frames(panes)]:
        np.maximum(ink, weight * _ruled(u, v, line, 1.1 / height), out=ink)
    np.maximum(ink, _pediment(u, v, aspect, 1.1 / height), out=ink)
    return laid(picture, ink * (0.75 + 0.25 * clouds(np_rng, height, width, (60, 60), 2)), INK * 1.6)


def _front(aspect: float) -> Line:
    """Left, right, top and foot of the front."""
    return 0.12 * aspect, 0.88 * aspect, 0.24, 0.82


def _bays(aspect: float) -> tuple[int, float]:
    """How many, and how wide."""
    left, right, _, _ = _front(aspect)
    bays = 5 if aspect > 1 else 3
    return bays, (right - left) / bays


def _panes(aspect: float) -> list[Line]:
    """Windows of two storeys, and the door."""
    left, _, top, foot = _front(aspect)
    bays, wide = _bays(aspect)
    found = []
    for bay in range(bays):
        x0, x1 = left + (bay + 0.24) * wide, left + (bay + 0.76) * wide
        found += [(x0, top + 0.08, x1, 0.48), (x0, 0.57, x1, foot if bay == bays // 2 else foot - 0.06)]
    return found


def _walls(aspect: float) -> list[tuple[Line, float]]:
    """Cornice, string course, plinth, pilasters and the ground, each with its weight."""
    left, right, top, foot = _front(aspect)
    bays, wide = _bays(aspect)
    levels = ((top, 1.0), (top + 0.016, 0.7), (top + 0.045, 0.9), (foot, 1.0), (foot + 0.02, 0.8), (0.52, 0.5))
    found = [((left - 0.02, y, right + 0.02, y), weight) for y, weight in levels]
    found.append(((0.07 * aspect, 0.9, 0.93 * aspect, 0.9), 0.6))
    for bay in range(bays + 1):
        x = left + bay * wide
        found += [((x + off, top + 0.045, x + off, foot), 0.8) for off in (-0.006, 0.006)]
        found.append(((x, 0.885, x, 0.915), 0.6))
    return found


def _frames(panes: list[Line]) -> list[tuple[Line, float]]:
    """Frames with their reveals and bars."""
    found = []
    for x0, y0, x1, y1 in panes:
        for grown, weight in ((0.0, 1.0), (0.012, 0.6)):
            a, b, c, d = x0 - grown, y0 - grown, x1 + grown, y1
            found += [(side, weight) for side in ((a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d))]
        found.append((((x0 + x1) / 2, y0, (x0 + x1) / 2, y1), 0.7))
        found += [((x0, y0 + (y1 - y0) * share, x1, y0 + (y1 - y0) * share), 0.5) for share in (0.33, 0.66)]
    return found


def _ruled(u: Any, v: Any, line: Line, thin: float) -> Any:
    """Ink of a level or upright line, run a little past its ends."""
    x0, y0, x1, y1 = line
    over = 0.008
    if abs(x1 - x0) > abs(y1 - y0):
        return soft(thin * 1.2 - np.abs(v - y0), 0, thin) * (u > x0 - over) * (u < x1 + over)
    return soft(thin * 1.2 - np.abs(u - x0), 0, thin) * (v > y0 - over) * (v < y1 + over)


def _pediment(u: Any, v: Any, aspect: float, thin: float) -> Any:
    """Two slopes that meet above the middle, a round window under them."""
    top, peak = _front(aspect)[2], aspect / 2
    ink = soft(thin * 1.3 - np.abs(np.hypot(u - peak, v - (top - 0.035)) - 0.026), 0, thin)
    for side in (-1, 1):
        slope = np.abs((v - (top - 0.11)) - 0.34 * side * (u - peak))
        shown = (np.sign(u - peak) == side) * (np.abs(u - peak) < 0.32) * (v < top)
        ink = np.maximum(ink, soft(thin * 1.3 - slope, 0, thin) * shown)
    return ink


def build(builder: Builder, look: Look, rng: random.Random) -> None:
    framed(builder, look, rng, PIECE, draw)
