"""Light is taken from where the photo shows it, and windows are brighter than paper white."""

from __future__ import annotations

import numpy as np
import pytest

from realstaging.engines.local.light import FACE_NAMES, WINDOW_BOOST, to_linear, to_srgb, write_light
from realstaging.engines.local.room.reading import Box, Face
from tests.engines.local.rooms import COLOURS, picture, reading

BOX = Box(-2.0, 2.2, -1.0, 5.0, 2.6)


def test_srgb_there_and_back_is_the_same_byte():
    every = np.arange(256, dtype=np.uint8)[:, None, None].repeat(3, axis=2)
    assert (np.round(to_srgb(to_linear(every)) * 255) == every).all()


@pytest.fixture
def light(tmp_path):
    room = reading(BOX)
    write_light(picture(room), room, tmp_path / "light.npz")
    return np.load(tmp_path / "light.npz")


@pytest.mark.parametrize("face", [Face.FLOOR, Face.X_MIN, Face.X_MAX])
def test_a_face_sends_out_what_the_photo_shows_of_it(light, face):
    shown = to_linear(np.array(COLOURS[face], np.uint8))
    texture = light[FACE_NAMES[face]]
    assert np.median(texture.reshape(-1, 3), axis=0) == pytest.approx(shown, rel=0.02)


def test_what_the_photo_does_not_show_is_filled(light):
    assert light["y_min"].min() > 0.2
    assert light["y_min"].shape[2] == 3


def test_the_floor_reflects_less_than_the_walls(light):
    assert (light["floor_albedo"] > 0.03).all()
    assert (light["floor_albedo"] < 0.6).all()


def test_a_clipped_window_is_brighter_than_the_photo_can_say(tmp_path):
    room = reading(BOX)
    photo = picture(room)
    far = np.argwhere(room.labels == Face.Y_MAX)
    (y0, x0), (y1, x1) = far.min(axis=0), far.max(axis=0)
    third = (x1 - x0) // 3
    photo[y0:y1, x0 + third : x1 - third] = 255
    write_light(photo, room, tmp_path / "light.npz")
    wall = np.load(tmp_path / "light.npz")["y_max"]
    assert wall.max() == pytest.approx(WINDOW_BOOST, rel=0.05)
    assert np.median(wall) < 1
