"""Rooms for tests: readings of boxes with known openings, and a picture drawn of one."""

from __future__ import annotations

import numpy as np

from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.room.reading import Box, Camera, Face, Opening, RoomReading, Surface

WIDTH, HEIGHT = 320, 240
COLOURS = {
    Face.FLOOR: (150, 110, 80),
    Face.CEILING: (235, 235, 235),
    Face.X_MIN: (205, 203, 200),
    Face.X_MAX: (215, 213, 210),
    Face.Y_MIN: (200, 200, 200),
    Face.Y_MAX: (225, 223, 220),
}


def camera(height: float = 1.3, focal: float = 0.55, yaw: float = 0.0, pitch: float = 0.08) -> Camera:
    """Looks ``yaw`` rad to the right and ``pitch`` rad down; ``focal`` in picture widths."""
    tilt = np.array([[1, 0, 0], [0, -np.sin(pitch), -np.cos(pitch)], [0, np.cos(pitch), -np.sin(pitch)]])
    turn = np.array([[np.cos(yaw), -np.sin(yaw), 0], [np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]])
    return Camera(tilt @ turn, height, focal * WIDTH, WIDTH / 2, HEIGHT / 2)


def labels(box: Box, view: Camera) -> np.ndarray:
    """The face each pixel sees: the nearest plane along its ray."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    rays = view.ray(np.stack([x, y], axis=-1).astype(float))
    planes = [(2, 0.0), (2, box.ceiling), (0, box.x_min), (0, box.x_max), (1, box.y_min), (1, box.y_max)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = np.stack([(at - view.position[axis]) / rays[..., axis] for axis, at in planes])
    return np.where(reach > 1e-6, reach, np.inf).argmin(axis=0).astype(np.uint8)


def reading(
    box: Box, openings: tuple[Opening, ...] = (), view: Camera | None = None, keep_clear: tuple = ()
) -> RoomReading:
    """What a faultless room reading would say of an empty box."""
    view = view or camera()
    seen = labels(box, view)
    return RoomReading(
        width=WIDTH,
        height=HEIGHT,
        camera=view,
        box=box,
        floor_polygon=np.zeros((0, 2)),
        labels=seen,
        floor_mask=seen == Face.FLOOR,
        occluders=np.zeros_like(seen, bool),
        working_scale=1.0,
        surfaces={face: Surface((0.5, 0.5, 0.5), 0.5) for face in Face},
        white_point=(1.0, 1.0, 1.0),
        scale_confidence=1.0,
        confidence=1.0,
        openings=openings,
        keep_clear=keep_clear,
    )


def picture(room: RoomReading) -> np.ndarray:
    """The room in flat colours, uint8 (h, w, 3)."""
    return np.array([COLOURS[face] for face in Face], np.uint8)[room.labels]


def footprint(placed, piece) -> Footprint:
    return Footprint(placed.x, placed.y, piece.width, piece.depth, placed.rotation)
