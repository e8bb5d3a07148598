"""A room as a box, a camera in it, and what the camera's rays meet.

The world is right-handed: X to the right, Y into the room, Z up, the floor at z = 0 and the camera above the origin.
A camera looks along its third row: ``rotation`` turns world directions into (right, down, forward).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]
Wall = Literal["X-", "X+", "Y-", "Y+"]
# A ray that comes nearer to a plane than so much a metre runs along it.
ALONG: Final = 1e-9


class Face(IntEnum):
    """A face of the box."""

    FLOOR = 0
    CEILING = 1
    X_MIN = 2
    X_MAX = 3
    Y_MIN = 4
    Y_MAX = 5


WALL_OF_FACE: Final[dict[Face, Wall]] = {Face.X_MIN: "X-", Face.X_MAX: "X+", Face.Y_MIN: "Y-", Face.Y_MAX: "Y+"}


class Kind(StrEnum):
    """What is in a wall."""

    WINDOW = "window"
    DOOR = "door"
    DOORWAY = "doorway"
    CLOSET = "closet"
    FIREPLACE = "fireplace"
    RADIATOR = "radiator"
    BUILTIN = "builtin"


@dataclass(frozen=True)
class Camera:
    """A pinhole camera at (0, 0, ``height``) metres; focal length and principal point in pixels."""

    rotation: Floats
    height: float
    focal: float
    cx: float
    cy: float

    @property
    def position(self) -> Floats:
        """The optical centre, metres, shape (3,)."""
        return np.array([0.0, 0.0, self.height])

    def rays(self, width: int, height: int) -> Floats:
        """Unit world directions (height, width, 3) that the pixels of a picture see."""
        columns, rows = np.meshgrid(np.arange(width), np.arange(height))
        inward = (np.stack([columns, rows], axis=-1).astype(float) - (self.cx, self.cy)) / self.focal
        directions = np.concatenate([inward, np.ones_like(inward[..., :1])], axis=-1) @ self.rotation
        return np.asarray(directions / np.linalg.norm(directions, axis=-1, keepdims=True))

    def project(self, points: Floats) -> Floats:
        """Pixels (..., 2) of world points (..., 3) in metres; NaN for points behind the camera."""
        intrinsics = np.array([[self.focal, 0.0, self.cx], [0.0, self.focal, self.cy], [0.0, 0.0, 1.0]])
        homogeneous = (np.asarray(points, float) - self.position) @ (intrinsics @ self.rotation).T
        depth = np.where(homogeneous[..., 2:] > 1e-6, homogeneous[..., 2:], np.nan)
        return np.asarray(homogeneous[..., :2] / depth)

    def rescaled(self, factor: float) -> Camera:
        """The same camera for the picture resized by ``factor`` (pixel centres at half-integers)."""
        cx, cy = ((middle + 0.5) * factor - 0.5 for middle in (self.cx, self.cy))
        return Camera(self.rotation, self.height, self.focal * factor, cx, cy)


def rotation(yaw: float, pitch: float, roll: float = 0.0) -> Floats:
    """World to camera (right, down, forward), radians. Positive pitch looks up, positive yaw looks to the right of +Y."""
    level = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    turn = np.array([[math.cos(yaw), -math.sin(yaw), 0], [math.sin(yaw), math.cos(yaw), 0], [0, 0, 1]])
    tip = np.array([[1, 0, 0], [0, math.cos(pitch), math.sin(pitch)], [0, -math.sin(pitch), math.cos(pitch)]])
    lean = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    return np.asarray(lean @ tip @ level @ turn)


@dataclass(frozen=True)
class Box:
    """The room as a box standing on z = 0, metres."""

    x_min: float
    x_max: float
    y_min: float
    y_max: float
    ceiling: float

    def wall_length(self, wall: Wall) -> float:
        """Length of a wall, metres."""
        return self.y_max - self.y_min if wall[0] == "X" else self.x_max - self.x_min

    def wall_point(self, wall: Wall, t: Floats, z: Floats) -> Floats:
        """World points (..., 3) at ``t`` metres along a wall (from its lesser end) and ``z`` metres up."""
        t, z = np.broadcast_arrays(np.asarray(t, float), np.asarray(z, float))
        if wall[0] == "X":
            return np.stack([np.full_like(t, self.x_min if wall == "X-" else self.x_max), self.y_min + t, z], axis=-1)
        return np.stack([self.x_min + t, np.full_like(t, self.y_min if wall == "Y-" else self.y_max), z], axis=-1)


@dataclass(frozen=True)
class Opening:
    """A rectangle of a wall: ``t0``-``t1`` metres along it (see ``Box.wall_point``), ``z0``-``z1`` metres up."""

    wall: Wall
    t0: float
    t1: float
    z0: float
    z1: float
    kind: Kind
    confidence: float = 1.0
    """What a reading would say of it: 1 where it is there for certain."""


@dataclass(frozen=True)
class Slope:
    """A ceiling that comes down towards a side wall: its height there, and how it rises away from it (metres per metre)."""

    wall: Wall
    knee: float
    rise: float


@dataclass(frozen=True)
class Truth:
    """What a picture shows, exactly."""

    camera: Camera
    box: Box
    openings: tuple[Opening, ...]


class Met(NamedTuple):
    """Where rays meet a box first: faces (...), points (..., 3) and distances (...)."""

    face: NDArray[np.int_]
    point: Floats
    reach: Floats


def met(box: Box, camera: Camera, rays: Floats) -> Met:
    """What rays (..., 3) from a camera in a box meet."""
    planes = np.array([0, box.ceiling, box.x_min, box.x_max, box.y_min, box.y_max])
    axis = np.array([2, 2, 0, 0, 1, 1])
    outward = np.array([-1, 1, -1, 1, -1, 1])
    along = rays[..., axis]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = np.where(along * outward > ALONG, (planes - camera.position[axis]) / along, np.inf)
    nearest = reach.min(axis=-1)
    return Met(reach.argmin(axis=-1), camera.position + rays * nearest[..., None], nearest)


def faces(box: Box, camera: Camera, width: int, height: int) -> Pixels:
    """The ``Face`` behind every pixel of a picture, (height, width)."""
    return met(box, camera, camera.rays(width, height)).face.astype(np.uint8)


def encoded(linear: NDArray[np.floating]) -> NDArray[np.floating]:
    """SRGB in 0-1 of linear light (IEC 61966-2-1)."""
    curve = 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    return np.asarray(np.clip(np.where(linear <= 0.0031308, linear * 12.92, curve), 0, 1))
