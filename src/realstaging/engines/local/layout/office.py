"""Offices: a desk that looks into the room or at a wall, a chair, books within reach.

Distances after Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Office spaces".
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Line, Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

BEHIND_DESK = 1.0
"""Metres between wall and desk for whoever sits there: 36-48 in to turn and rise (Panero and Zelnik)."""
AT_DESK = 0.03
STEP = 0.25


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every desk along every wall that the picture may show: before the wall, or facing the room."""
    chair = choice.one("office_chair", "dining_chair")
    rugs = sorted(choice.all("rug"), key=lambda piece: piece.width)
    seed = choice.seed()
    if chair is None:
        return
    for desk in choice.all("desk")[:3]:
        for wall in ("Y+", "X-", "X+"):
            for place in range(int((space.box.wall_length(wall) - desk.width - 0.2) / STEP) + 1):
                line = space.line(wall, desk.width / 2 + 0.1 + place * STEP)
                yield _to_the_wall(line, desk, chair, seed)
                yield _to_the_room(line, desk, chair, rugs, seed)


def _to_the_wall(line: Line, desk: Piece, chair: Piece, seed: int) -> Group:
    seat = facing(line, chair, 0.0, 0.04 + desk.depth + AT_DESK + chair.depth / 2, math.pi, 1.0, seed)
    return Group((against(line, desk, 0.0, 0.04, 3.0, seed), seat), (), line)


def _to_the_room(line: Line, desk: Piece, chair: Piece, rugs: list[Piece], seed: int) -> Group:
    out = BEHIND_DESK + desk.depth / 2
    turned = facing(line, desk, 0.0, out, math.pi, 3.4, seed)
    seat = facing(line, chair, 0.0, BEHIND_DESK - AT_DESK - chair.depth / 2, 0.0, 1.0, seed)
    below: list[Spot] = [facing(line, rug, 0.0, out, 0.0, 1.0, seed) for rug in rugs if rug.width >= desk.width + 0.4][
        :1
    ]
    return Group((turned, seat), tuple(below), line)
