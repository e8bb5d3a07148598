"""What one photo says about its room, in metres, and the projections that go with it.

The world is right-handed: X to the right, Y into the room, Z up, the floor at z = 0 and the camera above the origin.
A camera looks along its third row: ``rotation`` turns world directions into (right, down, forward).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Wall = Literal["X-", "X+", "Y-", "Y+"]
WALLS: tuple[Wall, ...] = ("X-", "X+", "Y-", "Y+")


class Face(IntEnum):
    """A face of the room box, as numbered in the label map."""

    FLOOR = 0
    CEILING = 1
    X_MIN = 2
    X_MAX = 3
    Y_MIN = 4
    Y_MAX = 5


FACE_OF_WALL: dict[Wall, Face] = {"X-": Face.X_MIN, "X+": Face.X_MAX, "Y-": Face.Y_MIN, "Y+": Face.Y_MAX}


class OpeningKind(StrEnum):
    """What interrupts a wall and so binds the furniture before it."""

    WINDOW = "window"
    DOOR = "door"
    DOORWAY = "doorway"
    CLOSET = "closet"
    FIREPLACE = "fireplace"
    RADIATOR = "radiator"
    BUILTIN = "builtin"


@dataclass(frozen=True)
class Camera:
    """A pinhole camera at (0, 0, ``height``) metres; focal length and principal point in pixels of the whole picture."""

    rotation: Floats
    height: float
    focal: float
    cx: float
    cy: float

    @property
    def position(self) -> Floats:
        """The optical centre, metres, shape (3,)."""
        return np.array([0.0, 0.0, self.height])

    @property
    def intrinsics(self) -> Floats:
        """The 3x3 matrix K that turns camera directions into homogeneous pixels."""
        return np.array([[self.focal, 0.0, self.cx], [0.0, self.focal, self.cy], [0.0, 0.0, 1.0]])

    def depth(self, points: Floats) -> Floats:
        """Distance of world points (..., 3) along the optical axis, metres; negative behind the camera."""
        return np.asarray((np.asarray(points, float) - self.position) @ self.rotation[2])

    def project(self, points: Floats) -> Floats:
        """Pixels (..., 2) of world points (..., 3) in metres; NaN for points behind the camera."""
        homogeneous = (np.asarray(points, float) - self.position) @ (self.intrinsics @ self.rotation).T
        depth = np.where(homogeneous[..., 2:] > 1e-6, homogeneous[..., 2:], np.nan)
        return np.asarray(homogeneous[..., :2] / depth)

    def ray(self, pixels: Floats) -> Floats:
        """Unit world directions (..., 3) seen at pixels (..., 2)."""
        pixels = np.asarray(pixels, float)
        inward = (pixels - (self.cx, self.cy)) / self.focal
        directions = np.concatenate([inward, np.ones_like(inward[..., :1])], axis=-1) @ self.rotation
        return np.asarray(directions / np.linalg.norm(directions, axis=-1, keepdims=True))

    def floor_point(self, pixels: Floats) -> Floats:
        """Where the rays through pixels (..., 2) meet the floor, metres (..., 3); NaN at or above the horizon."""
        directions = self.ray(pixels)
        reach = np.where(directions[..., 2:] < -1e-6, -self.height / np.minimum(directions[..., 2:], -1e-6), np.nan)
        return np.asarray(self.position + directions * reach)

    def rescaled(self, factor: float) -> Camera:
        """The same camera for the picture resized by ``factor`` (pixel centres at half-integers)."""
        return Camera(
            self.rotation,
            self.height,
            self.focal * factor,
            (self.cx + 0.5) * factor - 0.5,
            (self.cy + 0.5) * factor - 0.5,
        )


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

    def at_wall(self, wall: Wall, t: float) -> tuple[float, float]:
        """The floor point at ``t`` metres along a wall, as in `wall_point`: of one number, for plans that ask it of thousands."""
        if wall[0] == "X":
            return (self.x_min if wall == "X-" else self.x_max), self.y_min + t
        return self.x_min + t, (self.y_min if wall == "Y-" else self.y_max)

    def wall_point(self, wall: Wall, t: Floats, z: Floats) -> Floats:
        """World points (..., 3) at ``t`` metres along a wall and ``z`` metres up.

        ``t`` runs from x_min on the Y walls and from y_min on the X walls.
        """
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
    kind: OpeningKind
    """The likeliest."""
    confidence: float
    """Probability (0-1) that it is of this kind."""
    likely: tuple[tuple[OpeningKind, float], ...] = ()
    """Probability of each kind it may be, as the reading has it; what is missing to 1 is bare wall. Empty where nobody measured."""


@dataclass(frozen=True)
class Slope:
    """A ceiling that comes down towards a side wall: its height there, and how it rises away from it (metres per metre)."""

    wall: Wall
    knee: float
    rise: float

    def height(self, box: Box, points: Floats) -> Floats:
        """Metres up to it (...,) over floor points (..., 2)."""
        away = points[..., 0] - box.x_min if self.wall == "X-" else box.x_max - points[..., 0]
        return np.asarray(self.knee + self.rise * away)


@dataclass(frozen=True)
class Lamp:
    """A lamp or a fan that hangs from the ceiling: the floor point below it, metres. ``probability`` (0-1): that it is one."""

    x: float
    y: float
    probability: float


@dataclass(frozen=True)
class Surface:
    """Mean light that leaves a face towards the camera: linear sRGB, 1 = the photo's white."""

    radiance: tuple[float, float, float]
    seen: float
    """Share (0-1) of the face the photo shows."""


