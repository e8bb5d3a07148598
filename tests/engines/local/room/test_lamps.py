"""What hangs from the ceiling is found by its size and by how it hangs; what lies in the ceiling is no lamp."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realstaging.engines.local.room.lamps import find_lamps
from realstaging.engines.local.room.reading import Box, Face
from tests.engines.local.rooms import camera, reading

BOX = Box(-2.4, 2.6, -1.0, 6.0, 2.6)
LEVEL = camera(pitch=-0.05)


class Ceiling:
    """A picture of an empty room, its ceiling a little uneven, that things are drawn into."""

    def __init__(self) -> None:
        self.room = reading(BOX, view=LEVEL).rescaled(3.0)
        small = self.room.labels
        size = small.shape[1] * 3, small.shape[0] * 3
        self.labels = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
        self.lab = np.zeros((*self.labels.shape, 3), np.float32)
        self.lab[..., 0] = np.where(self.labels == Face.CEILING, 86.0, 70.0) + np.linspace(-3, 3, size[0])
        self.lab[..., 0] += np.random.default_rng(1).normal(0, 1.0, self.labels.shape)

    def draw(self, points: list[tuple[float, float, float]], lightness: float = 30.0) -> None:
        """The outline around points in the room, metres."""
        pixels = np.round(self.room.project(np.array(points))).astype(np.int32)
        inside = cv2.fillConvexPoly(np.zeros(self.labels.shape, np.uint8), cv2.convexHull(pixels), 1) > 0
        self.lab[inside, 0] = lightness

    def hang(self, x: float, y: float, wide: float, top: float, low: float) -> None:
        """A round body between two heights."""
        around = np.linspace(0, 2 * np.pi, 24)
        self.draw(
            [(x + wide / 2 * np.cos(a), y + wide / 2 * np.sin(a), z) for a in around.tolist() for z in (top, low)]
        )

    def lie(self, x: float, y: float, wide: float, deep: float) -> None:
        """Flat in the ceiling."""
        self.draw([(x + a * wide / 2, y + b * deep / 2, BOX.ceiling) for a in (-1, 1) for b in (-1, 1)])

    def lamps(self):
        return find_lamps(self.lab, self.room.camera, BOX, self.labels)


def pendant(x: float, y: float) -> Ceiling:
    room = Ceiling()
    room.hang(x, y, 0.12, 2.6, 2.55)
    room.hang(x, y, 0.035, 2.6, 1.95)
    room.hang(x, y, 0.55, 1.95, 1.7)
    return room


@pytest.mark.parametrize(("x", "y"), [(0.0, 3.0), (-0.9, 3.6), (0.8, 2.8)])
def test_the_floor_below_a_chandelier_is_known(x, y):
    [lamp] = pendant(x, y).lamps()
    assert lamp.x == pytest.approx(x, abs=0.12)
    assert lamp.y == pytest.approx(y, abs=0.4)
    assert lamp.probability > 0.6


def test_a_fan_hangs_below_its_middle():
    room = Ceiling()
    room.hang(0.3, 3.4, 0.1, 2.6, 2.3)
    for turn in np.linspace(0.2, 0.2 + 2 * np.pi, 5, endpoint=False).tolist():
        along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        corners = [np.array([0.3, 3.4]) + out * along + side * across for out in (0.1, 0.65) for side in (-0.07, 0.07)]
        room.draw([(*corner.tolist(), z) for corner in corners for z in (2.31, 2.29)])
    [lamp] = room.lamps()
    assert (lamp.x, lamp.y) == (pytest.approx(0.3, abs=0.15), pytest.approx(3.4, abs=0.5))


def test_a_bowl_at_the_ceiling_is_a_lamp():
    room = Ceiling()
    room.hang(0.2, 3.2, 0.4, 2.6, 2.42)
    assert len(room.lamps()) == 1


@pytest.mark.parametrize(
    "things",
    [
        [],
        [(0.5, 3.0, 0.4, 0.2)],  # a grille
        [(-0.8, 3.0, 0.14, 0.14), (0.8, 3.0, 0.14, 0.14), (0.0, 4.0, 0.12, 0.12)],  # downlights, a smoke detector
        [(0.1, 4.0, 4.9, 0.3)],  # a beam across
        [(2.5, 3.5, 0.15, 4.0)],  # a moulding
        [(0.1, 3.2, 1.1, 1.1)],  # a skylight
        [(-2.2, 4.0, 0.3, 0.3)],  # at a wall
    ],
)
def test_what_lies_in_the_ceiling_is_no_lamp(things):
    room = Ceiling()
    for thing in things:
        room.lie(*thing)
    assert room.lamps() == ()


def test_no_ceiling_no_lamp():
    room = pendant(0.0, 3.0)
    room.labels[room.labels == Face.CEILING] = Face.Y_MAX
    assert room.lamps() == ()
