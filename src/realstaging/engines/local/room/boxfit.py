"""The room as a box: where its floor, walls and ceiling are, in units of the camera's height.

Every edge of a box is visible from inside it, so a box is scored by the picture's lines along its edges, by how well its
floor covers what looks like floor, and by whether lines lie on faces that can carry them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.floor import CERTAIN
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Camera, Floats
from realstaging.engines.local.room.segments import Segments

LEFT, RIGHT, BACK, FAR, UP = range(5)
"""A candidate: distances from the camera to x_min, x_max, y_min, y_max and the ceiling."""
DISTANCES = np.geomspace(0.3, 10, 44)
CEILINGS = np.linspace(0.45, 2.4, 28)
LINE_STEP = 0.008
"""Lines whose distances differ by less than this share count as one."""
SAMPLES = 28
MOST_LINES = 220
NEAR = 0.08

# Corner k of a box: bit 0 x_max, bit 1 y_max, bit 2 ceiling. Edges as pairs of corners, the axis they run along, their weight.
_EDGES = np.array([(0, 1), (2, 3), (4, 5), (6, 7), (0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7)])
_FEET = np.array([0, 1, 4, 5])
_AXIS = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
_WEIGHT = np.array([1.0, 1.0, 0.6, 0.6, 1.0, 1.0, 0.6, 0.6, 0.7, 0.7, 0.7, 0.7])
# Distances that are moved together. All at once is the floor moving up or down, a wall with the ceiling is that wall
# keeping its upper edge: both are how a fit gets off the top of a skirting board.
_TOGETHER = np.vstack(
    [np.eye(5), np.ones((1, 5)), [[0, 0, 0, 1, 1], [1, 0, 0, 0, 1], [0, 1, 0, 0, 1], [1, 1, 0, 0, 1], [1, 1, 0, 1, 0]]]
)


@dataclass(frozen=True)
class FittedBox:
    """``distances`` (5,) from the camera to left, right, back, far wall and ceiling, in camera heights."""

    distances: Floats
    score: float


def fit_box(picture: Picture, camera: Camera, segments: Segments, axes: NDArray[np.int_], floor: Image32) -> FittedBox:
    """The best box for a camera (one unit above the floor)."""
    coarse = _Score(picture, camera, segments, axes, floor, blur=5.0, floor_weight=0.9)
    grids = [DISTANCES] * 4 + [CEILINGS]
    found = [_descend(coarse, start, grids) for start in _starts()]
    found.sort(key=lambda box: -box.score)
    fine = _Score(picture, camera, segments, axes, floor, blur=2.0, floor_weight=2.5)
    on_lines = _distances_of_lines(camera, segments, axes)
    better = [_descend(fine, _sharpen(fine, box.distances).distances, on_lines) for box in _distinct(found)[:3]]
    return max((_sharpen(fine, box.distances) for box in better), key=lambda box: box.score)


def _distances_of_lines(camera: Camera, segments: Segments, axes: NDArray[np.int_]) -> list[Floats]:
    """For each distance of a box the values at which a line of the picture would be the foot of that wall."""
    rays = camera.ray(segments.middle)
    below = rays[:, 2] < -0.02
    along_x, along_y = (rays[below & (axes == axis)] for axis in (0, 1))
    x, y = along_y[:, 0] / -along_y[:, 2], along_x[:, 1] / -along_x[:, 2]
    walls = [-x[x < 0], x[x > 0], -y[y < 0], y[y > 0]]
    steps = [np.unique(np.round(np.log(np.clip(wall, 0.15, 12)) / LINE_STEP)) * LINE_STEP for wall in walls]
    return [*(np.exp(step) for step in steps), CEILINGS]


def support(picture: Picture, camera: Camera, segments: Segments, axes: NDArray[np.int_], distances: Floats) -> float:
    """How much (0-1) of a box's edges, by their length in the picture, lies on lines that run the same way."""
    score = _Score(
        picture, camera, segments, axes, np.zeros((picture.height, picture.width), np.float32), blur=3.0, floor_weight=0
    )
    values, length = score.along_edges(distances[None])
    weight = _WEIGHT * length[0]
    return float(values[0] @ weight / max(float(weight.sum()), 1e-9))


