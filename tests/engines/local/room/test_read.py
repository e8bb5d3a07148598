"""Rooms drawn by ray casting are read back; pictures of no room are declined."""

from __future__ import annotations

import numpy as np
import pytest

from harness.reading_errors import corner_error, errors, turned
from harness.readings import camera_of
from realstaging.engines.local.room.read import read_room
from realstaging.engines.local.room.reading import Face, OpeningKind, RoomReading
from realstaging.kit.errors import CannotStage
from realstaging.synthetic.empty import Block, DrawnRoom, draw_room

# The rooms are drawn and read once, by one test process.
pytestmark = pytest.mark.xdist_group("rooms")

SEEDS = (0, 1, 5, 7, 10, 11, 14, 17, 18)
FEW = (0, 1, 5, 7, 11, 14)
Pairs = list[tuple[DrawnRoom, RoomReading]]


@pytest.fixture(scope="module", params=[FEW, pytest.param(SEEDS, marks=pytest.mark.long)], ids=["few", "all"])
def rooms(request: pytest.FixtureRequest) -> Pairs:
    drawn = [draw_room(seed) for seed in request.param]
    return [(room, read_room(room.pixels)) for room in drawn]


def test_corners_are_found_where_they_are(rooms: Pairs):
    assert [corner_error(*pair) for pair in rooms] == pytest.approx([0] * len(rooms), abs=0.015)


def test_the_focal_length_is_found_in_views_that_tell_it(rooms: Pairs):
    telling = [errors(*pair).focal for pair in rooms if turned(pair[0]) > 12]
    assert len(telling) >= 4
    assert telling == pytest.approx([0] * len(telling), abs=0.05)


def test_the_scale_comes_from_ceiling_and_doors(rooms: Pairs):
    off = np.abs([errors(*pair).scale for pair in rooms])
    assert np.mean(off < 0.1) >= 0.9
    assert off.max() < 0.2
    with_doors = [reading for room, reading in rooms if any(o.kind == OpeningKind.DOOR for o in room.openings)]
    assert max(reading.scale_confidence for reading in with_doors) > 0.85


def test_openings_are_found(rooms: Pairs):
    found = [errors(*pair) for pair in rooms]
    assert sum(one.found for one in found) >= 0.9 * sum(one.openings for one in found)
    assert sum(one.false_alarms for one in found) <= 0.25 * len(found)


def test_windows_are_told_from_doors(rooms: Pairs):
    window, door = ({kind} for kind in (OpeningKind.WINDOW, OpeningKind.DOOR))
    kinds = [{OpeningKind(o.kind) for o in room.openings} for room, _ in rooms]
    read = [{o.kind for o in reading.openings} for _, reading in rooms]
    for alone in (window, door):
        seen = [each for there, each in zip(kinds, read, strict=True) if there == alone]
        assert seen, "no room has such an opening alone"
        assert all(alone & each for each in seen)


def test_labels_and_outline_agree_on_the_floor(rooms: Pairs):
    for _, reading in rooms:
        x, y = (reading.floor_polygon.mean(axis=0) * reading.working_scale).astype(int)
        assert reading.labels[y, x] == Face.FLOOR
        assert reading.floor_mask[y, x]


def test_an_empty_room_holds_nothing(rooms: Pairs):
    assert max(reading.occluders.mean() for _, reading in rooms) < 0.01


@pytest.mark.long
def test_a_reading_is_the_same_every_time():
    pixels = draw_room(5).pixels
    one, other = read_room(pixels), read_room(pixels)
    assert np.array_equal(one.labels, other.labels)
    assert one.box == other.box
    assert one.openings == other.openings
    assert np.array_equal(one.floor_polygon, other.floor_polygon)


def room_with_island() -> tuple[DrawnRoom, Block]:
    empty = draw_room(7)
    height, width = empty.pixels.shape[:2]
    x, y, _ = camera_of(empty).floor_point(np.array([0.5 * width, 0.82 * height]))
    island = Block(x - 0.6, x + 0.6, y - 0.35, y + 0.35, 0.92, (0.05, 0.05, 0.07))
    return draw_room(7, (island,)), island


def test_a_thing_in_the_room_is_seen_and_its_place_kept_clear():
    room, island = room_with_island()
    reading = read_room(room.pixels)
    middle = np.array([[(island.x0 + island.x1) / 2, (island.y0 + island.y1) / 2, 0.45]])
    x, y = (room.camera.project(middle)[0] * reading.working_scale).astype(int)
    assert reading.occluders[y, x]
    assert not reading.floor_mask[y, x]
    assert len(reading.keep_clear) >= 1


@pytest.mark.parametrize("kind", ["blank", "noise", "gradient", "circles", "page"])
def test_a_picture_of_no_room_is_declined(kind: str):
    rows, columns = np.mgrid[0:480, 0:640]
    picture = {
        "blank": np.full((480, 640), 200.0),
        "noise": np.random.default_rng(1).uniform(0, 255, (480, 640)),
        "gradient": rows / 480 * 255.0,
        "circles": 127 + 100 * np.sin(np.hypot(rows - 200, columns - 300) / 9),
        "page": 255.0 - 200 * ((rows % 24 < 3) & (columns % 160 > 30) | (rows > 300) & (columns % 200 < 60)),
    }[kind]
    with pytest.raises(CannotStage):
        read_room(np.repeat(picture[..., None], 3, axis=2).astype(np.uint8))


def test_a_view_with_hardly_any_floor_is_declined_for_that_reason():
    with pytest.raises(CannotStage, match="floor"):
        read_room(draw_room(143).pixels)


def test_a_picture_without_floor_is_declined_not_broken():
    with pytest.raises(CannotStage, match="floor"):
        read_room(draw_room(197).pixels)
