"""What a room permits: where floor is bare and seen, what openings keep free, what the picture shows whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.layout.fire import Fire, fires_of
from realstaging.engines.local.layout.fittings import Fittings
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.likelihood import probabilities
from realstaging.engines.local.room.reading import Box, Floats, Opening, OpeningKind, RoomReading, Wall

WALL_ROTATION: Final[dict[Wall, float]] = {"Y+": 0.0, "X-": math.pi / 2, "X+": -math.pi / 2, "Y-": math.pi}
"""Rotation of a piece whose back is to a wall."""

DOOR_CLEARANCE: Final = 0.92
"""Metres before a door: the swing of a 0.9 m leaf, and a way through (International Residential Code R311: 36 in)."""
FIREPLACE_CLEARANCE: Final = 1.0
"""Metres before a fireplace: NFPA 211 asks 36 in from anything that burns."""
RADIATOR_CLEARANCE: Final = 0.35
WINDOW_DEPTH: Final = 0.6
"""Within this distance of a window nothing may rise above its sill: it would cut the view and the light."""
SILL_SLACK: Final = 0.2
LOWEST_SILL: Final = 0.4
CENTRED: Final = 0.25
EDGE: Final = 45.0
STEP_TO: Final = 0.3
BUSY: Final = 0.015
FITTED: Final = 0.05
"""Share of strong edges behind a piece from which there is a fitting, not a wall with its skirting board."""

BEHIND: Final = 0.45
"""Metres from a wall within which a piece's back is before it."""
FRAME: Final = 0.12
"""Metres of frame and casing around an opening."""
AT_EDGE: Final = 0.02
"""Share of the picture's width: what ends nearer to its edge goes on beyond it."""

_CLEARANCE: Final = {
    OpeningKind.DOOR: DOOR_CLEARANCE,
    OpeningKind.DOORWAY: DOOR_CLEARANCE,
    OpeningKind.CLOSET: DOOR_CLEARANCE,
    OpeningKind.BUILTIN: DOOR_CLEARANCE,
    OpeningKind.FIREPLACE: FIREPLACE_CLEARANCE,
    OpeningKind.RADIATOR: RADIATOR_CLEARANCE,
    OpeningKind.WINDOW: WINDOW_DEPTH,
}
_WAYS: Final = frozenset((OpeningKind.DOOR, OpeningKind.DOORWAY))
_GRID: Final = 6
_SIDE_MARGIN: Final = 0.06


@dataclass(frozen=True)
class Zone:
    """Floor before an opening, where nothing may be higher than ``limit`` metres."""

    floor: Footprint
    limit: float
    sill: bool = False
    """Whether the limit is a window's sill, high enough for something to stand under it."""
    kind: OpeningKind = OpeningKind.BUILTIN


@dataclass(frozen=True)
class Line:
    """A wall as furniture sees it: a point on it, and the rotation of what stands with its back to it."""

    wall: Wall
    rotation: float
    x: float
    y: float

    def at(self, along: float, out: float) -> tuple[float, float]:
        """The floor point ``along`` metres to the right of the line's point (facing the wall) and ``out`` into the room."""
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        return self.x + cos * along + sin * out, self.y + sin * along - cos * out


