"""What a plan loses by how people would sit in it: beside a fire they don't look at, at one side of a table, in a crowd, with their backs to us."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Final

from realstaging.engines.local.layout.fire import Fire, ignores
from realstaging.engines.local.layout.spot import ARMCHAIRS, CHAIRS, TABLES, Spot
from realstaging.engines.local.room.reading import Floats

MOST_ARMCHAIRS, CROWDED = 4, 1.5
"""Armchairs in one picture, and what each further one costs: more is a waiting room."""
IGNORED: Final = 1.5
"""What it costs that a chair turns its side to the fire, times ``fire.ignores``."""
EMPTY_PLACES: Final = 3.0
"""What it costs that a table has no chairs."""
PLACES_FOR_TWO, FOR_TWO = 2, 0.8
"""Places of a table that is for two, and what it costs where people dine."""
ASKEW: Final = 1.6
"""What it costs that nobody at a table sits across from anybody."""
ACROSS: Final = -0.5
"""Cosine between two chairs that look at one another, at most."""
USUAL_BACK: Final = 0.018
"""Share of the picture that a seat with its back to the camera may fill, and ``CHAIRS_BACK`` a dining chair, through which one sees."""
CHAIRS_BACK: Final = 0.04
SEEN_FROM_ASIDE: Final = frozenset(("dining_chair", "office_chair"))
"""What is usually seen from its side: only its back costs."""
BACK: Final = 0.05
"""Share of the picture from which a seat's back that is turned to the camera is all one sees."""


def ignored(spots: tuple[Spot, ...], fires: tuple[Fire, ...]) -> float:
    """What chairs lose that turn their side or their back to the fire; for the main piece see ``centring.Focus.looks_at``."""
    seats = [spot for spot in spots[1:] if spot.piece.category in ARMCHAIRS]
    return -IGNORED * sum(ignores(fires, seat.x, seat.y, seat.rotation) for seat in seats)


def crowded(spots: tuple[Spot, ...]) -> float:
    """What a plan loses by more armchairs than people sit in."""
    return -CROWDED * max(0, sum(spot.piece.category in ARMCHAIRS for spot in spots) - MOST_ARMCHAIRS)


def unfinished(spots: tuple[Spot, ...], places: int) -> float:
    """What a main table of so many places loses by those without a chair: as if somebody had come and taken some."""
    return -EMPTY_PLACES * empty_places(spots, places) - (ASKEW if askew(spots) else 0.0)


def for_two(spots: tuple[Spot, ...], places: int) -> float:
    """What a dining room loses by a table for two: it is a breakfast corner then."""
    return -FOR_TWO if spots[0].piece.category in TABLES and places <= PLACES_FOR_TWO else 0.0


def empty_places(spots: tuple[Spot, ...], places: int) -> float:
    """Share (0-1) of the places at a main table that have no chair."""
    if spots[0].piece.category not in TABLES:
        return 0.0
    return 1 - min(1.0, sum(spot.piece.category in CHAIRS for spot in spots) / places)


def askew(spots: tuple[Spot, ...]) -> bool:
    """Whether nobody at a table sits across from anybody: at one side of it only, or at a corner."""
    if spots[0].piece.category not in TABLES:
        return False
    turns = [spot.rotation for spot in spots if spot.piece.category in CHAIRS]
    return len(turns) > 1 and all(math.cos(one - other) > ACROSS for one, other in combinations(turns, 2))


def backs(spots: tuple[Spot, ...], visible: Floats) -> float:
    """What seats lose whose backs fill much of the picture; ``visible``: the share (0-1) of it that each piece fills."""
    total = 0.0
    for spot, share in zip(spots[1:], visible[1:], strict=True):
        if spot.piece.seats and "bed" not in spot.piece.category:
            at_table = spot.piece.category in SEEN_FROM_ASIDE
            usual = CHAIRS_BACK if at_table else USUAL_BACK
            turned = max(0.0, -front(spot)) if at_table else (1.0 - front(spot)) / 2
            total -= 5.0 * turned * max(0.0, float(share) - usual) / BACK
    return total


def front(spot: Spot) -> float:
    """Cosine between where a piece faces and where the camera is."""
    away = max(math.hypot(spot.x, spot.y), 1e-6)
    return (-spot.x * math.sin(spot.rotation) + spot.y * math.cos(spot.rotation)) / away
