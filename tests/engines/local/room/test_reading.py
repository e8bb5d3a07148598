from __future__ import annotations

import math

import numpy as np
import pytest

from realstaging.engines.local.room.reading import Box, Camera


def level_camera() -> Camera:
    """Looks along +Y from 1.5 m up."""
    return Camera(np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]), 1.5, 700.0, 500.0, 375.0)


def test_points_on_the_floor_come_back_from_their_pixels():
    camera = level_camera()
    points = np.array([[0.3, 2.0, 0.0], [-1.2, 4.0, 0.0]])
    assert camera.floor_point(camera.project(points)) == pytest.approx(points)


def test_the_optical_axis_hits_the_principal_point_and_right_is_right():
    pixels = level_camera().project(np.array([[0.0, 3.0, 1.5], [1.0, 3.0, 1.5], [0.0, 3.0, 2.5]]))
    assert pixels[0] == pytest.approx([500, 375])
    assert pixels[1, 0] > 500
    assert pixels[2, 1] < 375


def test_nothing_behind_the_camera_or_above_the_horizon_is_on_the_floor():
    camera = level_camera()
    assert np.isnan(camera.project(np.array([0.0, -1.0, 0.0]))).all()
    assert np.isnan(camera.floor_point(np.array([500.0, 100.0]))).all()


def test_a_resized_picture_sees_the_same_rays():
    camera = level_camera()
    half = camera.rescaled(0.5)
    assert half.ray(np.array([99.75, 49.75])) == pytest.approx(camera.ray(np.array([200.0, 100.0])))


@pytest.mark.parametrize(("wall", "expected"), [("X-", (-1, 0.5, 1)), ("Y+", (-0.5, 5, 1))])
def test_wall_coordinates_start_at_the_near_or_left_corner(wall, expected):
    box = Box(-1, 3, 0, 5, 2.5)
    point = box.wall_point(wall, 0.5, 1.0)
    assert point == pytest.approx(expected)
    assert not math.isclose(box.wall_length("X-"), box.wall_length("Y-"))