class Space:
    """A room reading, asked about furniture."""

    def __init__(self, reading: RoomReading, pixels: NDArray[np.uint8] | None = None) -> None:
        """``pixels``: the photo (h, w, 3), where it may be asked what hangs on its walls."""
        self.reading = reading
        self._edges = None if pixels is None else _edges(pixels, reading.floor_mask.shape)
        self.box = reading.box
        self.zones = tuple(zone_before(reading.box, opening) for opening in reading.openings)
        self.probabilities = tuple(
            (opening, probabilities(opening, cut=self._runs_out(opening))) for opening in reading.openings
        )
        """Every opening with the probability of each kind that it may be."""
        self.ways = tuple(zone_before(reading.box, opening) for opening in reading.openings if opening.kind in _WAYS)
        """What doors and doorways keep free."""
        self._clear = [np.asarray(polygon, np.float32) for polygon in reading.keep_clear]

    @cached_property
    def fittings(self) -> Fittings:
        """What is built in along the walls, and islands."""
        return Fittings(self)

    @cached_property
    def fires(self) -> tuple[Fire, ...]:
        """What burns, or probably does."""
        return fires_of(self.box, self.probabilities)

    def _runs_out(self, opening: Opening) -> bool:
        """Whether a side of an opening is at the picture's edge or beyond it."""
        ends = self.box.wall_point(opening.wall, np.array([opening.t0, opening.t1]), np.full(2, opening.z1 / 2))
        across = self.reading.project(ends)[:, 0] / self.reading.width
        return bool(np.isnan(across).any() or (across < AT_EDGE).any() or (across > 1 - AT_EDGE).any())

    def line(self, wall: Wall, t: float) -> Line:
        """The line of a wall at ``t`` metres along it (as in ``Box.wall_point``)."""
        return Line(wall, WALL_ROTATION[wall], *self.box.at_wall(wall, t))

    def inside(self, floor: Footprint) -> bool:
        """Whether all of a footprint is within the walls."""
        points, slack = floor.points(), 0.01
        return bool(
            (points[:, 0] >= self.box.x_min - slack).all()
            and (points[:, 0] <= self.box.x_max + slack).all()
            and (points[:, 1] >= self.box.y_min - slack).all()
            and (points[:, 1] <= self.box.y_max + slack).all()
        )

    def permits(self, floor: Footprint, height: float, rise: float = 0.0) -> bool:
        """Whether a piece of this footprint and height keeps clear of openings and of what people keep clear.

        ``rise``: metres that a piece may stand above a sill when it is centred under the window (a bed's headboard).
        """
        return self.in_the_way(floor, height, rise) is None

    def in_the_way(self, floor: Footprint, height: float, rise: float = 0.0) -> str | None:
        """What a piece does not keep clear of (see ``permits``), in words; None where it is in nobody's way."""
        for zone in self.zones:
            limit = zone.limit + (rise if zone.sill and _centred(floor, zone.floor) else 0.0)
            if height > limit and floor.overlaps(zone.floor):
                return f"before a {zone.kind}"
        points = floor.points(_GRID)
        kept_clear = any(
            cv2.pointPolygonTest(polygon, (float(x), float(y)), measureDist=False) >= 0
            for polygon in self._clear
            for x, y in points
        )
        return "in something that stands there, or where it is to stay clear" if kept_clear else None

    def free_before(self, floor: Footprint, lane: float) -> float:
        """Share (0-1) of a lane in front of a footprint that is within the walls."""
        ahead = np.array([floor.x, floor.y]) - floor.axes[1] * (floor.depth + lane) / 2
        points = Footprint(float(ahead[0]), float(ahead[1]), floor.width, lane, floor.rotation).points(4)
        low, high = (self.box.x_min, self.box.y_min), (self.box.x_max, self.box.y_max)
        return float(((points >= low) & (points <= high)).all(axis=1).mean())

    def bare(self, floor: Footprint) -> float:
        """Share (0-1) of a footprint's points in the picture that lie on bare floor; 0 where none is in the picture."""
        points = floor.points(_GRID, shrink=0.9)
        pixels = self._pixels(points, 0.0) * self.reading.working_scale
        rows, columns = self.reading.floor_mask.shape
        with np.errstate(invalid="ignore"):
            seen = (pixels >= 0).all(axis=1) & (pixels[:, 0] < columns - 0.5) & (pixels[:, 1] < rows - 0.5)
        if not seen.any():
            return 0.0
        x, y = pixels[seen].astype(int).T
        return float(self.reading.floor_mask[y, x].mean())

    def shown(self, floor: Footprint, z0: float, z1: float, margin: float = 0.0) -> float:
        """Share (0-1) of a block's corners and edges inside the picture, ``margin`` (share of its width) from the frame."""
        plan = floor.points(3)
        pixels = np.concatenate([self._pixels(plan, z0), self._pixels(plan, z1)])
        edge = margin * self.reading.width
        with np.errstate(invalid="ignore"):
            inside = (pixels >= edge).all(axis=1) & (
                pixels < (self.reading.width - edge, self.reading.height - edge)
            ).all(axis=1)
        return float(inside.mean())

    def outline(self, floor: Footprint, z0: float, z1: float) -> tuple[float, float, float, float] | None:
        """Rectangle x0, y0, x1, y1 of a block in the picture, shares of its sides; None behind the camera."""
        plan = floor.points()
        pixels = np.concatenate([self._pixels(plan, z0), self._pixels(plan, z1)])
        if np.isnan(pixels).any():
            return None
        shares = np.clip(pixels / (self.reading.width, self.reading.height), 0, 1)
        (x0, y0), (x1, y1) = shares.min(axis=0), shares.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)

    def distance(self, floor: Footprint) -> float:
        """Metres from the camera's foot to the nearest corner."""
        return float(np.linalg.norm(floor.points(3), axis=1).min())

    def wall_is_free(self, wall: Wall, t0: float, t1: float, z0: float, z1: float) -> bool:
        """Whether a rectangle of wall meets no opening and lies within the wall."""
        if t0 < 0.05 or t1 > self.box.wall_length(wall) - 0.05 or z1 > self.box.ceiling - 0.12:
            return False
        corners = self.box.wall_point(wall, np.array([t0, t1]), np.zeros(2))[:, :2]
        if any((slope.height(self.box, corners) < z1 + 0.05).any() for slope in self.reading.slopes):
            return False
        return not any(
            opening.wall == wall
            and t0 < opening.t1 + 0.1
            and t1 > opening.t0 - 0.1
            and z0 < opening.z1 + 0.1
            and z1 > opening.z0 - 0.1
            for opening in self.reading.openings
        )

    def is_plain(self, floor: Footprint, z0: float, z1: float) -> bool:
        """Whether the photo shows nothing but paint (or an even texture) on the wall behind a piece."""
        if self._edges is None:
            return True
        half = floor.axes[1] * floor.depth / 2 + (floor.x, floor.y)
        u, z = np.meshgrid(np.linspace(-0.55, 0.55, 24) * floor.width, np.linspace(z0, z1, 24))
        plan = half + u.ravel()[:, None] * floor.axes[0]
        pixels = self.reading.project(np.column_stack([plan, z.ravel()])) * self.reading.working_scale
        rows, columns = self._edges.shape
        with np.errstate(invalid="ignore"):
            seen = (pixels >= 0).all(axis=1) & (pixels[:, 0] < columns - 0.5) & (pixels[:, 1] < rows - 0.5)
        if seen.sum() < 40:
            return False
        x, y = pixels[seen].astype(int).T
        strength = self._edges[y, x]
        usual = float(np.median(strength))
        # Bricks are busy everywhere; a window or a switch is busy against its surroundings.
        return float((strength > max(EDGE, 4 * usual)).mean()) < (BUSY if usual < EDGE / 2 else 0.2)

    def busy_behind(self, floor: Footprint, z0: float, z1: float) -> float:
        """How busy (0-1) the photo is on the wall behind a piece, from ``z0`` to ``z1``, against what it is as a rule.

        What was read as an opening does not count: its kind says what it means.
        """
        if self._edges is None:
            return 0.0
        middle = floor.axes[1] * floor.depth / 2 + (floor.x, floor.y)
        u, z = np.meshgrid(np.linspace(-0.5, 0.5, 24) * floor.width, np.linspace(z0, z1, 16))
        plan = middle + u.ravel()[:, None] * floor.axes[0]
        pixels = self.reading.project(np.column_stack([plan, z.ravel()])) * self.reading.working_scale
        rows, columns = self._edges.shape
        with np.errstate(invalid="ignore"):
            seen = (pixels >= 0).all(axis=1) & (pixels[:, 0] < columns - 0.5) & (pixels[:, 1] < rows - 0.5)
        seen &= ~self._in_openings(plan, z.ravel())
        if seen.sum() < 40:
            return 0.0
        x, y = pixels[seen].astype(int).T
        strength = self._edges[y, x]
        usual = float(np.median(strength))
        return min(1.0, float((strength > max(EDGE, 4 * usual)).mean()) / FITTED)

    def hides_nothing(self, floor: Footprint, height: float) -> bool:
        """Whether a piece would be seen before bare floor and plain paint only, and so before no fitting."""
        view = self.outline(floor, 0.0, height)
        if view is None:
            return False
        rows, columns = self.reading.floor_mask.shape
        (left, right), (top, bottom) = (
            sorted((int(low * size), int(np.ceil(high * size))))
            for low, high, size in ((view[0], view[2], columns), (view[1], view[3], rows))
        )
        window = slice(top, bottom), slice(left, right)
        behind = ~self.reading.floor_mask[window]
        if not behind.any():
            return True
        if self.reading.occluders[window].any():
            return False
        return self._edges is None or float((self._edges[window][behind] > EDGE).mean()) < FITTED

    def edge_at(self, ends: Floats, z0: float, z1: float) -> float | None:
        """Metres up to the strongest edge along a line between floor points (2, 2), from ``z0`` to ``z1``; None without one."""
        if self._edges is None:
            return None
        heights, along = np.arange(z0, z1, 0.01), np.linspace(0.1, 0.9, 24)[:, None]
        line = ends[0] + along * (ends[1] - ends[0])
        points = np.column_stack([np.tile(line, (len(heights), 1)), np.repeat(heights, len(line))])
        pixels = np.nan_to_num(self.reading.project(points) * self.reading.working_scale)
        rows, columns = self._edges.shape
        x, y = np.clip(pixels, 0, (columns - 1, rows - 1)).astype(int).T
        strength = np.median(self._edges[y, x].reshape(len(heights), -1), axis=1)
        best = int(strength.argmax())
        return float(heights[best]) if strength[best] > EDGE else None

    def _in_openings(self, plan: Floats, z: Floats) -> NDArray[np.bool_]:
        """Which points near walls, (N, 2) and their heights (N,), lie before an opening."""
        within = np.zeros(len(plan), bool)
        for opening in self.reading.openings:
            ends = self.box.wall_point(opening.wall, np.array([opening.t0, opening.t1]), np.zeros(2))[:, :2]
            across, along = (0, 1) if opening.wall[0] == "X" else (1, 0)
            within |= (
                (np.abs(plan[:, across] - ends[0, across]) < BEHIND)
                & (plan[:, along] > ends[:, along].min() - FRAME)
                & (plan[:, along] < ends[:, along].max() + FRAME)
                & (z > opening.z0 - FRAME)
                & (z < opening.z1 + FRAME)
            )
        return within

    def beside_things(self, floor: Footprint) -> bool:
        """Whether something that stands in the room already is within a step."""
        return any(
            cv2.pointPolygonTest(polygon, (float(x), float(y)), measureDist=True) > -STEP_TO
            for polygon in self._clear
            for x, y in floor.points(3)
        )

    def along(self, wall: Wall, x: float, y: float) -> float:
        """Metres along a wall of the floor point nearest to it."""
        return y - self.box.y_min if wall[0] == "X" else x - self.box.x_min

    def _pixels(self, plan: Floats, z: float) -> Floats:
        return self.reading.project(np.column_stack([plan, np.full(len(plan), z)]))


