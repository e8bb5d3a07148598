"""What the picture would show: pieces as boxes, drawn from the farthest to the nearest into a small buffer of identities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Spot
from realstaging.engines.local.room.reading import Face, Floats, Mask, OpeningKind

LONG_SIDE: Final = 160
"""Pixels of the buffer's longer side: a chair leg does not count, a chair does."""
NEAR: Final = 0.1
"""Metres before the camera at which boxes are cut off."""
NOTHING: Final = -1
_EDGES: Final = ((0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4), (0, 4), (1, 5), (2, 6), (3, 7))


@dataclass(frozen=True)
class Seen:
    """What the buffer shows of some pieces, in shares of the picture (N,), one for each piece."""

    buffer: NDArray[np.int16]
    """(h, w): the place of the piece that is seen, or ``NOTHING``."""
    visible: Floats
    """As much of it as is seen."""
    whole: Floats
    """As much as would be seen of it within the frame, alone."""
    cut: Floats
    """Share (0-1) of each piece's outline that is outside the frame."""


class View:
    """The camera of a reading, for boxes."""

    def __init__(self, space: Space) -> None:
        reading = space.reading
        factor = LONG_SIDE / max(reading.width, reading.height)
        self.width, self.height = round(reading.width * factor), round(reading.height * factor)
        self.camera = reading.rescaled(factor).camera
        self._reading, self._probabilities = reading, space.probabilities
        self._drawn: dict[tuple[str, float, float, float, float], tuple[NDArray[np.int32], float, float]] = {}

    @cached_property
    def floor(self) -> Mask:
        """Where bare floor is seen, (h, w)."""
        return self._shrunk(self._reading.floor_mask)

    @cached_property
    def things(self) -> Mask:
        """Where something is seen that stands there already, (h, w)."""
        return self._shrunk(self._reading.occluders)

    @cached_property
    def openings(self) -> tuple[tuple[OpeningKind, float, Mask], ...]:
        """Kind, its probability and its pixels, for every opening that is in view."""
        found = []
        for opening, probabilities in self._probabilities:
            t = np.array([opening.t0, opening.t1, opening.t1, opening.t0])
            z = np.array([opening.z0, opening.z0, opening.z1, opening.z1])
            mask = self.mask_of(self._reading.box.wall_point(opening.wall, t, z))
            if mask.any():
                found += [(kind, share, mask) for kind, share in probabilities.items()]
        return tuple(found)

    def mask_of(self, corners: Floats) -> Mask:
        """Where a flat quadrilateral (4, 3: its corners in order) is, (h, w)."""
        mask = np.zeros((self.height, self.width), np.uint8)
        outline = self._outline(corners, ((0, 1), (1, 2), (2, 3), (3, 0)))
        if len(outline) > 2:
            cv2.fillConvexPoly(mask, outline, 1)
        return mask > 0

    def see(self, spots: tuple[Spot, ...]) -> Seen:
        """Draw pieces (in any order) into a fresh buffer."""
        buffer = np.full((self.height, self.width), NOTHING, np.int16)
        drawn = [self._shape(spot) for spot in spots]
        # Rugs lie under everything, what stands on a table is painted after the table.
        order = sorted(
            range(len(spots)),
            key=lambda i: (not spots[i].lies, -np.hypot(spots[i].x, spots[i].y) + 0.5 * spots[i].z),
        )
        for place in order:
            outline = drawn[place][0]
            if len(outline) > 2:
                cv2.fillConvexPoly(buffer, outline, place)
        shown = np.bincount(buffer[buffer >= 0].ravel(), minlength=len(spots))[: len(spots)]
        return Seen(
            buffer,
            shown / buffer.size,
            np.array([share for _, share, _ in drawn], float),
            np.array([cut for _, _, cut in drawn], float),
        )

    def corners(self, piece: Piece, poses: Floats, z: float = 0.0) -> Floats:
        """World corners (N, 8, 3) of a piece at poses (N, 3: x, y, rotation), the lower four first."""
        cos, sin = np.cos(poses[:, 2])[:, None], np.sin(poses[:, 2])[:, None]
        along = np.array([-0.5, 0.5, 0.5, -0.5]) * piece.width
        across = np.array([-0.5, -0.5, 0.5, 0.5]) * piece.depth
        x = poses[:, :1] + along * cos - across * sin
        y = poses[:, 1:2] + along * sin + across * cos
        low = np.stack([x, y, np.full_like(x, z)], axis=-1)
        return np.concatenate([low, low + (0.0, 0.0, piece.height)], axis=1)  # noqa: RUF005 - numbers are added

    def shares(self, piece: Piece, poses: Floats) -> tuple[Floats, Floats]:
        """For each pose the share (0-1) of a piece that is within the frame, and the share of the picture that its outline fills.

        By points spread over the box, and by the rectangle around its outline times what of it a box usually fills.
        """
        plan = np.linspace(-0.5, 0.5, 4)
        u, v = np.meshgrid(plan * piece.width, plan * piece.depth)
        cos, sin = np.cos(poses[:, 2])[:, None], np.sin(poses[:, 2])[:, None]
        x = poses[:, :1] + u.ravel() * cos - v.ravel() * sin
        y = poses[:, 1:2] + u.ravel() * sin + v.ravel() * cos
        levels = [np.stack([x, y, np.full_like(x, z)], axis=-1) for z in (0.0, piece.height)]
        pixels = self.camera.project(np.concatenate(levels, axis=1))
        size = np.array([self.width - 1, self.height - 1])
        with np.errstate(invalid="ignore"):
            within = ((pixels >= 0) & (pixels <= size)).all(axis=-1).mean(axis=1)
        behind = np.isnan(pixels[..., 0]).any(axis=1)
        clipped = np.clip(np.where(np.isnan(pixels), 0, pixels), 0, size)
        extent = clipped.max(axis=1) - clipped.min(axis=1)
        filled = USUAL_FILL * extent.prod(axis=1) / (self.width * self.height)
        return within, np.where(behind, 1.0, filled)

    def _shape(self, spot: Spot) -> tuple[NDArray[np.int32], float, float]:
        """Outline in the buffer, its share of the picture, and the share of it outside the frame."""
        z = spot.z - spot.piece.height if spot.piece.mount == "ceiling" else spot.z
        key = (spot.piece.name, spot.x, spot.y, spot.rotation, z)
        if key not in self._drawn:
            corners = self.corners(spot.piece, np.array([[spot.x, spot.y, spot.rotation]]), z)[0]
            outline = self._outline(corners, _EDGES)
            self._drawn[key] = outline, *self._measured(outline)
        return self._drawn[key]

    def _outline(self, corners: Floats, edges: tuple[tuple[int, int], ...]) -> NDArray[np.int32]:
        """The convex outline (M, 2) of what of a box is before the camera."""
        depth = self.camera.depth(corners) - NEAR
        points = [corners[depth >= 0]]
        for i, j in edges:
            if (depth[i] >= 0) != (depth[j] >= 0):
                points.append((corners[i] + (corners[j] - corners[i]) * depth[i] / (depth[i] - depth[j]))[None])
        kept = np.concatenate(points)
        if len(kept) < 3:
            return np.zeros((0, 2), np.int32)
        pixels = np.clip(self.camera.project(kept), -4000, 4000)
        return np.asarray(cv2.convexHull(np.round(pixels).astype(np.int32))[:, 0], np.int32)

    def _measured(self, outline: NDArray[np.int32]) -> tuple[float, float]:
        if len(outline) < 3:
            return 0.0, 1.0
        area = float(cv2.contourArea(outline.astype(np.float32)))
        frame = np.array(
            [[0, 0], [self.width - 1, 0], [self.width - 1, self.height - 1], [0, self.height - 1]], np.float32
        )
        within, _ = cv2.intersectConvexConvex(outline.astype(np.float32), frame)
        return float(within) / (self.width * self.height), 1 - float(within) / max(area, 1e-6)

    def _shrunk(self, mask: Mask) -> Mask:
        small = cv2.resize(mask.astype(np.uint8), (self.width, self.height), interpolation=cv2.INTER_AREA)
        return np.asarray(small > 0)

    @cached_property
    def walls(self) -> Mask:
        """Where walls are seen, (h, w)."""
        return self._shrunk(self._reading.labels > Face.CEILING)


USUAL_FILL: Final = 0.75
"""Share of the rectangle around a box's outline that the outline fills, as a rule."""
