"""Where armchairs stand about the table before a sofa: at its ends, across it, at its far corners; two of them as a pair."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

import numpy as np

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.spot import ARMCHAIRS, Spot

SEAT_TO_TABLE: Final = (0.42, 0.36, 0.5)
"""Metres between seat and coffee table: 16-18 in (Panero and Zelnik), a little less or more where room is short."""
CHAIR_TO_TABLE: Final = 0.40
TURN_IN: Final = math.radians(98)
"""Chairs at the ends of the table look across it and a little towards the sofa."""
ACROSS: Final = math.radians(18)
"""How far chairs across the table turn towards its middle."""
AT_CORNER: Final = math.radians(135)
FURTHER: Final = (0.0, 0.5)
"""Metres by which chairs across the table stand back: nearer than 3 m from the sofa one still talks (Panero and Zelnik)."""
SAME: Final = 0.12
"""Metres within which a chair is where another's mirror image is."""


class Side(Enum):
    """Of a table: chairs at its end and across its middle go together, those at corners with their twin only."""

    END = auto()
    ACROSS = auto()
    CORNER = auto()


class Place(NamedTuple):
    """Metres to the right of the middle of the sofa's back (seen from before it) and before it; radians turned from the sofa."""

    along: float
    out: float
    turn: float
    side: Side


def at_table(piece: Piece, main: Spot, placed: tuple[Spot, ...]) -> Iterator[tuple[float, float, float]]:
    """Places (along, out, turn) of a chair, those that go with the chairs that are there."""
    every = list(_places(piece, main, placed))
    there = [
        _seen_from(main, spot)
        for spot in placed
        if spot is not main and spot.piece.category in ARMCHAIRS | {piece.category}
    ]
    for place in every:
        if all(_go_together(place, chair, every) for chair in there):
            yield place.along, place.out, place.turn


def _places(piece: Piece, main: Spot, placed: tuple[Spot, ...]) -> Iterator[Place]:
    table = next(
        (spot.piece for spot in placed if spot.piece.category in {"coffee_table", "pouf", "outdoor_table"}), None
    )
    wide, deep = (table.width, table.depth) if table else (0.8, 0.6)
    middle = main.piece.depth + SEAT_TO_TABLE[0] + deep / 2
    reach = wide / 2 + CHAIR_TO_TABLE + piece.depth / 2
    for further in (0.12, 0.35):
        for side in (1, -1):
            yield Place(side * reach, middle + further, side * -TURN_IN, Side.END)
    across = middle + deep / 2 + CHAIR_TO_TABLE + piece.depth / 2
    apart = piece.width / 2 + 0.16
    for further in FURTHER:
        for along, turn in ((apart, -ACROSS), (-apart, ACROSS), (0.0, 0.0)):
            yield Place(along, across + further, math.pi + turn, Side.ACROSS)
    for side in (1, -1):
        yield Place(side * (reach + 0.1), across - 0.2, side * -AT_CORNER, Side.CORNER)


def _seen_from(main: Spot, spot: Spot) -> tuple[float, float]:
    """Where a piece is, as ``Place`` has it."""
    right, back = main.floor.axes
    away = np.array([spot.x - main.x, spot.y - main.y]) - back * main.piece.depth / 2
    return float(away @ right), float(-(away @ back))


def _go_together(place: Place, chair: tuple[float, float], every: list[Place]) -> bool:
    """Whether a place is the mirror image of a chair's, or one of them is at an end and the other across the table's middle."""
    along, out = chair
    if math.hypot(place.along + along, place.out - out) < SAME:
        return True
    nearest = min(every, key=lambda other: math.hypot(other.along - along, other.out - out))
    by_side = {place.side: place, nearest.side: nearest}
    return by_side.keys() == {Side.END, Side.ACROSS} and by_side[Side.ACROSS].along == 0
