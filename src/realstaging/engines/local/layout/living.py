"""Living rooms: seats about a table, on a rug, with something to look at.

Distances are those of Panero and Zelnik, Human Dimension and Interior Space (1979), ch. "Living spaces", and of
De Chiara, Panero and Zelnik, Time-Saver Standards for Interior Design (1991).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Line, Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

SOFA_TO_TABLE = 0.42
"""Metres between seat and coffee table: 16-18 in (Panero and Zelnik)."""
UNDER_SOFA = 0.30
"""Metres of rug under the sofa, so that its front legs stand on it (usual advice of rug makers and decorators)."""
CHAIR_TO_TABLE = 0.40
TURN_IN = math.radians(98)
"""Chairs at the ends of the table look across it and a little towards the sofa."""
STEP = 0.3
VIEWING_DISTANCE = (1.6, 4.5)
"""Metres from seat to screen for screens of 43-65 in: 1.2 to 2.5 diagonals (SMPTE EG-18's 30 degrees to comfort)."""


def groups(space: Space, choice: Choice) -> Iterator[Group]:
    """Every seating group along every wall that the picture may show."""
    sofas = (choice.all("sofa") + choice.all("sectional"))[:4]
    parts = _Parts(choice)
    for wall in ("Y+", "X-", "X+"):
        length = space.box.wall_length(wall)
        for sofa in sofas:
            places = int((length - sofa.width - 0.2) / STEP)
            for place in range(places + 1):
                line = space.line(wall, sofa.width / 2 + 0.1 + place * STEP)
                for side in (-1, 1):
                    yield _group(space, line, sofa, parts, side)


class _Parts:
    """The pieces of this seed, the same for every candidate so that places alone are compared."""

    def __init__(self, choice: Choice) -> None:
        self.table = choice.one("coffee_table", "pouf")
        self.rugs = sorted(choice.all("rug"), key=lambda p: -p.width)
        self.chair = choice.one("armchair", "accent_chair")
        self.side = choice.one("side_table")
        self.lamp = choice.one("floor_lamp")
        self.pouf = choice.one("pouf")
        self.media = choice.one("media_unit", "console_table", "sideboard")
        self.seed = choice.seed()


def _group(space: Space, line: Line, sofa: Piece, parts: _Parts, side: int) -> Group:
    seat = against(line, sofa, 0.0, 0.08, weight=1.8 * sofa.width, seed=parts.seed)
    front = 0.08 + sofa.depth
    wanted: list[Spot] = []
    rug = next((r for r in parts.rugs if r.width <= sofa.width + 1.2), parts.rugs[-1] if parts.rugs else None)
    if rug:
        wanted += [facing(line, rug, 0.0, front - UNDER_SOFA + rug.depth / 2, 0.0, 2.0, parts.seed)]
    centre = front + SOFA_TO_TABLE
    if parts.table:
        centre += parts.table.depth / 2
        wanted.append(facing(line, parts.table, 0.0, centre, 0.0, 2.0, parts.seed))
    if parts.chair:
        reach = (parts.table.width / 2 if parts.table else 0.4) + CHAIR_TO_TABLE + parts.chair.depth / 2
        wanted += [
            facing(line, parts.chair, s * reach, centre + 0.12, s * -TURN_IN, weight, parts.seed)
            for s, weight in ((side, 1.6), (-side, 1.0))
        ]
    if parts.pouf and parts.table:
        out = centre + parts.table.depth / 2 + CHAIR_TO_TABLE + parts.pouf.depth / 2
        wanted.append(facing(line, parts.pouf, -side * 0.3, out, math.pi, 0.5, parts.seed))
    beside = sofa.width / 2 + 0.08
    if parts.side:
        wanted.append(against(line, parts.side, -side * (beside + parts.side.width / 2), 0.12, 1.0, parts.seed))
    if parts.lamp:
        wanted.append(against(line, parts.lamp, side * (beside + parts.lamp.width / 2), 0.15, 1.0, parts.seed))
    if parts.media:
        wanted += _opposite(space, line, parts.media, front, parts.seed)
    return Group((seat,), tuple(wanted), line)


def _opposite(space: Space, line: Line, media: Piece, front: float, seed: int) -> Iterator[Spot]:
    """A media unit on the wall the seats look at, where the screen is at a good distance."""
    other = {"X-": "X+", "X+": "X-"}.get(line.wall)
    if other not in {"X-", "X+"}:
        return
    across = space.box.x_max - space.box.x_min
    if VIEWING_DISTANCE[0] <= across - front - media.depth <= VIEWING_DISTANCE[1] + 1:
        facing_line = space.line("X-" if other == "X-" else "X+", space.along(line.wall, line.x, line.y))
        yield against(facing_line, media, 0.0, 0.05, 1.6, seed)
