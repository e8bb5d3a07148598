"""Bathrooms: dressed, not refitted. A mat on free floor, towels within reach, nothing before a fitting.

A mat lies 21 in and more before what it belongs to: the clear floor of the International Residential Code (R307.1) before
basins, baths and showers, so that it is never half under one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.kitchen import along_walls
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against

OUTS: Final = (0.1, 0.3, 0.5, 0.7, 0.95)
"""Metres between a wall and the mat: baths, basins and cupboards are up to 0.8 m deep, and their floor is not bare."""
STEP: Final = 0.2


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every mat on bare floor along every wall, with towels on a stool or in a basket by a wall that is plain."""
    mat, towels = (
        choice.one("bath_mat"),
        choice.one(*(("basket", "bench") if choice.chance(0.5) else ("bench", "basket"))),
    )
    seed = choice.seed()
    if mat is None:
        return
    held = list(_by_walls(space, towels, seed)) if towels else []
    for spot in along_walls(space, mat, OUTS, seed):
        free = [other for other in held if not other.floor.overlaps(spot.floor)]
        yield Group((spot,), tuple(free[:1]))


def _by_walls(space: Space, piece: Piece, seed: int) -> Iterator[Spot]:
    found = [
        against(space.line(wall, piece.width / 2 + 0.06 + place * STEP), piece, 0.0, 0.05, 1.0, seed)
        for wall in ("Y+", "X-", "X+")
        for place in range(int((space.box.wall_length(wall) - piece.width - 0.12) / STEP) + 1)
    ]
    whole = [spot for spot in found if space.shown(spot.floor, 0.0, piece.height, 0.008) > 0.999]
    for spot in sorted(whole, key=lambda spot: abs(space.distance(spot.floor) - 2.2)):
        if space.bare(spot.floor) > 0.9 and space.hides_nothing(spot.floor, piece.height):
            yield spot
