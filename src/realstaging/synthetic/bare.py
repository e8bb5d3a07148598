"""Boxes with openings, in flat colours: rooms as a faultless reading would have them, for planning in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from realstaging.synthetic.geometry import (
    Box,
    Camera,
    Face,
    Floats,
    Kind,
    Opening,
    Pixels,
    Slope,
    Wall,
    faces,
    rotation,
)

SEEN: Final[tuple[Wall, ...]] = ("X-", "X+", "Y+")
"""Walls that have openings: nobody sees the one behind the camera."""
COLOURS: Final = {
    Face.FLOOR: (150, 110, 80),
    Face.CEILING: (235, 235, 235),
    Face.X_MIN: (205, 203, 200),
    Face.X_MAX: (215, 213, 210),
    Face.Y_MIN: (200, 200, 200),
    Face.Y_MAX: (225, 223, 220),
}
SLOPING: Final = 0.12
"""Share of the rooms with a sloping ceiling."""
THINGS: Final = 0.25
"""Share of the rooms in which something stands."""
KITCHEN_SURE: Final = 0.9
"""Probability that a reading gives to cupboards all along a wall."""


@dataclass(frozen=True)
class BareRoom:
    """``size``: width and height in pixels. ``things``: polygons on the floor, metres (N, 2), where something stands."""

    size: tuple[int, int]
    camera: Camera
    box: Box
    openings: tuple[Opening, ...] = ()
    things: tuple[Floats, ...] = ()
    slopes: tuple[Slope, ...] = ()

    @property
    def faces(self) -> Pixels:
        """The face behind every pixel, (height, width)."""
        return faces(self.box, self.camera, *self.size)


def draw_room(seed: int, size: tuple[int, int]) -> BareRoom:
    """A room as the reading of a photo might tell it: a box, up to five openings, sometimes something that stands there."""
    rng = np.random.default_rng(seed)
    left = rng.uniform(0.6, 4.0)
    box = Box(-left, rng.uniform(max(0.4, 2.4 - left), 4.0), -1.0, rng.uniform(2.8, 9.0), rng.uniform(2.3, 3.1))
    openings = tuple(_opening(rng, box) for _ in range(int(rng.integers(0, 6))))
    height, focal, yaw, pitch = (rng.uniform(*span) for span in ((1.05, 1.55), (0.42, 0.62), (-0.5, 0.5), (0.0, 0.18)))
    view = camera(size, height=height, focal=focal, yaw=yaw, pitch=pitch)
    things = (_thing(rng, box),) if rng.random() < THINGS else ()
    return BareRoom(size, view, box, openings, things, (_slope(rng),) if rng.random() < SLOPING else ())


def draw_kitchen(seed: int, size: tuple[int, int]) -> BareRoom:
    """A kitchen: cupboards along one or two walls, a window or a door in the others."""
    rng = np.random.default_rng(seed)
    wide, deep, left = rng.uniform(2.2, 4.8), rng.uniform(3.0, 6.5), rng.uniform(0.25, 0.75)
    box = Box(-left * wide, (1 - left) * wide, -rng.uniform(0.3, 1.2), deep, rng.uniform(2.4, 2.8))
    walls = [SEEN[place] for place in rng.permutation(len(SEEN)).tolist()]
    fitted = int(rng.integers(1, 3))
    openings = [_cupboards(rng, box, wall) for wall in walls[:fitted]]
    for wall in walls[fitted:]:
        openings += _light_and_way(rng, box, wall)
    height, focal, yaw, pitch = (rng.uniform(*span) for span in ((1.2, 1.5), (0.42, 0.6), (-0.5, 0.5), (0.0, 0.12)))
    view = camera(size, height=height, focal=focal, yaw=yaw, pitch=pitch)
    return BareRoom(size, view, box, tuple(openings))


def camera(
    size: tuple[int, int], *, height: float = 1.3, focal: float = 0.55, yaw: float = 0.0, pitch: float = 0.08
) -> Camera:
    """Looks ``yaw`` rad to the right and ``pitch`` rad down; ``focal`` in picture widths, ``height`` in metres."""
    width, tall = size
    return Camera(rotation(yaw, -pitch), height, focal * width, width / 2, tall / 2)


def picture(labels: Pixels) -> Pixels:
    """What shows those faces, in flat colours, (h, w, 3)."""
    return np.array([COLOURS[face] for face in Face], np.uint8)[labels]


def _opening(rng: np.random.Generator, box: Box) -> Opening:
    wall = SEEN[int(rng.integers(len(SEEN)))]
    kind = list(Kind)[int(rng.integers(len(Kind)))]
    width = min(rng.uniform(0.4, 2.8), box.wall_length(wall))
    t0 = rng.uniform(0, box.wall_length(wall) - width)
    low = rng.uniform(0, 1.1) if kind is Kind.WINDOW else 0.0
    high = rng.uniform(0.7, 1.1) if kind is Kind.RADIATOR else rng.uniform(1.9, 2.2)
    return Opening(wall, t0, t0 + width, low, high, kind, round(rng.uniform(0.4, 0.98), 2))


def _cupboards(rng: np.random.Generator, box: Box, wall: Wall) -> Opening:
    length = box.wall_length(wall)
    return Opening(
        wall, rng.uniform(0, 0.3) * length, rng.uniform(0.75, 1.0) * length, 0.0, 2.0, Kind.BUILTIN, KITCHEN_SURE
    )


def _light_and_way(rng: np.random.Generator, box: Box, wall: Wall) -> list[Opening]:
    """A window in the first half of a wall, a door at its far end, both or none."""
    length, found = box.wall_length(wall), []
    if rng.random() < 0.6:
        found.append(Opening(wall, 0.1 * length, 0.1 * length + rng.uniform(0.7, 1.1), 0.9, 2.0, Kind.WINDOW, 0.95))
    if rng.random() < 0.3:
        found.append(Opening(wall, length - 0.95, length - 0.15, 0.0, 2.03, Kind.DOOR, 0.9))
    return found


def _slope(rng: np.random.Generator) -> Slope:
    wall = SEEN[int(rng.integers(2))]
    return Slope(wall, float(rng.uniform(0.8, 1.6)), float(rng.uniform(0.5, 1.2)))


def _thing(rng: np.random.Generator, box: Box) -> Floats:
    """A rectangle at any angle, cut off where it would be outside."""
    x, y = rng.uniform(box.x_min, box.x_max), rng.uniform(1.0, box.y_max)
    wide, deep = (float(side) for side in rng.uniform(0.3, 1.2, 2))
    turn = rng.uniform(0, math.pi)
    axes = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    corners = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (wide, deep) @ axes + (x, y)
    return np.asarray(np.clip(corners, (box.x_min, box.y_min), (box.x_max, box.y_max)))
