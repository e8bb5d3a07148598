"""A wall seen straight on: the door's leaf in the middle, its way on the floor below."""

import numpy as np
import pytest

from realstaging.fidelity.blocked import blocked_share
from realstaging.fidelity.report import Door

HEIGHT, WIDTH = 200, 300
DOOR = Door(
    leaf=((0.4, 0.5), (0.6, 0.5), (0.6, 0.6), (0.4, 0.6)),
    way=((0.4, 0.6), (0.6, 0.6), (0.62, 0.75), (0.38, 0.75)),
)


def furniture(left, top, right, bottom):
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[top:bottom, left:right] = True
    return mask


@pytest.mark.parametrize(
    ("what", "mask", "share"),
    [
        ("a wardrobe before it", furniture(110, 40, 190, 140), 1.0),
        ("a chair before half of it", furniture(120, 90, 150, 140), 0.5),
        ("a rug before it", furniture(100, 125, 200, 145), 0.0),
        ("a sofa far from it that hides it", furniture(100, 90, 200, 190), 0.0),
        ("a chest beside it", furniture(10, 80, 100, 140), 0.0),
        ("nothing", furniture(0, 0, 0, 0), 0.0),
    ],
)
def test_what_stands_in_a_doors_way(what, mask, share):
    assert blocked_share(mask, [DOOR]) == pytest.approx(share, abs=0.1), what


def test_the_worst_door_counts():
    beside = Door(
        leaf=((0.7, 0.5), (0.9, 0.5), (0.9, 0.6), (0.7, 0.6)), way=((0.7, 0.6), (0.9, 0.6), (0.9, 0.7), (0.7, 0.7))
    )
    assert blocked_share(furniture(110, 40, 190, 140), [beside, DOOR]) == pytest.approx(1.0, abs=0.05)
    assert blocked_share(furniture(110, 40, 190, 140), []) == 0


def test_a_door_of_which_a_sliver_is_seen_tells_nothing():
    sliver = Door(
        leaf=((0.0, 0.5), (0.01, 0.5), (0.01, 0.6), (0.0, 0.6)), way=((0.0, 0.6), (0.01, 0.6), (0.01, 0.7), (0, 0.7))
    )
    assert blocked_share(furniture(0, 40, 50, 125), [sliver]) == 0


def test_a_door_beside_the_camera_is_no_reason_to_fail():
    beyond = Door(leaf=((-90.0, 5), (-80, 5), (-80, 9), (-90, 9)), way=((-90.0, 9), (-80, 9), (-70, 20), (-95, 20)))
    assert blocked_share(furniture(110, 40, 190, 140), [beyond]) == 0
