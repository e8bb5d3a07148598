"""Openings on a plain wall: what changed within a frame, and what is framed like a window."""

import cv2
import numpy as np
import pytest

from realstaging.fidelity.examination import examine
from realstaging.fidelity.report import Kind

WALL, FRAME, WOOD = (190, 178, 160), (250, 250, 250), (150, 120, 80)


def wall():
    """A wall with grain above a floor of boards."""
    rng = np.random.default_rng(3)
    picture = np.empty((600, 900, 3), np.uint8)
    picture[:] = WALL
    picture[430:] = (96, 66, 44)
    for board in range(0, 900, 60):
        cv2.line(picture, (450 + (board - 450) * 2, 600), (board, 430), (60, 40, 28), 2)
    cv2.rectangle(picture, (0, 412), (900, 430), (235, 235, 232), -1)
    return np.clip(picture + rng.normal(0, 2, picture.shape), 0, 255).astype(np.uint8)


def window(picture, left, top, seed):
    """A sash of 180 by 200 pixels with a bar, and a view."""
    view = np.random.default_rng(seed).integers(60, 230, (6, 6, 3), dtype=np.uint8)
    result = picture.copy()
    result[top : top + 200, left : left + 180] = cv2.resize(view, (180, 200), interpolation=cv2.INTER_CUBIC)
    cv2.rectangle(result, (left, top), (left + 180, top + 200), FRAME, 9)
    cv2.line(result, (left + 90, top), (left + 90, top + 200), FRAME, 9)
    return result


def with_table(picture):
    result = picture.copy()
    result[420:560, 560:800] = (70, 60, 90)
    return result


def pictures_in_frames(picture):
    result = picture.copy()
    for left in (560, 655):
        cv2.rectangle(result, (left, 130), (left + 80, 260), (240, 236, 225), -1)
        cv2.circle(result, (left + 40, 195), 24, (60, 90, 120), -1)
        cv2.rectangle(result, (left, 130), (left + 80, 260), WOOD, 4)
    return result


@pytest.fixture(scope="module")
def photo():
    return window(wall(), 150, 120, seed=1)


def refused(photo, staged):
    return {region.kind for region in examine(photo, staged).regions if not region.kept}


def test_furniture_and_pictures_in_frames_are_no_openings(photo):
    assert refused(photo, pictures_in_frames(with_table(photo))) == set()


def test_another_view_stays_within_its_frame(photo):
    assert refused(photo, with_table(window(wall(), 150, 120, seed=8))) == {Kind.OPENING}


def test_a_new_window_has_bars(photo):
    assert refused(photo, with_table(window(photo, 600, 120, seed=5))) == {Kind.INVENTED}


def test_a_window_that_is_gone_leaves_wall(photo):
    assert refused(photo, with_table(wall())) == {Kind.REMOVED}
