"""Sloping ceilings, found by the lines that they leave on the far wall."""

from __future__ import annotations

import numpy as np
import pytest

from realstaging.engines.local.room.reading import Box
from realstaging.engines.local.room.scale import DOOR_HEAD, ceiling_cue, door_cues, estimate_scale
from realstaging.engines.local.room.segments import Segments
from realstaging.engines.local.room.slopes import find_slopes
from tests.engines.local.rooms import camera

BOX = Box(-2.0, 2.4, -1.0, 5.0, 2.6)
ASKEW, ALONG_X = -1, 0


def slopes(*lines, axis: int = ASKEW, box: Box = BOX):
    """What is found from lines on the far wall: (x, z) to (x, z), metres."""
    view = camera()
    points = np.array([[(x, box.y_max, z) for x, z in line] for line in lines])
    ends = view.project(points).reshape(-1, 4)
    weight = np.full(len(ends), 1 / len(ends))
    return find_slopes(view, box, Segments(ends, weight), np.full(len(ends), axis))


def test_a_gable_has_two_slopes():
    left, right = slopes([(-2.0, 1.1), (-0.5, 2.6)], [(2.4, 1.3), (1.1, 2.6)])
    assert (left.wall, right.wall) == ("X-", "X+")
    assert left.knee == pytest.approx(1.1, abs=0.05)
    assert left.rise == pytest.approx(1.0, abs=0.05)
    assert right.knee == pytest.approx(1.3, abs=0.05)
    assert left.height(BOX, np.array([-1.0, 3.0])) == pytest.approx(2.1, abs=0.05)


def test_an_edge_in_pieces_is_one_slope():
    [slope] = slopes([(-1.9, 1.2), (-1.5, 1.6)], [(-1.2, 1.9), (-0.6, 2.5)])
    assert slope.knee == pytest.approx(1.1, abs=0.05)


@pytest.mark.parametrize(
    "line",
    [
        [(-2.0, 1.1), (1.5, 1.6)],  # nearly level: a rail seen a little off
        [(-2.0, 0.1), (-1.6, 0.5)],  # something leaning on the wall
        [(-2.0, 1.1), (-1.8, 1.3)],  # a short stroke: a shadow, a sconce
        [(0.2, 1.0), (1.2, 2.0)],  # sun on the wall, which would meet the floor before the side wall
        [(-2.0, 2.4), (-1.0, 3.4)],  # a vault above everything
    ],
)
def test_other_lines_are_no_slopes(line):
    assert slopes(line) == ()


def test_lines_along_the_room_are_no_slopes():
    assert slopes([(-2.0, 1.1), (-0.5, 2.6)], axis=ALONG_X) == ()


def test_a_ceiling_that_nobody_sees_does_not_outvote_a_door():
    """The door says that the camera stood 1.3 m up; what was taken for a ceiling would be 3.4 m high."""
    heights = {}
    for support in (0.05, 0.8):
        door = door_cues([(DOOR_HEAD / 1.3, 0.9)], 2.6, support)
        heights[support] = estimate_scale([ceiling_cue(2.6, support), *door]).camera_height
    assert heights[0.05] == pytest.approx(1.3, abs=0.04)
    assert heights[0.8] < 1.15, "a ceiling that is seen, and contradicted by one door only, is believed"
