"""Plans of rooms that were never photographed, looked at by rules of their own."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import cv2
import numpy as np

from harness.readings import reading_of
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import NEEDED, Piece, pieces
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.likelihood import probabilities
from realstaging.engines.local.layout.plan import plan_room
from realstaging.engines.local.layout.programme import PROGRAMMES
from realstaging.engines.local.layout.spot import LYING
from realstaging.engines.local.planned import Placed, Plan
from realstaging.engines.local.room.reading import Box, Face, Floats, Lamp, Opening, OpeningKind, RoomReading, Wall
from realstaging.kit.errors import CannotStage
from realstaging.synthetic import bare

SIZE: Final = (360, 240)
"""Width and height in pixels of the pictures that the readings are of."""
FLUSH: Final = 0.002
"""Metres."""
FREE: Final = (2.2, 2.6)
"""Metres of free floor, in view, in which a core set has room."""
_OTHER: Final[dict[Wall, Wall]] = {"X-": "X+", "X+": "X-"}
WAYS: Final = frozenset((OpeningKind.DOOR, OpeningKind.DOORWAY))
SURE: Final = 0.8
"""Probability from which nothing whatever may stand before a way."""
UPRIGHT: Final = 1.6
"""Metres below a slope that a core set needs."""
BEFORE: Final = 0.9
"""Metres before doors and hearths."""
KEPT_FREE: Final = {
    OpeningKind.DOOR: (SURE, BEFORE),
    OpeningKind.DOORWAY: (SURE, BEFORE),
    OpeningKind.FIREPLACE: (0.5, BEFORE),
    OpeningKind.RADIATOR: (0.25, 0.3),
}
"""Probability from which nothing may stand so many metres before each."""
FITTED: Final = 0.4
"""Probability from which an opening is something built in."""
SLACK: Final = 0.02
"""Metres by which a wall may be off."""
CLEAR: Final = 0.2
"""Metres around what stands there."""
AISLE: Final = 0.88
"""Metres before what is built in, in kitchens and bathrooms: 36 in at least, less what a raster loses."""
CATALOG: Final[dict[str, Piece]] = {piece.name: piece for piece in pieces()}


@dataclass
class Outcome:
    """One room, planned."""

    room: RoomReading
    room_type: RoomType
    plan: Plan | None
    seconds: float
    faults: list[str] = field(default_factory=list)
    roomy: bool = False
    """Whether it holds a free ``FREE``."""
    complete: bool = False
    """Whether the plan has what its programme cannot be without."""


def drawn(seed: int) -> RoomReading:
    """The reading of a drawn room; every other one has a lamp."""
    room = reading_of(bare.draw_room(seed, SIZE))
    return replace(room, lamps=(lamp_of(room.box, seed),)) if seed % 2 else room


def lamp_of(box: Box, seed: int) -> Lamp:
    """A lamp near the middle of what is before the camera, a little off it, as builders hang them."""
    aside, ahead = np.random.default_rng(seed).uniform(-0.3, 0.3, 2).tolist()
    return Lamp((box.x_min + box.x_max) / 2 + aside, 0.55 * box.y_max + ahead, 0.85)


def off_lamp(lamp: Lamp, x: float, y: float) -> float:
    """Metres by which a floor point is beside a lamp, as the camera sees it."""
    return abs(x * lamp.y - y * lamp.x) / max(float(np.hypot(lamp.x, lamp.y)), 1e-6)


def mirrored(room: RoomReading) -> RoomReading:
    """The same room, left for right."""
    flip, box, camera = np.diag([-1.0, 1.0, 1.0]), room.box, room.camera
    faces = np.array([Face.FLOOR, Face.CEILING, Face.X_MAX, Face.X_MIN, Face.Y_MIN, Face.Y_MAX], np.uint8)
    across = box.x_max - box.x_min
    return replace(
        room,
        camera=replace(camera, rotation=flip @ camera.rotation @ flip, cx=room.width - 1 - camera.cx),
        box=replace(box, x_min=-box.x_max, x_max=-box.x_min),
        labels=faces[room.labels][:, ::-1],
        floor_mask=room.floor_mask[:, ::-1],
        occluders=room.occluders[:, ::-1],
        openings=tuple(
            replace(opening, t0=across - opening.t1, t1=across - opening.t0)
            if opening.wall[0] == "Y"
            else replace(opening, wall=_OTHER[opening.wall])
            for opening in room.openings
        ),
        keep_clear=tuple(polygon * (-1.0, 1.0) for polygon in room.keep_clear),
        registers=tuple(corners * (-1.0, 1.0) for corners in room.registers),
        slopes=tuple(replace(slope, wall=_OTHER[slope.wall]) for slope in room.slopes),
        lamps=tuple(replace(lamp, x=-lamp.x) for lamp in room.lamps),
    )


def nudged(room: RoomReading, seed: int) -> RoomReading:
    """The same room, read a little otherwise: its size off by up to 3 %, openings by up to 4 cm, probabilities by up to 0.04."""
    rng = np.random.default_rng(seed)
    scale, box, camera = float(rng.uniform(0.97, 1.03)), room.box, room.camera
    size = {name: scale * getattr(box, name) for name in ("x_min", "x_max", "y_min", "y_max", "ceiling")}
    openings = []
    for opening in room.openings:
        t0, t1 = (scale * t + float(rng.uniform(-0.04, 0.04)) for t in (opening.t0, opening.t1))
        sure = float(np.clip(opening.confidence + rng.uniform(-0.04, 0.04), 0.05, 0.98))
        openings.append(replace(opening, t0=t0, t1=t1, z0=scale * opening.z0, z1=scale * opening.z1, confidence=sure))
    return replace(
        room,
        camera=replace(camera, height=scale * camera.height),
        box=replace(box, **size),
        openings=tuple(openings),
        keep_clear=tuple(scale * polygon for polygon in room.keep_clear),
        registers=tuple(scale * corners for corners in room.registers),
        slopes=tuple(replace(slope, knee=scale * slope.knee) for slope in room.slopes),
        lamps=tuple(replace(lamp, x=scale * lamp.x, y=scale * lamp.y) for lamp in room.lamps),
    )


def step_of(room: RoomReading, brief: Brief) -> str:
    """How far the programme was reduced for a room, or that it was refused."""
    considered = Considered()
    try:
        plan_room(room, brief, pieces(), None, considered)
    except CannotStage:
        return "refused"
    return considered.step


def planned(seed: int, room_type: RoomType) -> Outcome:
    """Plan a drawn room, and look at the plan."""
    room = drawn(seed)
    styles = list(Style)
    brief = Brief(room_type, styles[seed % len(styles)], seed % 5)
    began, plan = time.perf_counter(), None
    with contextlib.suppress(CannotStage):
        plan = plan_room(room, brief, pieces())
    outcome = Outcome(room, room_type, plan, time.perf_counter() - began)
    outcome.roomy = has_room(room, against_wall=room_type in {RoomType.BEDROOM, RoomType.KIDS_ROOM})
    if plan:
        outcome.faults = faults(room, plan)
        outcome.complete = complete(plan)
    return outcome


Standing = list[tuple[Footprint, Piece]]


def faults(room: RoomReading, plan: Plan) -> list[str]:
    """Every rule that a plan breaks, in words."""
    on_floor = [
        (_floor(placed), CATALOG[placed.piece]) for placed in plan.pieces if CATALOG[placed.piece].mount == "floor"
    ]
    standing = [(floor, piece) for floor, piece in on_floor if piece.category not in LYING]
    return [
        *_meetings(standing),
        *(fault for floor, piece in on_floor for fault in _misplaced(room, floor, piece)),
        *_through_slopes(room, standing),
        *(fault for opening in room.openings for fault in _barred(room, opening, standing)),
        *(_in_the_way(room, standing) if PROGRAMMES[RoomType(plan.room_type)][0].fitted else ()),
        *(() if way_left(room, [floor for floor, _ in standing]) else ("no way to a door",)),
    ]


def _meetings(standing: Standing) -> Iterator[str]:
    for (one, first), (other, second) in itertools.combinations(standing, 2):
        # The parts of a corner sofa stand flush: a plan is rounded to a millimetre.
        less = FLUSH if first.joins and second.joins else 0.0
        if one.grown(-less).overlaps(other.grown(-less)):
            yield f"{first.name} meets {second.name}"


def _misplaced(room: RoomReading, floor: Footprint, piece: Piece) -> Iterator[str]:
    box, corners = room.box, floor.points()
    low, high = corners.min(axis=0), corners.max(axis=0)
    if low[0] < box.x_min - SLACK or high[0] > box.x_max + SLACK or high[1] > box.y_max + SLACK:
        yield f"{piece.name} is outside the walls"
    for polygon in (*room.keep_clear, *room.registers):
        outline = polygon.astype(np.float32)
        sides = (cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) for x, y in floor.points(5))
        if any(side > 0 for side in sides):
            yield f"{piece.name} is in something that stands there"


def _through_slopes(room: RoomReading, standing: Standing) -> Iterator[str]:
    for slope, (floor, piece) in itertools.product(room.slopes, standing):
        if piece.height > slope.height(room.box, floor.points()).min():
            yield f"{piece.name} stands through a slope"


def _barred(room: RoomReading, opening: Opening, standing: Standing) -> Iterator[str]:
    likely = probabilities(opening)
    for kind, (least, out) in KEPT_FREE.items():
        if likely.get(kind, 0.0) >= least:
            zone = before(room.box, opening, out)
            yield from (f"{piece.name} is before a {kind}" for floor, piece in standing if floor.overlaps(zone))


def _in_the_way(room: RoomReading, standing: Standing) -> Iterator[str]:
    fronts = [before(room.box, opening, AISLE) for opening in room.openings if _built_in(opening)]
    for (floor, piece), zone in itertools.product(standing, fronts):
        if floor.overlaps(zone):
            yield f"{piece.name} is where somebody works"


def complete(plan: Plan) -> bool:
    """Whether a plan has what the first programme of its room type cannot be without."""
    room_type = RoomType(plan.room_type)
    programme = PROGRAMMES[room_type][0]
    there = [CATALOG[placed.piece].category for placed in plan.pieces]
    if programme.fitted:
        # What kitchens and bathrooms cannot be without is little, and whatever of their programmes fits is whole.
        return all(set(there) & set(options) for options in NEEDED[room_type])
    return any(category in programme.main.categories for category in there) and all(
        sum(category in part.categories for category in there) >= part.required
        for part in programme.group
        if part.of in {"", *there}
    )


def has_room(room: RoomReading, *, against_wall: bool) -> bool:
    """Whether a free rectangle of ``FREE`` metres is in view, clear of everything that may be an opening."""
    box = room.box
    zones = [before(box, opening, 1.0) for opening in room.openings]
    for wide, deep in (FREE, FREE[::-1]):
        xs = np.arange(box.x_min + wide / 2 + 0.01, box.x_max - wide / 2, 0.2)
        ys = np.arange(deep / 2, box.y_max - deep / 2 - 0.01, 0.2)
        if against_wall:
            xs = np.array([box.x_min + wide / 2 + 0.01, box.x_max - wide / 2 - 0.01])
        for x, y in itertools.product(xs, ys):
            floor = Footprint(float(x), float(y), wide, deep)
            if any(slope.height(box, floor.points()).min() < UPRIGHT for slope in room.slopes):
                continue
            if _in_view(room, floor) and not any(floor.overlaps(zone) for zone in zones) and not _taken(room, floor):
                return True
    return False


def way_left(room: RoomReading, standing: list[Footprint]) -> bool:
    """Whether somebody 0.55 m wide gets from the camera to every door that is sure and could be got to in the empty room."""
    return all(_reached(room, standing, door) for door in _doors(room) if _reached(room, [], door, 0.66))


def before(box: Box, opening: Opening, out: float) -> Footprint:
    """The strip of floor before an opening."""
    middle, width = (opening.t0 + opening.t1) / 2, opening.t1 - opening.t0
    if opening.wall == "Y+":
        return Footprint(box.x_min + middle, box.y_max - out / 2, width, out)
    x = box.x_min + out / 2 if opening.wall == "X-" else box.x_max - out / 2
    return Footprint(x, box.y_min + middle, out, width)


def _floor(placed: Placed) -> Footprint:
    piece = CATALOG[placed.piece]
    return Footprint(placed.x, placed.y, piece.width, piece.depth, placed.rotation)


def _in_view(room: RoomReading, floor: Footprint) -> bool:
    pixels = room.project(np.column_stack([floor.points(), np.zeros(4)]))
    with np.errstate(invalid="ignore"):
        return bool(((pixels >= 0) & (pixels < SIZE)).all())


def _built_in(opening: Opening) -> bool:
    likely = probabilities(opening)
    return likely.get(OpeningKind.CLOSET, 0.0) + likely.get(OpeningKind.BUILTIN, 0.0) >= FITTED


def _taken(room: RoomReading, floor: Footprint) -> bool:
    points = floor.points(8)
    return any(
        cv2.pointPolygonTest(polygon.astype(np.float32), (float(x), float(y)), measureDist=True) > -CLEAR
        for polygon in room.keep_clear
        for x, y in points
    )


def _doors(room: RoomReading) -> list[Footprint]:
    return [
        before(room.box, opening, BEFORE)
        for opening in room.openings
        if any(probabilities(opening).get(kind, 0.0) >= SURE for kind in WAYS)
    ]


def _reached(room: RoomReading, standing: list[Footprint], door: Footprint, wide: float = 0.55) -> bool:
    """By a flood of the floor from the camera's foot, furniture and walls grown by half of ``wide``."""
    cell, box = 0.05, room.box
    size = int((box.x_max - box.x_min) / cell) + 1, int((box.y_max - box.y_min) / cell) + 1
    free = np.zeros((size[1] + 2, size[0] + 2), np.uint8)
    free[1:-1, 1:-1] = 1
    low = np.array([box.x_min, box.y_min])
    for points in [floor.points()[[0, 1, 3, 2]] for floor in standing] + list(room.keep_clear):
        cv2.fillPoly(free, [np.round((points - low) / cell + 0.5).astype(np.int32)], [0])
    walkable = (cv2.distanceTransform(free, cv2.DIST_L2, 5) * cell >= wide / 2).astype(np.uint8)
    _, parts = cv2.connectedComponents(walkable)
    near = _parts_near(np.asarray(parts), (np.zeros(2) - low) / cell + 1, 0.5 / cell)
    there = _parts_near(np.asarray(parts), (np.array([door.x, door.y]) - low) / cell + 1, 0.5 / cell)
    return bool(near & there)


def _parts_near(parts: np.ndarray[tuple[int, ...], np.dtype[np.int32]], at: Floats, reach: float) -> set[int]:
    rows, columns = np.nonzero(parts)
    close = np.hypot(columns - at[0], rows - at[1]) <= reach
    return set(parts[rows[close], columns[close]].tolist())
