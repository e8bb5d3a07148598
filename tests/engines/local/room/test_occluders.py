"""Furniture is told from light, shadow, near walls and walls read as floor; refusals say what is true."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from harness.readings import box_of, camera_of
from realstaging.engines.local.room.confidence import (
    NO_EDGE,
    NO_FLOOR,
    NO_WALLS,
    NOT_EMPTY,
    THINGS_STAND,
    Features,
    decline_unreadable,
    warnings,
)
from realstaging.engines.local.room.floor import relearnt_floor
from realstaging.engines.local.room.frame import axes_of
from realstaging.engines.local.room.furnished import Furnishing
from realstaging.engines.local.room.occluders import Occluders, bare_floor, find_occluders
from realstaging.engines.local.room.outline import label_faces
from realstaging.engines.local.room.picture import working_picture
from realstaging.engines.local.room.reading import Face
from realstaging.engines.local.room.segments import find_segments
from realstaging.kit.errors import CannotStage
from realstaging.synthetic.empty import Block, DrawnRoom, draw_room

SEED = 7
Pixels = NDArray[np.uint8]


def look(room: DrawnRoom, pixels: Pixels | None = None) -> tuple[Occluders, NDArray[np.uint8]]:
    """What stands in a drawn room, given its true shape; and the faces seen."""
    picture = working_picture(room.pixels if pixels is None else pixels)
    camera, box, eye = camera_of(room), box_of(room), room.camera.height
    distances = np.array([-box.x_min, box.x_max, -box.y_min, box.y_max, box.ceiling - eye]) / eye
    labels = label_faces(camera, distances, picture.width, picture.height)
    segments = find_segments(picture)
    floor = relearnt_floor(picture, camera, labels == Face.FLOOR)
    return find_occluders(picture, camera, box, labels, segments, axes_of(segments, camera), floor), labels


def place(room: DrawnRoom, across: float, down: float) -> tuple[float, float]:
    """The floor seen at a share of the picture."""
    height, width = room.pixels.shape[:2]
    x, y, _ = camera_of(room).floor_point(np.array([across * width, down * height]))
    return float(x), float(y)


def seen(found: NDArray[np.bool_], room: DrawnRoom, point: tuple[float, float, float]) -> bool:
    x, y = np.rint(room.camera.project(np.array(point))).astype(int)
    return bool(found[y, x])


def lit(room: DrawnRoom, times: float) -> Pixels:
    """The room with a sharp patch of sun or shadow on its floor."""
    x, y = place(room, 0.5, 0.8)
    corners = np.array([(x - 1.1, y - 1.0, 0), (x + 0.9, y - 1.0, 0), (x + 1.1, y + 0.2, 0), (x - 0.9, y + 0.2, 0.0)])
    patch = np.zeros(room.pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(patch, np.rint(room.camera.project(corners)).astype(np.int32), 1)
    light = (room.pixels / 255.0) ** 2.2 * np.where(patch[..., None] > 0, times, 1.0)
    return np.asarray(np.clip(light ** (1 / 2.2), 0, 1) * 255, np.uint8)


@pytest.fixture(scope="module")
def empty() -> DrawnRoom:
    return draw_room(SEED)


def test_furniture_is_found_where_it_hides_the_floor(empty: DrawnRoom):
    x, y = place(empty, 0.5, 0.82)
    chair = Block(x - 0.4, x + 0.4, y - 0.4, y + 0.4, 0.85, (0.05, 0.05, 0.12))
    room = draw_room(SEED, (chair,))
    found, labels = look(room)
    assert seen(found.things, room, (x, y, 0.4))
    assert not seen(bare_floor(labels, found), room, (x, y - 0.4, 0.05))


def test_a_rug_is_found(empty: DrawnRoom):
    x, y = place(empty, 0.5, 0.8)
    room = draw_room(SEED, (Block(x - 0.8, x + 0.8, y - 0.5, y + 0.5, 0.01, (0.02, 0.03, 0.2)),))
    assert seen(look(room)[0].things, room, (x, y, 0.01))


@pytest.mark.parametrize("times", [4.0, 0.22], ids=["sun", "shadow"])
def test_light_is_no_furniture(empty: DrawnRoom, times: float):
    found, labels = look(empty, lit(empty, times))
    assert found.things.mean() < 0.005
    assert seen(bare_floor(labels, found), empty, (*place(empty, 0.5, 0.8), 0.0))


def test_cabinets_along_the_whole_wall_are_no_furniture(empty: DrawnRoom):
    box = empty.box
    row = Block(box.x_min, box.x_max, box.y_max - 0.6, box.y_max, 0.9, (0.03, 0.02, 0.02))
    found, labels = look(draw_room(SEED, (row,)))
    ground = labels == Face.FLOOR
    assert (found.things & ground).sum() < 0.02 * ground.sum()
    assert not seen(bare_floor(labels, found), empty, ((box.x_min + box.x_max) / 2, box.y_max - 0.3, 0.0))


@pytest.mark.parametrize("left", [True, False])
def test_a_near_wall_is_no_floor(empty: DrawnRoom, left: bool):
    height, width = empty.pixels.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    away = columns if left else width - 1 - columns
    strip = away < 0.2 * width + 0.08 * (rows - height / 2)
    rough = np.array((120, 125, 150)) + np.random.default_rng(1).normal(0, 6, (height, width, 1))
    pixels = np.where(strip[..., None], np.clip(rough, 0, 255), empty.pixels).astype(np.uint8)
    found, labels = look(empty, cv2.GaussianBlur(pixels, (0, 0), 1.5).astype(np.uint8))
    assert (found.near_walls & strip).sum() > 0.95 * strip.sum()
    assert found.near_walls.sum() < 1.1 * strip.sum()
    assert not (bare_floor(labels, found) & strip).any()


@pytest.mark.long
def test_ordinary_rooms_have_no_near_walls():
    assert not any(look(draw_room(seed))[0].near_walls.any() for seed in (0, 1, 5, 10))


CLEAR = Features(0.9, 0.4, 0.9, 0.8, floor_share=0.3, occupied=0.0, ground_share=0.3)


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ({"floor_share": 0.03, "ground_share": 0.04}, NO_FLOOR),
        ({"floor_share": 0.03, "occupied": 0.8}, NOT_EMPTY),
        ({"floor_share": 0.15, "occupied": 0.4}, NOT_EMPTY),
        ({"floor_share": 0.03, "unsure": 0.9}, NO_EDGE),
        ({"edge_support": 0.3, "lines_explained": 0.5}, NO_WALLS),
        ({"edge_support": 0.5, "lines_explained": 0.6, "floor_agreement": 0.2}, NO_EDGE),
        ({"receding": 0.0}, NO_WALLS),
        ({"furnishing": Furnishing(0.29, 0.45, 0.49, 0.22)}, NOT_EMPTY),
        ({"furnishing": Furnishing(0.31, 0.63, 0.48, 0.05)}, NOT_EMPTY),
    ],
)
def test_a_refusal_says_what_is_true(features, words):
    with pytest.raises(CannotStage) as refused:
        decline_unreadable(Features(**(vars(CLEAR) | features)))
    assert refused.value.message == words


@pytest.mark.parametrize(
    "honest",
    [
        Furnishing(0.22, 0.41, 0.67, 0.09),  # a courtyard with lawns
        Furnishing(0.32, 0.27, 0.38, 0.08),  # diagonal tiles
        Furnishing(0.40, 0.01, 0.44, 0.03),  # marble below sloping ceilings
        Furnishing(0.17, 0.53, 0.69, 0.10),  # brick over oak
        Furnishing(0.40, 0.10, 0.20, 0.45),  # diagonal tiles in the dark
        Furnishing(0.05, 0.04, 0.52, 0.27),  # glass all around
    ],
)
def test_what_makes_one_measure_large_is_no_furniture(honest):
    decline_unreadable(Features(**(vars(CLEAR) | {"furnishing": honest})))


def test_what_does_not_look_like_furniture_is_no_reason_to_refuse():
    decline_unreadable(Features(**(vars(CLEAR) | {"unsure": 0.4, "floor_share": 0.18})))


def test_what_stands_there_is_told():
    for changed, told in (
        ({"occupied": 0.05}, True),
        ({"furnishing": Furnishing(0.2, 0.35, 0.45, 0.0)}, True),
        ({"furnishing": Furnishing(0.3, 0.1, 0.6, 0.3)}, False),
        ({}, False),
    ):
        assert (THINGS_STAND in warnings(0.9, 0.9, Features(**(vars(CLEAR) | changed)))) is told


def test_what_is_cut_off_from_the_floor_is_no_floor():
    """A strip beyond a rail that was taken for the floor's edge; but an island leaves the floor around it one."""
    labels = np.full((120, 160), Face.Y_MAX, np.uint8)
    labels[40:] = Face.FLOOR
    nothing = np.zeros(labels.shape, bool)
    wall, island = nothing.copy(), nothing.copy()
    wall[50:75] = True
    island[50:75, 40:100] = True
    for unsure, beyond in ((nothing, True), (wall, False), (island, True)):
        bare = bare_floor(labels, Occluders(nothing, nothing, unsure))
        assert bare[42, 10] == beyond
        assert bare[110, 10]
