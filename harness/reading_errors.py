"""How far a reading is from the truth of a drawn room."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room import reading as read_rooms
from realstaging.engines.local.room.reading import RoomReading
from realstaging.synthetic.empty import DrawnRoom
from realstaging.synthetic.geometry import Box, Opening

AnyBox = Box | read_rooms.Box


@dataclass(frozen=True)
class Errors:
    """Relative errors of focal length and scale, corners as a share of the width, openings found of those there."""

    focal: float
    corners: float
    scale: float
    openings: int
    found: int
    false_alarms: int


def errors(room: DrawnRoom, reading: RoomReading) -> Errors:
    """Compare a reading with the truth."""
    found = [any(same_opening(room, true, reading, read) for read in reading.openings) for true in room.openings]
    alarms = [not any(same_opening(room, true, reading, read) for true in room.openings) for read in reading.openings]
    return Errors(
        reading.camera.focal / room.camera.focal - 1,
        corner_error(room, reading),
        reading.camera.height / room.camera.height - 1,
        len(found),
        sum(found),
        sum(alarms),
    )


def turned(room: DrawnRoom) -> float:
    """Degrees between the view and the nearest wall direction. Looking straight at a wall tells nothing of the focal length."""
    x, y, _ = room.camera.rotation[2]
    angle = abs(math.degrees(math.atan2(x, y)))
    return min(angle, 90 - angle)


def corner_error(room: DrawnRoom, reading: RoomReading) -> float:
    """The farthest any visible corner of the room is off, as a share of the picture's width; 0 where none is in sight."""
    height, width = room.pixels.shape[:2]
    true, read = room.camera.project(_corners(room.box)), reading.project(_corners(reading.box))
    visible = [p for p in true if np.isfinite(p).all() and 0 <= p[0] < width and 0 <= p[1] < height]
    return max((_nearest(p, read) / width for p in visible), default=0.0)


def same_opening(room: DrawnRoom, true: Opening, reading: RoomReading, read: read_rooms.Opening) -> bool:
    """Whether a read opening covers most of a true one in the picture, left to right."""
    _, width = room.pixels.shape[:2]
    a0, a1 = _sides(room.camera.project(_rectangle(room.box, true)), width)
    b0, b1 = _sides(reading.project(_rectangle(reading.box, read)), width)
    return min(a1, b1) - max(a0, b0) > 0.6 * (a1 - a0) and (b1 - b0) < 2.0 * (a1 - a0)


def _sides(pixels: NDArray[np.float64], width: int) -> tuple[float, float]:
    x = np.clip(pixels[np.isfinite(pixels).all(axis=1), 0], 0, width)
    return (float(x.min()), float(x.max())) if len(x) else (0.0, 0.0)


def _rectangle(box: AnyBox, opening: Opening | read_rooms.Opening) -> NDArray[np.float64]:
    t = np.array([opening.t0, opening.t1, opening.t1, opening.t0])
    z = np.array([opening.z0, opening.z0, opening.z1, opening.z1])
    return box.wall_point(opening.wall, t, z)


def _corners(box: AnyBox) -> NDArray[np.float64]:
    return np.array(
        [[x, y, z] for x in (box.x_min, box.x_max) for y in (box.y_min, box.y_max) for z in (0, box.ceiling)], float
    )


def _nearest(point: NDArray[np.float64], points: NDArray[np.float64]) -> float:
    distances = np.hypot(*(points - point).T)
    return float(np.nanmin(distances)) if np.isfinite(distances).any() else math.inf
