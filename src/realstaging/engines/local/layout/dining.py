"""Tables and their chairs, and a way all around them.

Distances are those of Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Dining spaces". No lamp is hung above
the table: listing rules count fixtures as part of the house.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Spot

FOR_TWO = 0.66
"""Square metres of a table for two: 0.8 m across (Panero and Zelnik: 24-30 in square)."""
PLACE = 0.6
"""Metres of table edge for one person: 24 in at least (Panero and Zelnik)."""
MOST_PER_SIDE = 3
WAY = 0.9
"""Metres from a table's side with chairs to the wall: 36 in to get up and to pass behind (Panero and Zelnik)."""
WAY_AT_ENDS = 0.6
"""Metres from a table's end to the wall: 24 in to walk around it (Panero and Zelnik)."""
NEAREST_EDGE = 0.9
"""Metres from the camera's foot to the table's near edge."""
STEP = 0.25
MOST_STEPS = 6
"""Places of a table across and along the floor; in a large room they are farther apart."""


def middles(space: Space, table: Piece, seed: int) -> Iterator[Spot]:
    """Places of a table that leave a way to the walls."""
    box, round_ways = space.box, WAY if _chairs_all_around(table) else WAY_AT_ENDS
    for rotation in (0.0, math.pi / 2):
        lengthwise = rotation == 0.0
        half_x, half_y = (table.width / 2, table.depth / 2) if lengthwise else (table.depth / 2, table.width / 2)
        way_x, way_y = (round_ways, WAY) if lengthwise else (WAY, round_ways)
        for x in _spread(box.x_min + way_x + half_x, box.x_max - way_x - half_x):
            for y in _spread(max(box.y_min, NEAREST_EDGE) + half_y, box.y_max - way_y - half_y):
                yield Spot(table, x, y, rotation, 0.0, 3.0, seed)


def _chairs_all_around(table: Piece) -> bool:
    return math.isclose(table.width, table.depth, rel_tol=0.1)


def chairs(table: Spot, chair: Piece, seed: int) -> Iterator[Spot]:
    """Chairs along both long sides, first all of one side, then all of the other; at each of the four sides of a round table."""
    width, depth = table.piece.width, table.piece.depth
    for turn, side, out in (
        (0.0, width, depth),
        (math.pi, width, depth),
        *(((math.pi / 2, depth, width), (-math.pi / 2, depth, width)) if _chairs_all_around(table.piece) else ()),
    ):
        yield from _along_side(table, chair, turn, side, out / 2, seed)


def _along_side(table: Spot, chair: Piece, turn: float, length: float, half: float, seed: int) -> Iterator[Spot]:
    """Chairs at the side that looks ``turn`` radians from where a piece at rotation 0 has its back."""
    count = 1 if _chairs_all_around(table.piece) else max(1, min(MOST_PER_SIDE, int(length / PLACE)))
    out, rotation = half + chair.depth / 2 + 0.05, table.rotation + turn
    cos, sin = math.cos(rotation), math.sin(rotation)
    for place in range(count):
        along = (place - (count - 1) / 2) * min(PLACE + 0.04, length / count)
        # A piece at rotation 0 faces -Y, so the chair on the +Y side of its table keeps the table's rotation.
        yield Spot(
            chair, table.x + cos * along - sin * out, table.y + sin * along + cos * out, rotation, 0.0, 0.5, seed
        )


def seats(table: Spot) -> int:
    """How many chairs make a table look whole: a small one is for two."""
    if table.piece.width * table.piece.depth <= FOR_TWO:
        return 2
    return len(tuple(chairs(table, table.piece, 0)))


def steps(low: float, high: float, step: float = STEP) -> Iterator[float]:
    """Values from ``low`` to ``high``; none where there is no room between them."""
    if high >= low:
        for place in range(int((high - low) / step) + 1):
            yield low + place * step


def _spread(low: float, high: float) -> Iterator[float]:
    return steps(low, high, max(STEP, (high - low) / MOST_STEPS))