def ceiling_support(
    picture: Picture, camera: Camera, segments: Segments, axes: NDArray[np.int_], distances: Floats
) -> float:
    """As ``support``, of the ceiling's edges alone: 0 where none is in the picture. A vault has no such edges."""
    score = _Score(
        picture, camera, segments, axes, np.zeros((picture.height, picture.width), np.float32), blur=3.0, floor_weight=0
    )
    values, length = score.along_edges(distances[None])
    above = (_EDGES & 4).all(axis=1)
    return float(values[0, above] @ length[0, above] / max(float(length[0, above].sum()), 1e-9))


def _starts() -> list[Floats]:
    return [
        np.array([left, right, 6.0, far, 0.8])
        for far in (1.6, 3.5)
        for left, right in ((0.8, 2.5), (1.5, 1.5), (2.5, 0.8), (3.5, 3.5))
    ]


def _distinct(boxes: list[FittedBox]) -> list[FittedBox]:
    kept: list[FittedBox] = []
    for box in boxes:
        if all(np.abs(np.log(box.distances / other.distances)).max() > 0.1 for other in kept):
            kept.append(box)
    return kept


def _descend(score: _Score, start: Floats, grids: list[Floats]) -> FittedBox:
    """Coordinate descent on grids; walls also move together with a ceiling that keeps the wall's upper edge in place."""
    box, best = start, float(score(start[None])[0])
    for _ in range(5):
        before = best
        for j in (FAR, LEFT, RIGHT, UP, BACK):
            grid = grids[j]
            if len(grid) == 0:
                continue
            tries = np.repeat(box[None], len(grid), axis=0)
            tries[:, j] = grid
            if j not in (UP, BACK):
                with_ceiling = tries.copy()
                with_ceiling[:, UP] *= grid / box[j]
                whole = box * (grid / box[j])[:, None]
                tries = np.vstack([tries, with_ceiling, whole])
            scores = score(tries)
            i = int(scores.argmax())
            if scores[i] > best:
                box, best = tries[i], float(scores[i])
        if best - before < 1e-6:
            break
    return FittedBox(box, best)


def _sharpen(score: _Score, start: Floats) -> FittedBox:
    """Pattern search with shrinking steps."""
    box, best = start, float(score(start[None])[0])
    for step in (0.08, 0.04, 0.02, 0.01, 0.005, 0.0025):
        moves = np.vstack([_TOGETHER * step * k for k in (-2, -1, 1, 2)])
        for _ in range(6):
            tries = box * (1 + moves)
            scores = score(tries)
            i = int(scores.argmax())
            if scores[i] <= best + 1e-7:
                break
            box, best = tries[i], float(scores[i])
    return FittedBox(box, best)


