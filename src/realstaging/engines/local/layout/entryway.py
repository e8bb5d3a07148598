"""Entryways: somewhere to put keys down and shoes on, and the way kept free.

A runner lies in the way, parallel to the wall that is furnished. The way is that of the International Residential Code, R311.6: hallways at least 36 in wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.composing import accept
from realstaging.engines.local.layout.space import Line, Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

WAY = 0.92
"""Metres of way before what stands along the wall."""
STEP = 0.2
BESIDE = 0.15
RUNNER = 0.9
"""Metres: a wider rug would fill a hall from wall to wall."""
ALONG = (0.0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2)
OUT = (0.45, 0.3, 0.6, 0.8)
"""Metres between what stands along the wall and the runner."""


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """A console or a bench along every wall that the picture may show, with what belongs beside it."""
    mains = [*choice.all("console_table")[:2], *choice.all("bench")[:1]]
    beside = [piece for category in ("bench", "shoe_rack", "coat_rack") if (piece := choice.one(category))]
    runners = [rug for rug in choice.all("rug") if rug.depth <= RUNNER]
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
                laid = (spot for spot in _runners(line, main, runners, seed) if accept(space, spot, ()))
                yield Group((first,), (*islice(laid, 1), *wanted), line)


def _runners(line: Line, main: Piece, runners: list[Piece], seed: int) -> Iterator[Spot]:
    """Places of a runner before what stands along the wall, nearest to the middle of it first."""
    for runner in runners:
        for along in ALONG:
            for out in OUT:
                yield facing(line, runner, along, main.depth + out + runner.depth / 2, 0.0, 1.2, seed)
