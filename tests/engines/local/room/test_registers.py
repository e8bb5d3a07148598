"""Grilles in the floor are found by their size and place; stains, joints and shadows are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realstaging.engines.local.room.reading import Box, Face
from realstaging.engines.local.room.registers import find_registers
from tests.engines.local.rooms import reading

BOX = Box(-2.4, 2.6, -1.0, 6.0, 2.6)


def found(
    *spots: tuple[float, float, float, float], turn: float = 0.0, darker: float = 30.0
) -> list[tuple[float, float]]:
    """The middles of what is found where dark rectangles (x, y, width, depth; metres) are on a floor."""
    room = reading(BOX).rescaled(3.0)
    size = room.labels.shape[1] * 3, room.labels.shape[0] * 3
    labels = cv2.resize(room.labels, size, interpolation=cv2.INTER_NEAREST)
    lab = np.zeros((*labels.shape, 3), np.float32)
    lab[..., 0] = np.where(labels == Face.FLOOR, 55.0, 75.0)
    lab[..., 0] += np.random.default_rng(1).normal(0, 1.0, labels.shape)
    for x, y, wide, deep in spots:
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (wide / 2, deep / 2)
        turned = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) + (x, y)
        pixels = room.project(np.column_stack([turned, np.zeros(4)]))
        inside = cv2.fillConvexPoly(np.zeros(labels.shape, np.uint8), np.round(pixels).astype(np.int32), 1) > 0
        lab[inside, 0] -= darker
    registers = find_registers(lab, room.camera, BOX, labels == Face.FLOOR)
    return [(float(corners[:, 0].mean()), float(corners[:, 1].mean())) for corners in registers]


@pytest.mark.parametrize(
    "spot", [(-2.1, 3.5, 0.15, 0.35), (2.2, 3.0, 0.3, 0.15), (0.5, 5.7, 0.35, 0.16), (-1.0, 5.6, 0.4, 0.2)]
)
def test_a_grille_near_a_wall_is_found_once_where_it_is(spot):
    [(x, y)] = found(spot)
    assert x == pytest.approx(spot[0], abs=0.08)
    assert y == pytest.approx(spot[1], abs=0.12)


def test_two_grilles_are_two():
    assert len(found((-2.1, 3.5, 0.15, 0.35), (2.2, 3.5, 0.15, 0.35))) == 2


@pytest.mark.parametrize(
    ("spot", "turn", "darker"),
    [
        ((0.0, 3.5, 0.35, 0.15), 0.0, 30.0),  # in the middle of the room
        ((0.5, 5.93, 0.35, 0.12), 0.0, 30.0),  # a shadow at the wall's foot
        ((-1.9, 3.5, 0.03, 2.0), 0.0, 30.0),  # a joint between boards
        ((-1.9, 3.5, 0.3, 0.3), 0.0, 30.0),  # a square stain
        ((-1.9, 3.5, 0.35, 0.15), 0.7, 30.0),  # something that was left there
        ((-2.0, 3.5, 0.8, 1.5), 0.0, 30.0),  # a mat
        ((-2.1, 3.5, 0.15, 0.35), 0.0, 5.0),  # hardly darker than the floor
    ],
)
def test_what_is_no_grille_is_left(spot, turn, darker):
    assert found(spot, turn=turn, darker=darker) == []


def test_no_floor_no_grille():
    assert find_registers(np.zeros((20, 30, 3), np.float32), reading(BOX).camera, BOX, np.zeros((20, 30), bool)) == ()