class _Score:
    """Scores candidate boxes (N, 5), many at once."""

    def __init__(
        self,
        picture: Picture,
        camera: Camera,
        segments: Segments,
        axes: NDArray[np.int_],
        floor: Image32,
        blur: float,
        floor_weight: float,
    ) -> None:
        self.width, self.height, self.long_side = picture.width, picture.height, picture.long_side
        self.floor_weight = floor_weight
        self.projection = camera.intrinsics @ camera.rotation
        self.edges = _edge_maps(picture, segments, axes, blur)
        self.floor = floor
        self._sample_floor(picture, camera, floor)
        known = (axes >= 0) & (segments.weight >= np.sort(segments.weight)[-MOST_LINES:].min(initial=1.0))
        self.rays = camera.ray(segments.middle[known])
        self.ray_axes = axes[known]
        self.ray_weights = segments.weight[known]

    def _sample_floor(self, picture: Picture, camera: Camera, floor: Image32) -> None:
        rows, columns = np.mgrid[5 : picture.height : 10, 5 : picture.width : 10]
        rays = camera.ray(np.stack([columns.ravel(), rows.ravel()], axis=-1).astype(float))
        below = rays[:, 2] < -0.01
        self.floor_points = (rays[below, :2] / -rays[below, 2:]).astype(np.float32)
        self.floor_values = floor[rows.ravel()[below], columns.ravel()[below]] / np.float32(CERTAIN)

    def __call__(self, boxes: Floats) -> Floats:
        points, length = self._edge_points(boxes)
        score = self.floor_weight * self._covers_floor(boxes) - self._breaks_lines(boxes)
        score = score + 1.6 * self._follows_edges(points, length)
        score = score + 0.6 * self._parts_floor(points[:, _FEET], length[:, _FEET])
        score = score - 0.02 * (np.log(boxes[:, UP] / 0.85) / 0.35) ** 2
        return np.asarray(np.where((boxes[:, :4].min(axis=1) < 0.12) | (boxes[:, UP] < 0.3), -1e9, score))

    def _covers_floor(self, boxes: Floats) -> Floats:
        x, y = self.floor_points.T
        left, right, back, far = (boxes[:, j : j + 1].astype(np.float32) for j in (LEFT, RIGHT, BACK, FAR))
        inside = (x > -left) & (x < right) & (y > -back) & (y < far)
        agreed = 2 * (inside.astype(np.float32) @ self.floor_values) - self.floor_values.sum()
        return np.asarray(agreed / max(1, len(self.floor_values)), float)

    def _breaks_lines(self, boxes: Floats) -> Floats:
        """Weight of lines that run into the face they lie on: impossible on a real wall."""
        face, _ = cast(boxes, self.rays)
        normal = np.array([2, 2, 0, 0, 1, 1])[face]
        hardness = np.array([0.2, 0.2, 1.0, 1.0, 1.0, 1.0])[face]
        return np.asarray(((normal == self.ray_axes) * hardness) @ self.ray_weights)

    def _follows_edges(self, points: Floats, length: Floats) -> Floats:
        return np.asarray((_WEIGHT * np.minimum(length, 0.35) * (self._strength(points) - 0.2)).sum(axis=1))

    def _parts_floor(self, points: Floats, length: Floats) -> Floats:
        """Whether there is floor just below and none just above each wall's foot: tells its line from the skirting's top."""
        run = points[..., -1, :] - points[..., 0, :]
        # Straight down always leads from a wall's foot onto the floor; the steeper the line, the farther it takes.
        slant = np.hypot(run[..., 0], run[..., 1]) / np.maximum(np.abs(run[..., 0]), 1e-6)
        down = np.minimum(0.006 * self.long_side * slant, 0.05 * self.long_side)[..., None]
        x = np.clip(points[..., 0], 0, self.width - 1).astype(int)
        below, above = (
            self.floor[np.clip(points[..., 1] + side * down, 0, self.height - 1).astype(int), x] for side in (1, -1)
        )
        return np.asarray((np.minimum(length, 0.5) * (below - above).mean(axis=2) / (2 * CERTAIN)).sum(axis=1))

    def along_edges(self, boxes: Floats) -> tuple[Floats, Floats]:
        """Mean strength of lines along each edge as far as it is in the picture, and that length (of the longer side): (N, 12)."""
        points, length = self._edge_points(boxes)
        return self._strength(points), length

    def _strength(self, points: Floats) -> Floats:
        x, y = (
            np.clip(points[..., 0], 0, self.width - 1).astype(int),
            np.clip(points[..., 1], 0, self.height - 1).astype(int),
        )
        return np.asarray(self.edges[_AXIS[None, :, None], y, x].mean(axis=2), float)

    def _edge_points(self, boxes: Floats) -> tuple[Floats, Floats]:
        """Pixels (N, 12, ``SAMPLES``, 2) along edges as far as they are in the picture, and that length (N, 12) of the longer side."""
        ends = corners(boxes)[:, _EDGES]  # (N, 12, 2, 3)
        depth = ends @ self.projection[2]
        start, stop = _clipped(ends[:, :, 0], ends[:, :, 1], depth[:, :, 0], depth[:, :, 1])
        first, last = (self._pixels(point) for point in (start, stop))
        first, last, seen = _inside(first, last, self.width - 1, self.height - 1)
        seen &= depth.max(axis=2) > NEAR
        along = np.linspace(0.02, 0.98, SAMPLES)[:, None]
        points = np.nan_to_num(first[:, :, None] * (1 - along) + last[:, :, None] * along)
        return points, np.where(seen, np.hypot(*np.moveaxis(last - first, -1, 0)) / self.long_side, 0.0)

    def _pixels(self, points: Floats) -> Floats:
        homogeneous = points @ self.projection.T
        return np.asarray(homogeneous[..., :2] / np.maximum(homogeneous[..., 2:], 1e-6))


