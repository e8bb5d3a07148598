"""Dining rooms: a table with its chairs, and a way all around it.

Distances are those of Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Dining spaces". No lamp is hung above
the table: listing rules count fixtures as part of the house.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot

PLACE = 0.62
"""Metres of table edge for one person: 24 in at least (Panero and Zelnik)."""
MOST_PER_SIDE = 3
WAY = 0.9
"""Metres from table to wall: 36 in to get up from a chair and to pass behind it (Panero and Zelnik)."""
RUG_PAST_TABLE = 0.55
"""Metres of rug beyond the table, so that a chair moved back stays on it (usual advice of rug makers: 24 in)."""
STEP = 0.35


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every table anywhere on the floor, along or across the room."""
    chair = choice.one("dining_chair")
    rugs = sorted(choice.all("rug"), key=lambda piece: piece.width)
    seed = choice.seed()
    if chair is None:
        return
    tables = choice.all("dining_table")
    smallest = min(tables, key=lambda piece: piece.width * piece.depth, default=None)
    for table in dict.fromkeys([*tables[:3], *([smallest] if smallest else [])]):
        for middle in middles(space, table, seed):
            seats = tuple(chairs(middle, chair, seed))
            pair = (seats[0], seats[len(seats) // 2])
            others = tuple(seat for seat in seats if seat not in pair)
            yield Group((middle, *pair), (*_rug(middle, rugs, seed), *others))


def middles(space: Space, table: Piece, seed: int) -> Iterator[Spot]:
    """Places of a table that leave a way to the walls."""
    box = space.box
    for rotation in (0.0, math.pi / 2):
        half_x, half_y = (table.width / 2, table.depth / 2) if rotation == 0.0 else (table.depth / 2, table.width / 2)
        for x in steps(box.x_min + WAY + half_x, box.x_max - WAY - half_x):
            for y in steps(max(box.y_min, 1.2) + half_y, box.y_max - WAY - half_y):
                yield Spot(table, x, y, rotation, 0.0, 3.0, seed)


def chairs(table: Spot, chair: Piece, seed: int) -> Iterator[Spot]:
    """Chairs along both long sides, first all of one side, then all of the other; at each of the four sides of a round table."""
    width, depth = table.piece.width, table.piece.depth
    for turn, side, out in (
        (0.0, width, depth),
        (math.pi, width, depth),
        *(
            ((math.pi / 2, depth, width), (-math.pi / 2, depth, width))
            if math.isclose(width, depth, rel_tol=0.1)
            else ()
        ),
    ):
        yield from _along_side(table, chair, turn, side, out / 2, seed)


def _along_side(table: Spot, chair: Piece, turn: float, length: float, half: float, seed: int) -> Iterator[Spot]:
    """Chairs at the side that looks ``turn`` radians from where a piece at rotation 0 has its back."""
    count = max(1, min(MOST_PER_SIDE, int(length / PLACE)))
    out, rotation = half + chair.depth / 2 + 0.05, table.rotation + turn
    cos, sin = math.cos(rotation), math.sin(rotation)
    for place in range(count):
        along = (place - (count - 1) / 2) * min(PLACE + 0.04, length / count)
        # A piece at rotation 0 faces -Y, so the chair on the +Y side of its table keeps the table's rotation.
        yield Spot(
            chair, table.x + cos * along - sin * out, table.y + sin * along + cos * out, rotation, 0.0, 0.5, seed
        )


def _rug(table: Spot, rugs: list[Piece], seed: int) -> Iterator[Spot]:
    for rug in rugs:
        if rug.width >= table.piece.width + 2 * RUG_PAST_TABLE:
            yield Spot(rug, table.x, table.y, table.rotation, 0.0, 1.0, seed)
            return


def steps(low: float, high: float, step: float = STEP) -> Iterator[float]:
    """Values from ``low`` to ``high``; none where there is no room between them."""
    if high >= low:
        for place in range(int((high - low) / step) + 1):
            yield low + place * step
