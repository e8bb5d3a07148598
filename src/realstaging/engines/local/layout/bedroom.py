"""Bedrooms: the bed by its headboard to a wall, a table at each side, a soft floor to step on.

Clearances after Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Sleeping spaces".
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Line, Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

STEP = 0.2
RUG_PAST_FOOT = 0.5
"""Metres of rug beyond the foot of the bed; it lies under its lower two thirds (usual advice of rug makers)."""
BED_SIDE = 0.04
TO_CORNER = 0.05
BACK = 0.04
"""Metres from a headboard to its wall."""
ASIDE = (0.0, -0.2, 0.2, -0.4, 0.4)
"""Metres that a rug may lie off the middle of the bed."""
RUNNER = 0.9
"""Metres: rugs that are not wider are runners."""
RUNNER_OFF = 0.12


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every bed along every wall that the picture may show."""
    beds = choice.all("bed")[:4]
    night = choice.one("nightstand", "side_table")
    rugs = choice.all("rug")
    bench = choice.one("bench", "pouf")
    seed = choice.seed()
    for wall in ("Y+", "X-", "X+"):
        length = space.box.wall_length(wall)
        for bed in beds:
            for start in _places(length - bed.width):
                line = space.line(wall, bed.width / 2 + start)
                sleeper = against(line, bed, 0.0, BACK, 5.0, seed)
                wanted: list[Spot] = list(_rugs(line, bed, rugs, seed))
                if night:
                    aside = bed.width / 2 + BED_SIDE + night.width / 2
                    wanted += [against(line, night, s * aside, 0.04, 2.2, seed) for s in (-1, 1)]
                if bench and bench.width <= bed.width:
                    wanted.append(facing(line, bench, 0.0, BACK + bed.depth + 0.06 + bench.depth / 2, 0.0, 0.8, seed))
                yield Group((sleeper,), tuple(wanted), line)


def _places(left: float) -> Iterator[float]:
    """Metres from a wall's start to a bed with ``left`` metres of wall beside it; the last is in the far corner."""
    last = left - TO_CORNER
    if last >= TO_CORNER:
        yield from (TO_CORNER + place * STEP for place in range(int((last - TO_CORNER) / STEP) + 1))
        yield last


def _rugs(line: Line, bed: Piece, rugs: list[Piece], seed: int) -> Iterator[Spot]:
    """Places of a rug, best first: under the bed, a little aside where a wall is near; else a runner to step on."""
    for rug in sorted((rug for rug in rugs if rug.width >= bed.width + 0.4), key=lambda rug: rug.width):
        for aside in ASIDE:
            yield facing(line, rug, aside, BACK + bed.depth + RUG_PAST_FOOT - rug.depth / 2, 0.0, 1.2, seed)
    for runner in (rug for rug in rugs if rug.depth <= RUNNER):
        for side in (-1, 1):
            along = side * (bed.width / 2 + RUNNER_OFF + runner.depth / 2)
            yield facing(line, runner, along, BACK + bed.depth - runner.width / 2, math.pi / 2, 0.8, seed)
