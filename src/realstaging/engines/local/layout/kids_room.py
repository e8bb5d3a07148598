"""Children's rooms: a bed to the wall, floor to play on, toys within a child's reach.

Clearances as for bedrooms (Panero and Zelnik 1979, ch. "Sleeping spaces").
"""

from __future__ import annotations

from collections.abc import Iterator

from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

STEP = 0.2
PLAY = 0.7
"""Metres from the bed's side to the middle of the rug."""


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every bed along every wall that the picture may show, a rug to play on beside it."""
    night = choice.one("nightstand", "side_table")
    rugs = sorted(choice.all("rug"), key=lambda piece: piece.width)
    seed = choice.seed()
    for bed in choice.all("kids_bed")[:3]:
        for wall in ("Y+", "X-", "X+"):
            for place in range(int((space.box.wall_length(wall) - bed.width - 0.1) / STEP) + 1):
                line = space.line(wall, bed.width / 2 + 0.05 + place * STEP)
                for side in (-1, 1):
                    wanted: list[Spot] = []
                    if rugs:
                        aside = side * (bed.width / 2 + PLAY + rugs[0].width / 2 - 0.4)
                        wanted.append(facing(line, rugs[0], aside, 0.3 + rugs[0].depth / 2, 0.0, 1.2, seed))
                    if night:
                        aside = side * (bed.width / 2 + 0.05 + night.width / 2)
                        wanted.append(against(line, night, aside, 0.04, 1.5, seed))
                    yield Group((against(line, bed, 0.0, 0.04, 4.0, seed),), tuple(wanted), line)