@dataclass(frozen=True)
class RoomReading:
    """One photo, read. Pixels are those of the picture that was given, except where a field says working scale."""

    width: int
    height: int
    camera: Camera
    box: Box
    floor_polygon: Floats
    """The floor's outline inside the picture, pixels, shape (N, 2)."""
    labels: NDArray[np.uint8]
    """Face seen at each pixel, working scale (H', W'), values of ``Face``."""
    floor_mask: Mask
    """Bare floor that furniture may stand on, working scale."""
    occluders: Mask
    """Existing objects that stand before floor and walls, working scale."""
    working_scale: float
    """Working pixels per pixel of the picture."""
    surfaces: dict[Face, Surface]
    white_point: tuple[float, float, float]
    """Linear sRGB of a white thing in the room's light, its greatest component 1."""
    scale_confidence: float
    confidence: float
    openings: tuple[Opening, ...] = ()
    keep_clear: tuple[Floats, ...] = ()
    """Polygons on the floor, metres (N, 2), where nothing may stand."""
    registers: tuple[Floats, ...] = ()
    """Grilles in the floor, metres (4, 2), that nothing stands or lies on; one walks over them."""
    slopes: tuple[Slope, ...] = ()
    """Ceilings that slope: nothing stands through them."""
    lamps: tuple[Lamp, ...] = ()
    """What hangs from the ceiling, the surest first: rooms centre on it."""
    warnings: tuple[str, ...] = field(default=())

    def rescaled(self, factor: float) -> RoomReading:
        """The same room in the picture resized by ``factor``."""
        return replace(
            self,
            width=round(self.width * factor),
            height=round(self.height * factor),
            camera=self.camera.rescaled(factor),
            floor_polygon=(self.floor_polygon + 0.5) * factor - 0.5,
            working_scale=self.working_scale / factor,
        )

    def project(self, points: Floats) -> Floats:
        """See ``Camera.project``."""
        return self.camera.project(points)

    def ray(self, pixels: Floats) -> Floats:
        """See ``Camera.ray``."""
        return self.camera.ray(pixels)

    def floor_point(self, pixels: Floats) -> Floats:
        """See ``Camera.floor_point``."""
        return self.camera.floor_point(pixels)
