"""Rooms drawn by ray casting are read back; pictures of no room are declined."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.room.drawn import DrawnRoom, draw_room
from realstaging.engines.brief import Corrections
from realstaging.engines.local.room import read_room
from realstaging.engines.local.room.reading import Box, Face, RoomReading
from realstaging.kit.errors import CannotStage

SEEDS = (0, 5, 6, 7, 10, 15)


@pytest.fixture(scope="module")
def rooms() -> list[tuple[DrawnRoom, RoomReading]]:
    drawn = [draw_room(seed) for seed in SEEDS]
    return [(room, read_room(room.pixels)) for room in drawn]


def corners(box: Box) -> np.ndarray:
    return np.array(
        [[x, y, z] for x in (box.x_min, box.x_max) for y in (box.y_min, box.y_max) for z in (0, box.ceiling)]
    )


def corner_error(room: DrawnRoom, reading: RoomReading) -> float:
    """The farthest any visible corner of the room is off, as a share of the picture's width."""
    height, width = room.pixels.shape[:2]
    true, read = room.camera.project(corners(room.box)), reading.project(corners(reading.box))
    visible = [p for p in true if np.isfinite(p).all() and 0 <= p[0] < width and 0 <= p[1] < height]
    return max(float(np.nanmin(np.hypot(*(read - p).T))) / width for p in visible)


def test_corners_are_found_where_they_are(rooms):
    assert [corner_error(*pair) for pair in rooms] == pytest.approx([0] * len(rooms), abs=0.015)


def test_the_focal_length_is_found(rooms):
    assert [reading.camera.focal / room.camera.focal for room, reading in rooms] == pytest.approx(
        [1] * len(rooms), abs=0.05
    )


def test_a_reading_is_the_same_every_time():
    pixels = draw_room(5).pixels
    one, other = read_room(pixels), read_room(pixels)
    assert np.array_equal(one.labels, other.labels)
    assert one.box == other.box
    assert np.array_equal(one.floor_polygon, other.floor_polygon)


def test_labels_and_outline_agree_on_the_floor(rooms):
    for _, reading in rooms:
        x, y = (reading.floor_polygon.mean(axis=0) * reading.working_scale).astype(int)
        assert reading.labels[y, x] == Face.FLOOR
        assert reading.floor_mask[y, x]


@pytest.mark.parametrize("kind", ["blank", "noise", "gradient", "circles"])
def test_a_picture_of_no_room_is_declined(kind):
    rows, columns = np.mgrid[0:480, 0:640]
    picture = {
        "blank": np.full((480, 640), 200.0),
        "noise": np.random.default_rng(1).uniform(0, 255, (480, 640)),
        "gradient": rows / 480 * 255.0,
        "circles": 127 + 100 * np.sin(np.hypot(rows - 200, columns - 300) / 9),
    }[kind]
    with pytest.raises(CannotStage):
        read_room(np.repeat(picture[..., None], 3, axis=2).astype(np.uint8))


def test_a_given_camera_height_sets_the_scale():
    pixels = draw_room(5).pixels
    read, corrected = read_room(pixels), read_room(pixels, Corrections(metres_per_unit=1.6))
    assert corrected.camera.height == 1.6
    assert corrected.scale_confidence == 1
    assert corrected.box.ceiling == pytest.approx(read.box.ceiling * 1.6 / read.camera.height)
