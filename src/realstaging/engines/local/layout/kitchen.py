"""Kitchens: dressed, not refitted. A runner before the fronts, a table for two where the floor is free.

Ways are those of the NKBA's Kitchen Planning Guidelines (National Kitchen and Bath Association): 42 in of aisle where someone
works, 36 in behind a seat to pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout import dining
from realstaging.engines.local.layout.composing import accept
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, facing
from realstaging.engines.local.room.reading import WALLS, OpeningKind, Wall

AISLE: Final = 1.07
"""Metres kept between the table and what stands along the walls."""
OFF_FRONTS: Final = (0.22, 0.35, 0.6, 0.85)
"""Metres between a wall and the runner: toe space, and cupboards the reading takes no notice of."""
STEP: Final = 0.2
FRONTS: Final = frozenset((OpeningKind.CLOSET, OpeningKind.BUILTIN))
"""What a row of cupboards is read as."""
PER_TABLE: Final = 2
"""Chairs, on opposite sides."""


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every runner along every wall in view; every small table with its chairs that hides no fitting, with a runner."""
    runner, table = choice.one("rug"), choice.one("dining_table")
    chair, seed = choice.one("dining_chair", borrow=True), choice.seed()
    laid = along_walls(space, runner, OFF_FRONTS, seed) if runner else ()
    runners = sorted((spot for spot in laid if accept(space, spot, ())), key=lambda spot: -spot.weight)
    for spot in runners:
        yield Group((spot,), ())
    if table is None or chair is None:
        return
    for middle in dining.middles(space, table, seed):
        if _aisle_left(space, middle):
            pair = tuple(dining.chairs(middle, chair, seed))[:PER_TABLE]
            if all(space.hides_nothing(spot.floor, spot.piece.height) for spot in (middle, *pair)):
                taken = [spot.floor.grown(0.1) for spot in (middle, *pair)]
                free = (spot for spot in runners if not any(spot.floor.overlaps(floor) for floor in taken))
                yield Group((middle, *pair), tuple(islice(free, 1)))


def along_walls(space: Space, rug: Piece, outs: tuple[float, ...], seed: int) -> Iterator[Spot]:
    """A rug parallel to every wall in view, off doors, wanted most before fronts."""
    for wall in WALLS:
        for place in range(int((space.box.wall_length(wall) - rug.width) / STEP) + 1):
            t = rug.width / 2 + place * STEP
            for out in outs:
                spot = facing(space.line(wall, t), rug, 0.0, out + rug.depth / 2, 0.0, 1.0, seed)
                if _before_fronts(space, wall, t) or space.beside_things(spot.floor):
                    spot = replace(spot, weight=2.0)
                if not any(zone.floor.overlaps(spot.floor) for zone in space.ways):
                    yield spot


def _before_fronts(space: Space, wall: Wall, t: float) -> bool:
    return any(o.wall == wall and o.kind in FRONTS and o.t0 < t < o.t1 for o in space.reading.openings)


def _aisle_left(space: Space, table: Spot) -> bool:
    """Whether a cook can pass on all sides but the camera's."""
    box, floor = space.box, table.floor.grown(AISLE).points()
    across, deep = floor[:, 0], floor[:, 1]
    return bool(across.min() >= box.x_min and across.max() <= box.x_max and deep.max() <= box.y_max)
