"""What a faultless reading would say of rooms whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realstaging.engines.local.room.reading import (
    Box,
    Camera,
    Face,
    Floats,
    Opening,
    OpeningKind,
    RoomReading,
    Slope,
    Surface,
)
from realstaging.synthetic import bare, geometry


def reading_of(room: bare.BareRoom) -> RoomReading:
    """The reading of a drawn room."""
    openings = tuple(
        Opening(each.wall, each.t0, each.t1, each.z0, each.z1, OpeningKind(each.kind), each.confidence)
        for each in room.openings
    )
    slopes = tuple(Slope(each.wall, each.knee, each.rise) for each in room.slopes)
    return replace(reading(room.size, camera_of(room), box_of(room), openings, room.things), slopes=slopes)


def camera_of(room: bare.BareRoom | geometry.Truth) -> Camera:
    """A drawn room's camera as the engine has cameras."""
    eye = room.camera
    return Camera(eye.rotation, eye.height, eye.focal, eye.cx, eye.cy)


def box_of(room: bare.BareRoom | geometry.Truth) -> Box:
    """A drawn room's walls as the engine has boxes."""
    box = room.box
    return Box(box.x_min, box.x_max, box.y_min, box.y_max, box.ceiling)


def reading(
    size: tuple[int, int],
    camera: Camera,
    box: Box,
    openings: tuple[Opening, ...] = (),
    keep_clear: tuple[Floats, ...] = (),
) -> RoomReading:
    """The reading of an empty box. ``size``: width and height, pixels; ``keep_clear``: polygons on the floor, metres."""
    eye = geometry.Camera(camera.rotation, camera.height, camera.focal, camera.cx, camera.cy)
    faces = geometry.faces(geometry.Box(box.x_min, box.x_max, box.y_min, box.y_max, box.ceiling), eye, *size)
    return RoomReading(
        *size,
        camera=camera,
        box=box,
        floor_polygon=np.zeros((0, 2)),
        labels=faces,
        floor_mask=faces == Face.FLOOR,
        occluders=np.zeros(faces.shape, bool),
        working_scale=1.0,
        surfaces={face: Surface((0.5, 0.5, 0.5), 0.5) for face in Face},
        white_point=(1.0, 1.0, 1.0),
        scale_confidence=1.0,
        confidence=1.0,
        openings=openings,
        keep_clear=keep_clear,
    )
