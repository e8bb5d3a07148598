"""Entryways: somewhere to put keys down and shoes on, and the way kept free.

No rug: those there are would fill a hall from wall to wall. The way is that of the International Residential Code, R311.6: hallways at least 36 in wide.
"""

from __future__ import annotations

from collections.abc import Iterator

from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, against

WAY = 0.92
"""Metres of way before what stands along the wall."""
STEP = 0.2
BESIDE = 0.15


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """A console or a bench along every wall that the picture may show, with what belongs beside it."""
    mains = [*choice.all("console_table")[:2], *choice.all("bench")[:1]]
    beside = [piece for category in ("bench", "shoe_rack", "coat_rack") if (piece := choice.one(category))]
    seed = choice.seed()
    for main in mains:
        for wall in ("X-", "X+", "Y+"):
            for place in range(int((space.box.wall_length(wall) - main.width - 0.2) / STEP) + 1):
                line = space.line(wall, main.width / 2 + 0.1 + place * STEP)
                first = against(line, main, 0.0, 0.03, 3.0, seed)
                if space.free_before(first.floor, WAY) < 1.0:
                    continue
                wanted = [
                    against(line, piece, side * (main.width / 2 + BESIDE + piece.width / 2), 0.03, 1.0, seed)
                    for piece, side in zip([p for p in beside if p is not main], (1, -1, 1), strict=False)
                    if piece.mount == "floor"
                ]
                yield Group((first,), tuple(wanted), line)
