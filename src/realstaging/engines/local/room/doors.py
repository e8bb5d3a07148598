"""The doors of a room that was read, as the fidelity gate asks for them."""

from __future__ import annotations

from typing import Final

import numpy as np

from realstaging.engines.local.room.reading import Floats, Opening, OpeningKind, RoomReading
from realstaging.fidelity.report import Corners, Door

PASSAGES: Final = (OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.CLOSET)
# Below this confidence (0–1) it may be no door.
SURE: Final = 0.5
# Metres of floor that a door needs, and how high furniture is at least that is in its way.
WAY: Final = 0.6
LEAF: Final = 0.7
INWARDS: Final = {"X-": (1, 0), "X+": (-1, 0), "Y-": (0, 1), "Y+": (0, -1)}


def doors_of(reading: RoomReading) -> tuple[Door, ...]:
    """Those it is sure of, as far as the camera sees them."""
    passages = (one for one in reading.openings if one.kind in PASSAGES and one.confidence >= SURE)
    return tuple(door for door in (_door(reading, one) for one in passages) if door)


def _door(reading: RoomReading, opening: Opening) -> Door | None:
    ends = np.array([opening.t0, opening.t1])
    foot = reading.box.wall_point(opening.wall, ends, np.zeros(2))
    head = reading.box.wall_point(opening.wall, ends, np.full(2, LEAF))
    before = foot + WAY * np.array([*INWARDS[opening.wall], 0.0])
    if (reading.camera.depth(np.concatenate([foot, before])) < 0.1).any():
        return None
    return Door(_corners(reading, foot, head[::-1]), _corners(reading, foot, before[::-1]))


def _corners(reading: RoomReading, one_side: Floats, other_side: Floats) -> Corners:
    pixels = reading.project(np.concatenate([one_side, other_side]))
    first, second, third, fourth = ((float(x), float(y)) for x, y in (pixels + 0.5) / (reading.width, reading.height))
    return first, second, third, fourth
