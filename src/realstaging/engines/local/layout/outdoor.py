"""Patios, terraces, decks, balconies: seats about a low table, away from the walls where there is space.

Distances between seats and table are those of living rooms (Panero and Zelnik, Human Dimension and Interior Space, 1979,
ch. "Living spaces"). Only the floor is furnished: nothing leans on walls, which outdoors may be hedges, rails or far views.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.living import CHAIR_TO_TABLE, SOFA_TO_TABLE, UNDER_SOFA
from realstaging.engines.local.layout.space import Line, Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, facing

STEP = 0.4
OUT: Final = (0.12, 0.9, 1.8, 2.8, 4.0)
"""Metres between a seat's back and the far edge of the floor: a terrace may run on far behind the group."""
TURN_IN = math.radians(98)
PAIR_APART = 0.16
"""Metres between each of two chairs and the small table they share."""
PAIR_TURN = math.radians(14)


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """A lounge group, or two chairs with a table between them, along every edge of the floor and further in."""
    parts = _Parts(choice)
    for wall in ("Y+", "X-", "X+"):
        length = space.box.wall_length(wall)
        for out in OUT:
            for place in range(int(length / STEP) + 1):
                line = space.line(wall, min(length, place * STEP + 0.2))
                for sofa in parts.sofas:
                    yield _lounge(line, sofa, parts, out, -1 if place % 2 else 1)
                if parts.chair:
                    yield _pair(line, parts.chair, parts, out)


class _Parts:
    """The pieces of this seed, the same for every candidate so that places alone are compared."""

    def __init__(self, choice: Choice) -> None:
        self.sofas = choice.all("outdoor_sofa")[:2]
        tables = sorted(choice.all("outdoor_table"), key=lambda piece: piece.width)
        self.small = tables[0] if tables else None
        self.table = choice.one("outdoor_table", fits=lambda piece: piece is not self.small) or self.small
        self.chair = choice.one("outdoor_chair")
        self.rug = choice.one("rug")
        self.seed = choice.seed()


def _lounge(line: Line, sofa: Piece, parts: _Parts, out: float, side: int) -> Group:
    seat = facing(line, sofa, 0.0, out + sofa.depth / 2, 0.0, 1.8 * sofa.width, parts.seed)
    front = out + sofa.depth
    wanted: list[Spot] = []
    if parts.rug:
        wanted.append(facing(line, parts.rug, 0.0, front - UNDER_SOFA + parts.rug.depth / 2, 0.0, 1.6, parts.seed))
    middle = front + SOFA_TO_TABLE
    if parts.table:
        middle += parts.table.depth / 2
        wanted.append(facing(line, parts.table, 0.0, middle, 0.0, 2.0, parts.seed))
    if parts.chair:
        reach = (parts.table.width / 2 if parts.table else 0.4) + CHAIR_TO_TABLE + parts.chair.depth / 2
        wanted += [
            facing(line, parts.chair, s * reach, middle + 0.1, s * -TURN_IN, weight, parts.seed)
            for s, weight in ((side, 1.6), (-side, 1.0))
        ]
    return Group((seat,), tuple(wanted), line)


def _pair(line: Line, chair: Piece, parts: _Parts, out: float) -> Group:
    half = parts.small.width / 2 if parts.small else 0.25
    aside = half + PAIR_APART + chair.width / 2
    seats = [facing(line, chair, s * aside, out + chair.depth / 2, s * -PAIR_TURN, 1.4, parts.seed) for s in (-1, 1)]
    between = [facing(line, parts.small, 0.0, out + chair.depth / 2, 0.0, 1.0, parts.seed)] if parts.small else []
    return Group(tuple(seats), tuple(between), line)
