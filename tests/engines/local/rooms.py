"""Rooms for tests: readings of boxes with known openings, and a picture drawn of one."""

from __future__ import annotations

import numpy as np

from harness import readings
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.rules import Rules
from realstaging.engines.local.layout.spot import Spot
from realstaging.engines.local.room.reading import Box, Camera, Opening, RoomReading
from realstaging.synthetic import bare

WIDTH, HEIGHT = 320, 240
COLOURS = bare.COLOURS


def camera(height: float = 1.3, focal: float = 0.55, yaw: float = 0.0, pitch: float = 0.08) -> Camera:
    """Looks ``yaw`` rad to the right and ``pitch`` rad down; ``focal`` in picture widths."""
    drawn = bare.camera((WIDTH, HEIGHT), height=height, focal=focal, yaw=yaw, pitch=pitch)
    return Camera(drawn.rotation, drawn.height, drawn.focal, drawn.cx, drawn.cy)


def reading(
    box: Box, openings: tuple[Opening, ...] = (), view: Camera | None = None, keep_clear: tuple = ()
) -> RoomReading:
    """What a faultless room reading would say of an empty box."""
    return readings.reading((WIDTH, HEIGHT), view or camera(), box, openings, keep_clear)


def picture(room: RoomReading) -> np.ndarray:
    """The room in flat colours, uint8 (h, w, 3)."""
    return bare.picture(room.labels)


def footprint(placed, piece) -> Footprint:
    return Footprint(placed.x, placed.y, piece.width, piece.depth, placed.rotation)


def broken(rules: Rules, spot: Spot, placed: tuple[Spot, ...] = ()) -> str:
    """The rule that a piece would break there, in its words; nothing where it may stand."""
    [rule] = rules.broken(spot.piece, np.array([[spot.x, spot.y, spot.rotation]]), placed)
    return rules.words(int(rule)) if rule >= 0 else ""
