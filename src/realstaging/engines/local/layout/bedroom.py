"""Bedrooms: the bed by its headboard to a wall, a table at each side, a soft floor to step on.

Clearances after Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Sleeping spaces".
"""

from __future__ import annotations

from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

STEP = 0.2
RUG_PAST_FOOT = 0.5
"""Metres of rug beyond the foot of the bed; it lies under its lower two thirds (usual advice of rug makers)."""
BED_SIDE = 0.04


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every bed along every wall that the picture may show."""
    beds = choice.all("bed")[:4]
    night = choice.one("nightstand", "side_table")
    rugs = sorted(choice.all("rug"), key=lambda p: -p.width)
    bench = choice.one("bench", "pouf")
    seed = choice.seed()
    for wall in ("Y+", "X-", "X+"):
        length = space.box.wall_length(wall)
        for bed in beds:
            for place in range(int((length - bed.width - 0.1) / STEP) + 1):
                line = space.line(wall, bed.width / 2 + 0.05 + place * STEP)
                sleeper = against(line, bed, 0.0, 0.04, 5.0, seed)
                wanted: list[Spot] = []
                if rug := _rug(rugs, bed):
                    out = 0.04 + bed.depth + RUG_PAST_FOOT - rug.depth / 2
                    wanted.append(facing(line, rug, 0.0, out, 0.0, 1.2, seed))
                if night:
                    aside = bed.width / 2 + BED_SIDE + night.width / 2
                    wanted += [against(line, night, s * aside, 0.04, 2.2, seed) for s in (-1, 1)]
                if bench and bench.width <= bed.width:
                    wanted.append(facing(line, bench, 0.0, 0.04 + bed.depth + 0.06 + bench.depth / 2, 0.0, 0.8, seed))
                yield Group((sleeper,), tuple(wanted), line)


def _rug(rugs: list[Piece], bed: Piece) -> Piece | None:
    wide = [rug for rug in rugs if rug.width >= bed.width + 0.4]
    return wide[-1] if wide else (rugs[0] if rugs else None)
