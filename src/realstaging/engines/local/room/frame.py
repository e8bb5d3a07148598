"""The directions of the room: focal length, where the camera looks, and which way the walls run.

A room's edges run along three axes at right angles (Coughlan and Yuille, Manhattan World, 1999). Agency photos have
their verticals straightened afterwards, which moves the horizon off the middle; phone photos are tilted instead. Both
are searched.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from realstaging.engines.local.room.reading import Camera, Floats
from realstaging.engines.local.room.segments import Segments

TOLERANCE = math.sin(math.radians(1.5))
FOCALS = np.geomspace(0.34, 1.3, 13)
FAR_BEHIND = 0.85
"""Frames that explain less than this share of what the best one explains are not worth a box."""
YAWS = np.radians(np.arange(-45.0, 45.0, 1.5))


@dataclass(frozen=True)
class Frame:
    """Focal length and horizon as shares of the longer side and the height; angles in radians; ``score`` 0-1."""

    focal: float
    yaw: float
    pitch: float
    roll: float
    horizon: float
    score: float

    @property
    def parameters(self) -> tuple[float, float, float, float, float]:
        return self.focal, self.yaw, self.pitch, self.roll, self.horizon

    def camera(self, width: int, height: int) -> Camera:
        """The camera of a picture of this size, one unit above the floor."""
        return Camera(
            rotation(self.yaw, self.pitch, self.roll),
            1.0,
            self.focal * max(width, height),
            width / 2 - 0.5,
            self.horizon * height - 0.5,
        )


def rotation(yaw: float, pitch: float, roll: float) -> Floats:
    """World to camera (right, down, forward). Positive pitch looks up, positive yaw looks to the right of +Y."""
    level = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    turn = np.array([[math.cos(yaw), -math.sin(yaw), 0], [math.sin(yaw), math.cos(yaw), 0], [0, 0, 1]])
    tip = np.array([[1, 0, 0], [0, math.cos(pitch), math.sin(pitch)], [0, -math.sin(pitch), math.cos(pitch)]])
    lean = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    return np.asarray(lean @ tip @ level @ turn)


def find_frames(segments: Segments, width: int, height: int, most: int = 2) -> list[Frame]:
    """The likeliest frames, best first; empty when there are too few lines to tell."""
    if len(segments) < 8:
        return []
    search = _Search(segments, width, height)
    starts = search.starts()
    refined = sorted((search.refined(start) for start in starts), key=lambda frame: -frame.score)
    kept: list[Frame] = []
    for frame in refined:
        if frame.score > FAR_BEHIND * refined[0].score and all(_differ(frame, other) for other in kept):
            kept.append(frame)
    return kept[:most]


def axes_of(segments: Segments, camera: Camera) -> NDArray[np.int_]:
    """The axis (0 X, 1 Y, 2 Z) each segment runs along, -1 for none; (N,)."""
    vanishing = (camera.intrinsics @ camera.rotation).T
    error = _errors(vanishing, segments.middle, segments.direction)
    return np.where(error.min(axis=0) < math.sin(math.radians(2.2)), error.argmin(axis=0), -1)


def _errors(vanishing: Floats, middle: Floats, direction: Floats) -> Floats:
    """Sine of the angle between segments (N,) and their direction to homogeneous points (..., 3): (..., N)."""
    x = vanishing[..., 0:1] - vanishing[..., 2:3] * middle[:, 0]
    y = vanishing[..., 1:2] - vanishing[..., 2:3] * middle[:, 1]
    return np.asarray(np.abs(x * direction[:, 1] - y * direction[:, 0]) / (np.hypot(x, y) + 1e-9))


def _differ(one: Frame, other: Frame) -> bool:
    turn = abs(one.yaw - other.yaw)
    return min(turn, math.pi / 2 - turn) > math.radians(4) or abs(one.horizon - other.horizon) > 0.06


class _Search:
    """All frames on a coarse grid, the best of them refined (Nelder-Mead)."""

    def __init__(self, segments: Segments, width: int, height: int) -> None:
        self.segments, self.width, self.height = segments, width, height
        self.long_side = max(width, height)
        strongest = np.argsort(-segments.weight, kind="stable")[:220]
        self.few = Segments(segments.ends[strongest], segments.weight[strongest])

    def starts(self) -> list[Frame]:
        found: list[Frame] = []
        for pitch_of_focal, roll, horizons in self._tilts():
            for focal in FOCALS:
                pitch = pitch_of_focal(float(focal))
                if abs(pitch) > math.radians(35):
                    continue
                for horizon in horizons:
                    found += self._best_yaws(float(focal), pitch, roll, float(horizon))
        found.sort(key=lambda frame: -frame.score)
        kept: list[Frame] = []
        for frame in found:
            if all(_differ(frame, other) for other in kept):
                kept.append(frame)
            if len(kept) == 6:
                break
        return kept

    def _tilts(self) -> list[tuple[Callable[[float], float], float, Floats]]:
        """Pitch (given the focal length), roll and principal rows worth trying: straightened, and tilted as the verticals say."""
        slope, lean = self._verticals()
        straight: Callable[[float], float] = lambda _focal: 0.0  # noqa: E731
        tilts: list[tuple[Callable[[float], float], float, Floats]] = []
        if abs(slope) < 0.12:
            tilts.append((straight, lean, np.linspace(0.3, 0.7, 17)))
        if abs(slope) > 0.03:
            # Verticals meet at focal / tan(pitch) from the middle; slope is the picture's height over that distance.
            tilts.append(
                (lambda focal: -math.atan(focal * self.long_side * slope / self.height), lean, np.array([0.5]))
            )
        return tilts

    def _verticals(self) -> tuple[float, float]:
        """How fast near-vertical segments converge (picture heights per height; 0 parallel) and lean (radians) in the middle."""
        across = np.abs(self.segments.direction[:, 1]) > math.cos(math.radians(28))
        middle, direction = self.segments.middle[across], self.segments.direction[across]
        weight = self.segments.weight[across]
        if len(middle) < 3:
            return 0.0, 0.0
        x, y = (middle - (self.width / 2, self.height / 2)).T / self.height
        best = (-1.0, 0.0, 0.0)
        leans = np.tan(np.radians(np.arange(-5, 5.1, 0.5)))
        for slope in np.arange(-1.0, 1.01, 0.04):
            # A line towards the vanishing point (lean / slope, 1 / slope) passes (x, y) with this dx/dy.
            wanted_x = leans[:, None] - slope * x
            wanted_y = 1 - slope * y
            norm = np.hypot(wanted_x, wanted_y)
            error = np.abs(wanted_x * direction[:, 1] - wanted_y * direction[:, 0]) / norm
            score = (np.exp(-((error / (1.3 * TOLERANCE)) ** 2)) * weight).sum(axis=1) - 0.01 * abs(slope)
            i = int(score.argmax())
            if score[i] > best[0]:
                best = (float(score[i]), float(slope), float(leans[i]))
        return best[1], math.atan(best[2])

    def _best_yaws(self, focal: float, pitch: float, roll: float, horizon: float) -> list[Frame]:
        camera = Frame(focal, 0.0, pitch, roll, horizon, 0.0).camera(self.width, self.height)
        projection = camera.intrinsics @ camera.rotation
        # The axes of a room turned by yaw, in the unturned world.
        x_axis = np.stack([np.cos(YAWS), np.sin(YAWS), np.zeros_like(YAWS)], axis=-1)
        y_axis = np.stack([-np.sin(YAWS), np.cos(YAWS), np.zeros_like(YAWS)], axis=-1)
        width = 2.2 * TOLERANCE
        fit = np.exp(-((_errors(projection[:, 2], self.few.middle, self.few.direction) / width) ** 2))
        for axis in (x_axis, y_axis):
            towards = _errors(axis @ projection.T, self.few.middle, self.few.direction)
            fit = np.maximum(fit, np.exp(-((towards / width) ** 2)))
        score = fit @ self.few.weight + self._prior(focal, pitch, roll, horizon)
        best = np.argsort(-score, kind="stable")[:4]
        return [Frame(focal, float(YAWS[i]), pitch, roll, horizon, float(score[i])) for i in best]

    def refined(self, start: Frame) -> Frame:
        simplex = np.array(start.parameters) + np.vstack([np.zeros(5), np.diag([0.05, 0.03, 0.03, 0.01, 0.03])])
        options = {"maxiter": 320, "xatol": 1e-4, "fatol": 1e-6, "initial_simplex": simplex}
        found = minimize(lambda p: -self._score(p), start.parameters, method="Nelder-Mead", options=options)
        focal, yaw, pitch, roll, horizon = (float(value) for value in found.x)
        yaw = (yaw + math.pi / 4) % (math.pi / 2) - math.pi / 4
        return Frame(focal, yaw, pitch, roll, horizon, float(-found.fun))

    def _score(self, parameters: Floats) -> float:
        focal, yaw, pitch, roll, horizon = (float(value) for value in parameters)
        if not 0.2 < focal < 3 or abs(yaw) > math.radians(50) or abs(pitch) > math.radians(40):
            return -1.0
        camera = Frame(focal, yaw, pitch, roll, horizon, 0.0).camera(self.width, self.height)
        error = _errors((camera.intrinsics @ camera.rotation).T, self.segments.middle, self.segments.direction)
        fit = np.exp(-((error.min(axis=0) / TOLERANCE) ** 2)) @ self.segments.weight
        return float(fit) + self._prior(focal, pitch, roll, horizon)

    def _prior(self, focal: float, pitch: float, roll: float, horizon: float) -> float:
        """What photographers do: 13-28 mm lenses (35-mm terms), small tilt and lean, horizon near the middle."""
        return (
            -0.03 * (math.log(focal / 0.58) / 0.35) ** 2
            - 0.02 * ((horizon - 0.5) / 0.1) ** 2
            - 0.02 * (math.degrees(pitch) / 8) ** 2
            - 0.02 * (math.degrees(roll) / 2) ** 2
        )
