"""What kitchens and bathrooms take besides their runner or mat: something green, a basket, before no fitting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from realstaging.engines.brief import RoomType
from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.composing import accept, balance
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot

DRESSED: Final = frozenset((RoomType.KITCHEN, RoomType.BATHROOM))
"""Rooms with fittings, which nothing may hide."""
SMALLEST: Final = 0.003
"""Share of the picture below which a piece only clutters."""
ASIDE: Final = 0.06


def fill(space: Space, spots: tuple[Spot, ...], choice: Choice) -> tuple[Spot, ...]:
    """The plan with a plant and a basket, where they find a place."""
    out = spots
    if piece := choice.one("planter", "plant"):
        corners = _corners(space, piece, choice.seed())
        free = (spot for spot in corners if space.hides_nothing(spot.floor, piece.height))
        out = (*out, *_best(space, out, free, room_for=0.1))
    if basket := choice.one("basket"):
        out = (*out, *_best(space, out, _beside(out, basket, choice.seed()), room_for=0.02))
    return out


def _best(space: Space, spots: tuple[Spot, ...], candidates: Iterator[Spot], room_for: float) -> tuple[Spot, ...]:
    """The candidate that the picture gains most from, or none."""
    standing = [spot for spot in spots if spot.stands]
    best, gain = None, 0.0
    for spot in candidates:
        free = spot.floor.grown(room_for)
        if any(free.overlaps(other.floor) for other in standing) or not accept(space, spot, spots):
            continue
        view = space.outline(spot.floor, spot.z, spot.piece.height)
        if view is None or _covers(space, spot, view, spots):
            continue
        area = (view[2] - view[0]) * (view[3] - view[1])
        if area < SMALLEST:
            continue
        evened = abs(balance(space, spots) - 0.5) - abs(balance(space, [*spots, spot]) - 0.5)
        value = min(area, 0.08) * 4 + evened * 3 + 0.2
        if value > gain:
            best, gain = spot, value
    return (best,) if best else ()


def _covers(space: Space, spot: Spot, view: tuple[float, float, float, float], spots: tuple[Spot, ...]) -> bool:
    """Whether it would stand before a piece already placed, or rise like a wall close to the camera."""
    near = space.distance(spot.floor)
    if spot.piece.height > 1.2 and near < 1.9:
        return True
    for other in spots:
        theirs = space.outline(other.floor, other.z, other.z + other.piece.height)
        if theirs is None or not other.stands or space.distance(other.floor) < near:
            continue
        wide = max(0.0, min(view[2], theirs[2]) - max(view[0], theirs[0]))
        tall = max(0.0, min(view[3], theirs[3]) - max(view[1], theirs[1]))
        if wide * tall > 0.25 * (theirs[2] - theirs[0]) * (theirs[3] - theirs[1]):
            return True
    return False


def _corners(space: Space, piece: Piece, seed: int) -> Iterator[Spot]:
    """The room's far corners, then places along its side walls."""
    box, off = space.box, max(piece.width, piece.depth) / 2 + 0.08
    for x in (box.x_min + off, box.x_max - off):
        yield Spot(piece, x, box.y_max - off, 0.0, 0.0, 1.0, seed)
        for step in range(1, 12):
            yield Spot(piece, x, box.y_max - off - step * 0.4, math.copysign(math.pi / 2, -x), 0.0, 0.7, seed)


def _beside(spots: tuple[Spot, ...], piece: Piece, seed: int) -> Iterator[Spot]:
    for spot in spots:
        if spot.piece.category in {"bench", "dresser"}:
            for side in (-1, 1):
                aside = side * (spot.piece.width / 2 + piece.width / 2 + ASIDE)
                cos, sin = math.cos(spot.rotation), math.sin(spot.rotation)
                yield Spot(piece, spot.x + cos * aside, spot.y + sin * aside, spot.rotation, 0.0, 0.6, seed)