def _edges(pixels: NDArray[np.uint8], shape: tuple[int, ...]) -> Floats:
    """Strength of edges at working scale, (rows, columns) pixels: grey levels per pixel."""
    small = cv2.cvtColor(cv2.resize(pixels, shape[::-1], interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    grey = cv2.GaussianBlur(small.astype(np.float32), (0, 0), 1.0)
    return np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)).astype(float)


def zone_before(box: Box, opening: Opening) -> Zone:
    """The floor that an opening keeps free."""
    return zone_of(box, opening, opening.kind)


def zone_of(box: Box, opening: Opening, kind: OpeningKind) -> Zone:
    """The floor that an opening would keep free if it were of this kind."""
    out = _CLEARANCE[kind]
    line = Line(opening.wall, WALL_ROTATION[opening.wall], *box.at_wall(opening.wall, (opening.t0 + opening.t1) / 2))
    centre_x, centre_y = line.at(0.0, out / 2)
    width = opening.t1 - opening.t0 + 2 * _SIDE_MARGIN
    # Rugs may lie anywhere; under a sill what is low may stand.
    limit = opening.z0 + SILL_SLACK if kind is OpeningKind.WINDOW else 0.05
    sill = kind is OpeningKind.WINDOW and opening.z0 >= LOWEST_SILL
    return Zone(Footprint(centre_x, centre_y, width, out, line.rotation), limit, sill, kind)


def _centred(floor: Footprint, zone: Footprint) -> bool:
    """Whether a footprint stands square before the middle of a zone."""
    aside = abs(float((floor.axes[0]) @ (floor.x - zone.x, floor.y - zone.y)))
    return aside < CENTRED and math.isclose(floor.rotation, zone.rotation, abs_tol=1e-6)