def corners(boxes: Floats) -> Floats:
    """The eight corners of boxes (N, 5), relative to the camera: (N, 8, 3)."""
    x = np.stack([-boxes[:, LEFT], boxes[:, RIGHT]], axis=1)
    y = np.stack([-boxes[:, BACK], boxes[:, FAR]], axis=1)
    z = np.stack([-np.ones(len(boxes)), boxes[:, UP]], axis=1)
    k = np.arange(8)
    return np.stack([x[:, k & 1], y[:, (k >> 1) & 1], z[:, k >> 2]], axis=-1)


def cast(boxes: Floats, rays: Floats) -> tuple[NDArray[np.int_], Floats]:
    """The face (as ``Face``) each ray (M, 3) leaves each box (N, 5) through, and how far off: two (N, M)."""
    far = np.stack(
        [-np.ones(len(boxes)), boxes[:, UP], -boxes[:, LEFT], boxes[:, RIGHT], -boxes[:, BACK], boxes[:, FAR]]
    )
    along = rays[:, [2, 2, 0, 0, 1, 1]].T
    outward = np.array([-1, 1, -1, 1, -1, 1])[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where((along * outward > 1e-9)[:, None], far[:, :, None] / along[:, None], np.inf)
    return reach.argmin(axis=0), reach.min(axis=0)


def _clipped(start: Floats, stop: Floats, start_depth: Floats, stop_depth: Floats) -> tuple[Floats, Floats]:
    """Edges cut where they come closer than ``NEAR`` to the camera's plane."""
    span = stop_depth - start_depth
    span = np.where(np.abs(span) < 1e-9, 1e-9, span)
    cut = np.clip((NEAR - start_depth) / span, 0, 1)[..., None]
    at = start + (stop - start) * cut
    return np.where((start_depth < NEAR)[..., None], at, start), np.where((stop_depth < NEAR)[..., None], at, stop)


def _inside(first: Floats, last: Floats, right: float, bottom: float) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Segments clipped to the picture (Liang and Barsky, 1984)."""
    step = last - first
    low, high = np.zeros(first.shape[:-1]), np.ones(first.shape[:-1])
    for axis, bound in ((0, right), (1, bottom)):
        delta = np.where(np.abs(step[..., axis]) < 1e-9, 1e-9, step[..., axis])
        one, other = -first[..., axis] / delta, (bound - first[..., axis]) / delta
        low, high = np.maximum(low, np.minimum(one, other)), np.minimum(high, np.maximum(one, other))
    seen = high > low
    return first + step * low[..., None], first + step * high[..., None], seen


def _edge_maps(picture: Picture, segments: Segments, axes: NDArray[np.int_], blur: float) -> Image32:
    """How strongly each pixel lies on a line along X, Y, Z: (3, H, W), 0-1; a faint share for any contrast."""
    maps = np.zeros((3, picture.height, picture.width), np.float32)
    strength = np.clip(0.35 + segments.length / (0.12 * picture.long_side), 0, 1)
    for end, axis, value in zip(segments.ends, axes, strength, strict=True):
        if axis >= 0:
            first, last = (int(end[0]), int(end[1])), (int(end[2]), int(end[3]))
            cv2.line(maps[axis], first, last, float(value), 2)
    maps = np.stack([cv2.GaussianBlur(one, (0, 0), blur) * blur for one in maps])
    gray = picture.gray.astype(np.float32)
    contrast = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1))
    faint = np.clip(cv2.GaussianBlur(contrast, (0, 0), max(1.5, blur / 2)) / 40, 0, 1) * 0.35
    return np.asarray(np.maximum(np.clip(maps, 0, 1), faint), np.float32)
