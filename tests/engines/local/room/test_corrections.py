"""What a person says about a room goes before what the picture seems to say."""

from __future__ import annotations

import numpy as np
import pytest

from harness.readings import box_of, camera_of
from realstaging.engines.brief import Corrections
from realstaging.engines.local.room.outline import floor_outline
from realstaging.engines.local.room.read import read_room
from realstaging.synthetic.empty import DrawnRoom, draw_room


@pytest.fixture(scope="module")
def room() -> DrawnRoom:
    return draw_room(5)


def shares(room: DrawnRoom, pixels: np.ndarray) -> tuple[tuple[float, float], ...]:
    height, width = room.pixels.shape[:2]
    return tuple((float(x + 0.5) / width, float(y + 0.5) / height) for x, y in pixels)


def test_a_given_camera_height_sets_the_scale(room: DrawnRoom):
    read, corrected = read_room(room.pixels), read_room(room.pixels, Corrections(metres_per_unit=1.6))
    assert corrected.camera.height == 1.6
    assert corrected.scale_confidence == 1
    assert corrected.box.ceiling == pytest.approx(read.box.ceiling * 1.6 / read.camera.height)


def test_a_given_ceiling_height_sets_the_scale(room: DrawnRoom):
    corrected = read_room(room.pixels, Corrections(ceiling_height=3.1))
    assert corrected.box.ceiling == pytest.approx(3.1, abs=0.01)
    assert corrected.scale_confidence == 1


def test_floor_corners_move_the_walls_onto_them(room: DrawnRoom):
    height, width = room.pixels.shape[:2]
    outline = floor_outline(camera_of(room), box_of(room), width, height)
    outline[:, 1] += 14  # as if the skirting were the floor's edge
    inside = outline[(outline[:, 0] > 12) & (outline[:, 0] < width - 12) & (outline[:, 1] < height - 12)]
    assert len(inside) >= 1
    reading = read_room(room.pixels, Corrections(floor_corners=shares(room, inside)))
    misses = [np.hypot(*(reading.floor_polygon - corner).T).min() for corner in inside]
    assert max(misses) < 0.01 * width
    assert reading.confidence == 1


def test_keep_clear_becomes_a_polygon_on_the_floor(room: DrawnRoom):
    height, width = room.pixels.shape[:2]
    middle = camera_of(room).floor_point(floor_outline(camera_of(room), box_of(room), width, height).mean(axis=0))[:2]
    square = middle + np.array([[-0.2, -0.2], [0.2, -0.2], [0.2, 0.2], [-0.2, 0.2]])
    pixels = room.camera.project(np.column_stack([square, np.zeros(4)]))
    reading = read_room(room.pixels, Corrections(keep_clear=(shares(room, pixels),)))
    scale = reading.camera.height / room.camera.height
    assert reading.keep_clear[0] == pytest.approx(square * scale, abs=0.08)
