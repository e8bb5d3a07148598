"""The floor as a raster: what may stand where and how high, where it is seen to be bare, what standing there would cost.

Everything a room forbids is drawn once; thousands of places are then looked up at once. Axes as in ``room.reading``; a
row is a step along Y, a column a step along X.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.programme import Programme
from realstaging.engines.local.layout.space import CENTRED, LOWEST_SILL, WALL_ROTATION, Space, zone_of
from realstaging.engines.local.room.reading import Floats, Opening, OpeningKind

CELL: Final = 0.05
"""Metres; rooms longer than ``MOST`` cells have larger ones."""
MOST: Final = 400
SPACING: Final = 0.12
"""Metres between the points of a footprint that are looked up; zones are drawn half as much larger."""
RUG: Final = 0.05
"""Metres: what is lower lies anywhere."""
SURE: Final[dict[OpeningKind, float]] = {
    OpeningKind.FIREPLACE: 0.5,
    OpeningKind.BUILTIN: 0.75,
    OpeningKind.RADIATOR: 0.25,
}
"""Probabilities from which a kind forbids instead of costing, where it is not the step's own: a burnt sofa costs more than an empty wall, and
what a heater takes is little floor."""
PENALTY: Final[dict[OpeningKind, float]] = {
    OpeningKind.DOOR: 14.0,
    OpeningKind.DOORWAY: 14.0,
    OpeningKind.FIREPLACE: 18.0,
    OpeningKind.CLOSET: 7.0,
    OpeningKind.BUILTIN: 5.0,
    OpeningKind.RADIATOR: 4.0,
    OpeningKind.WINDOW: 4.0,
}
"""What it costs to stand before one of these with all of a piece, times its probability."""
LEAF: Final = 1.2
"""Metres: what may be a door, of wide glass."""
UNSURE_OUTDOORS: Final = 0.25
"""Share of such a cost that is left outdoors, where glass all around may be a door and one of it is."""
OFF_CENTRE: Final = 0.25
"""Share of that rise that is left to a piece that is not centred under its window."""
SCALE_OFF: Final = 0.1
"""Share by which the scale is off where it is not right (``RoomReading.scale_confidence``); it errs to either side."""
UNLIKELY: Final = 0.1
"""Probabilities below are not worth a cost."""
WAY: Final = 0.6
"""Metres: least width of a way (Panero and Zelnik 1979: 24 in for one person)."""
AISLE: Final = 1.07
"""Metres before what is built in: 42 in where one person works (Kitchen Planning Guidelines of the National Kitchen and Bath Association)."""
NARROW_AISLE: Final = 0.91
"""Metres of it at least, doors of ovens and dishwashers open: 36 in to pass (the same guidelines)."""
WORKED_AT: Final = len(OpeningKind)
"""The cause of a limit where somebody works at what is built in."""
SLOPE: Final = WORKED_AT + 1
"""The cause of a limit where the ceiling slopes down."""
REGISTER: Final = SLOPE + 1
"""The cause of a limit where a grille is in the floor."""
BELOW_SLOPE: Final = 0.08
"""Metres kept below a sloping ceiling."""
COMFORTABLE: Final = 0.75
"""Metres: width of a way that one does not notice (Panero and Zelnik: 30 in)."""
STEP_IN: Final = 0.45
"""Metres before a door at which a way begins."""

UNSEEN: Final = -1
Cells = NDArray[np.intp]


class Ground:
    """The floor of one room. ``sure``: the probability from which an opening forbids; the ``programme`` says what else does."""

    def __init__(self, space: Space, sure: float, programme: Programme | None = None, aisle: float = AISLE) -> None:
        self.space, box = space, space.box
        self.cell = max(CELL, (box.x_max - box.x_min) / MOST, (box.y_max - box.y_min) / MOST)
        self._low = np.array([box.x_min, box.y_min])
        across, deep = (
            max(1, math.ceil(length / self.cell)) for length in (box.x_max - box.x_min, box.y_max - box.y_min)
        )
        self.shape = (deep, across)
        self.limit = np.full(self.shape, np.inf, np.float32)
        """Metres that what stands there may be high."""
        self.cause = np.full(self.shape, -1, np.int8)
        """Which kind (its place in ``OpeningKind``, or ``WORKED_AT``) set the limit; -1: something that stands there."""
        self.toll = np.zeros(self.shape, np.float32)
        """What it costs to stand there, for openings that are not sure."""
        self.tolled = np.full(self.shape, -1, np.int16)
        """The place among the openings of the one that it costs so much for; -1: none."""
        self.doors: list[Floats] = []
        """Floor points (2,) before each way that is sure."""
        self._outdoors = programme is not None and programme.outdoors
        # Outdoors and in sunrooms one sits before glass all around.
        free = {OpeningKind.WINDOW} if self._outdoors else set[OpeningKind]()
        for place, (opening, probabilities) in enumerate(space.probabilities):
            self._draw(place, opening, {kind: share for kind, share in probabilities.items() if kind not in free}, sure)
        if programme is not None and programme.fitted:
            self._draw_aisles(aisle)
        self._draw_slopes()
        self._draw_registers()
        self._keep_clear()
        self.bare = self._bare()
        """1 where the photo shows bare floor, 0 where it shows something else, ``UNSEEN`` outside the picture."""

    @cached_property
    def seen_area(self) -> float:
        """Square metres of bare floor in the picture."""
        return float((self.bare == 1).sum()) * self.cell**2

    def cells(self, points: Floats) -> tuple[Cells, Cells, NDArray[np.bool_]]:
        """Row and column of floor points (..., 2), and whether they are within the walls (a centimetre of slack)."""
        places = (points - self._low) / self.cell
        slack = 0.01 / self.cell
        rows, columns = self.shape
        inside = (
            (places >= -slack).all(axis=-1)
            & (points[..., 0] <= self.space.box.x_max + 0.01)
            & (points[..., 1] <= self.space.box.y_max + 0.01)
        )
        column = np.clip(places[..., 0], 0, columns - 1).astype(np.intp)
        row = np.clip(places[..., 1], 0, rows - 1).astype(np.intp)
        return row, column, inside

    def ways_left(self, standing: list[Footprint]) -> float:
        """Least width (metres, in steps) of a way from every door that is sure to the camera, past what stands; 0 without one."""
        return self._ways(standing, self.reached) if self.reached else COMFORTABLE

    @cached_property
    def reached(self) -> list[Floats]:
        """The doors that one gets to in the empty room."""
        return [door for door in self.doors if self._ways([], [door]) > 0]

    def _ways(self, standing: list[Footprint], doors: list[Floats]) -> float:
        free = np.pad(self.walkable, 1).astype(np.uint8)
        for floor in standing:
            cv2.fillConvexPoly(free, self._polygon(floor.points()[[0, 1, 3, 2]]) + 1, [0])
        # Distances are to the middles of taken cells, half a cell behind their edges.
        distance = cv2.distanceTransform(free, cv2.DIST_L2, 5)
        for width in (COMFORTABLE, WAY):
            _, found = cv2.connectedComponents((distance >= width / 2 / self.cell + 0.5).astype(np.uint8))
            parts = np.asarray(found, np.int32)
            home = self._part(parts, np.zeros(2))
            if home and all(self._part(parts, door) == home for door in doors):
                return width
        return 0.0

    def _part(self, parts: NDArray[np.int32], point: Floats) -> int:
        """The part of the free floor nearest to a point, within a step of it; 0 without one."""
        row, column, _ = self.cells(point[None])
        reach = math.ceil(STEP_IN / self.cell)
        r, c = int(row[0]) + 1, int(column[0]) + 1
        top, left = max(0, r - reach), max(0, c - reach)
        window = parts[top : r + reach + 1, left : c + reach + 1]
        rows, columns = np.nonzero(window)
        if len(rows) == 0:
            return 0
        nearest = int(np.argmin((rows + top - r) ** 2 + (columns + left - c) ** 2))
        return int(window[rows[nearest], columns[nearest]])

    def _polygon(self, points: Floats) -> NDArray[np.int32]:
        return np.asarray(np.round((points - self._low) / self.cell - 0.5), np.int32)

    def _draw(self, place: int, opening: Opening, probabilities: Mapping[OpeningKind, float], sure: float) -> None:
        for kind, probability in probabilities.items():
            zone = zone_of(self.space.box, opening, kind)
            area = self._slices(zone.floor.grown(SPACING / 2))
            if probability >= SURE.get(kind, sure):
                if zone.limit <= RUG:
                    self._doubt_scale(place, zone.floor, kind)
                lower = self.limit[area] > zone.limit
                self.limit[area][lower] = zone.limit
                self.cause[area][lower] = list(OpeningKind).index(kind)
                if kind in {OpeningKind.DOOR, OpeningKind.DOORWAY}:
                    # From the wall, the way leads straight into the room.
                    self.doors.append(np.array([zone.floor.x, zone.floor.y]))
            elif probability >= UNLIKELY and zone.limit <= RUG:
                # Of much glass one leaf opens: the wider it is, the less likely a place is before that one.
                leaf = min(1.0, LEAF / (opening.t1 - opening.t0)) if kind is OpeningKind.DOOR else 1.0
                weight = UNSURE_OUTDOORS if self._outdoors else 1.0
                self._charge(place, area, weight * leaf * probability * PENALTY[kind])

    def _draw_slopes(self) -> None:
        x = self._low[0] + (np.arange(self.shape[1]) + 0.5) * self.cell
        points = np.stack([x, np.zeros_like(x)], axis=-1)
        for slope in self.space.reading.slopes:
            height = slope.height(self.space.box, points) - BELOW_SLOPE
            lower = self.limit > height
            self.limit = np.where(lower, height.astype(np.float32), self.limit)
            self.cause[lower] = SLOPE

    def _draw_registers(self) -> None:
        """Grilles in the floor: neither legs nor rugs."""
        covered = np.zeros(self.shape, np.uint8)
        for corners in self.space.reading.registers:
            cv2.fillPoly(covered, [self._polygon(corners)], 1)
        around = cv2.dilate(covered, np.ones((3, 3), np.uint8)) > 0
        self.limit[around] = -1.0
        self.cause[around] = REGISTER

    def _draw_aisles(self, aisle: float) -> None:
        for wall, t0, t1, out in self.space.fittings.stretches():
            line = self.space.line(wall, (t0 + t1) / 2)
            x, y = line.at(0.0, (out + aisle) / 2)
            area = self._slices(Footprint(x, y, t1 - t0, out + aisle, line.rotation).grown(SPACING / 2))
            lower = self.limit[area] > RUG
            self.limit[area][lower] = RUG
            self.cause[area][lower] = WORKED_AT

    def _charge(self, place: int, area: tuple[slice, slice], cost: float) -> None:
        """Note what it costs to stand before an opening, where nothing else there costs more."""
        more = self.toll[area] < cost
        self.toll[area][more] = cost
        self.tolled[area][more] = place

    def _doubt_scale(self, place: int, floor: Footprint, kind: OpeningKind) -> None:
        """Clearances are metres of a scale that may be a tenth off: what is just far enough costs as much as that is likely."""
        wider = self._slices(floor.grown(SPACING / 2 + SCALE_OFF * min(floor.width, floor.depth)))
        cost = (1 - self.space.reading.scale_confidence) / 2 * PENALTY[kind]
        self._charge(place, wider, cost)

    def _slices(self, floor: Footprint) -> tuple[slice, slice]:
        low, high = floor.points().min(axis=0), floor.points().max(axis=0)
        first = np.floor((low - self._low) / self.cell).astype(int).clip(0)
        last = np.ceil((high - self._low) / self.cell).astype(int).clip(0)
        return slice(int(first[1]), int(last[1])), slice(int(first[0]), int(last[0]))

    def _keep_clear(self) -> None:
        taken = np.zeros(self.shape, np.uint8)
        for polygon in self.space.reading.keep_clear:
            cv2.fillPoly(taken, [self._polygon(np.asarray(polygon, float))], 1)
        self.walkable = taken == 0
        around = cv2.dilate(taken, np.ones((3, 3), np.uint8)) > 0
        self.limit[around] = -1.0
        self.cause[around] = -1

    def _bare(self) -> NDArray[np.int8]:
        reading = self.space.reading
        rows, columns = self.shape
        x = self._low[0] + (np.arange(columns) + 0.5) * self.cell
        y = self._low[1] + (np.arange(rows) + 0.5) * self.cell
        grid = np.stack(np.broadcast_arrays(x[None, :], y[:, None], np.zeros(1)), axis=-1)
        pixels = reading.project(grid) * reading.working_scale
        tall, wide = reading.floor_mask.shape
        with np.errstate(invalid="ignore"):
            seen = (pixels >= 0).all(axis=-1) & (pixels[..., 0] < wide - 0.5) & (pixels[..., 1] < tall - 0.5)
        bare = np.full(self.shape, UNSEEN, np.int8)
        px = pixels[seen].astype(int)
        bare[seen] = reading.floor_mask[px[:, 1], px[:, 0]]
        return bare


def stands_under(space: Space, x: Floats, y: Floats, rotation: Floats, rise: float) -> Floats:
    """Metres that a piece may rise above what limits it, because it stands centred under a window (a bed's headboard)."""
    above = np.full(len(x), OFF_CENTRE * rise)
    if rise <= 0:
        return above
    for opening in space.reading.openings:
        if opening.kind is OpeningKind.WINDOW and opening.z0 >= LOWEST_SILL:
            middle = space.box.at_wall(opening.wall, (opening.t0 + opening.t1) / 2)
            along = np.abs(y - middle[1]) if opening.wall[0] == "X" else np.abs(x - middle[0])
            square = np.abs(np.cos(rotation - WALL_ROTATION[opening.wall]) - 1) < 1e-6
            above[square & (along < CENTRED)] = rise
    return above
