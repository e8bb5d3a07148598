"""Where a fire burns, and how seats stand to it: one looks into it or is turned towards it, never beside it as if it were not there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from realstaging.engines.local.room.reading import Box, Opening, OpeningKind

BURNS: Final = 0.5
"""Probability from which seats are turned by a fireplace."""
AT_IT: Final = 5.0
"""Metres from a fire within which one sits by it."""
TURN: Final = math.radians(35)
"""How far a chair of a group is turned towards the fire: it still looks at the others."""
LOOKS, AWAY = math.radians(40), math.radians(140)
"""What looks so near at the fire is turned no further; what looks so far away from it looks at somebody."""
LEAST: Final = 0.45
"""Cosine between where a seat faces and where the fire is, below which it turns its side to it."""


@dataclass(frozen=True)
class Fire:
    """The middle of a hearth on the floor, metres, and its probability (0-1)."""

    x: float
    y: float
    likely: float

    def off(self, x: float, y: float, rotation: float) -> float:
        """Radians by which a piece at a pose looks past the fire: positive where it must turn counter-clockwise."""
        return math.remainder(math.atan2(self.x - x, -(self.y - y)) - rotation, 2 * math.pi)

    def away(self, x: float, y: float) -> float:
        """Metres."""
        return math.hypot(self.x - x, self.y - y)


def fires_of(box: Box, openings: Iterable[tuple[Opening, Mapping[OpeningKind, float]]]) -> tuple[Fire, ...]:
    """The fires of a room, by the probability of each opening's kinds."""
    found = []
    for opening, likely in openings:
        sure = likely.get(OpeningKind.FIREPLACE, 0.0)
        if sure >= BURNS:
            found.append(Fire(*box.at_wall(opening.wall, (opening.t0 + opening.t1) / 2), sure))
    return tuple(found)


def turned_to(fires: tuple[Fire, ...], x: float, y: float, rotation: float) -> float:
    """The rotation of a chair, turned towards the fire that it stands by where it turns its side to it."""
    for fire in fires:
        off = fire.off(x, y, rotation)
        if fire.away(x, y) <= AT_IT and LOOKS < abs(off) < AWAY:
            return math.remainder(rotation + math.copysign(min(TURN, abs(off) - LOOKS / 2), off), 2 * math.pi)
    return rotation


def ignores(fires: tuple[Fire, ...], x: float, y: float, rotation: float) -> float:
    """How much a seat turns its side (0.4) or its back (1.4) to a fire that it stands by; 0 where it looks towards it, or sits elsewhere."""
    return sum(
        fire.likely * max(0.0, LEAST - math.cos(fire.off(x, y, rotation))) for fire in fires if fire.away(x, y) <= AT_IT
    )
