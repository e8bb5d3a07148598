"""Plans of rooms that were never photographed: readings drawn at random, planned, and looked at by rules of their own.

2,000 rooms: no rule is ever broken, rooms with free floor get what their type cannot be without, a plan takes no time.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import statistics
import time
from dataclasses import dataclass, field, replace
from typing import Final

import cv2
import numpy as np

from benchmarks.figures import Figure
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import NEEDED, Piece, pieces
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.likelihood import probabilities
from realstaging.engines.local.layout.plan import Plan, plan_room
from realstaging.engines.local.layout.programme import PROGRAMMES
from realstaging.engines.local.layout.spot import LYING
from realstaging.engines.local.room.reading import (
    Box,
    Camera,
    Face,
    Floats,
    Opening,
    OpeningKind,
    RoomReading,
    Slope,
    Surface,
    Wall,
)
from realstaging.engines.local.scene import Placed
from realstaging.kit.errors import CannotStage

ROOMS: Final = 2000
WIDTH, HEIGHT = 360, 240
SEEN: Final[tuple[Wall, ...]] = ("X-", "X+", "Y+")
FREE: Final = (2.2, 2.6)
"""Metres of free floor, in view, in which a core set has room."""
_OTHER: Final[dict[Wall, Wall]] = {"X-": "X+", "X+": "X-"}
WAYS: Final = frozenset((OpeningKind.DOOR, OpeningKind.DOORWAY))
SURE: Final = 0.8
"""Probability from which nothing whatever may stand before a way."""
SLOPING: Final = 0.12
"""Share of rooms with a sloping ceiling."""
UPRIGHT: Final = 1.6
"""Metres below a slope that a core set needs."""
BEFORE: Final = 0.9
"""Metres before doors and hearths."""
AISLE: Final = 1.0
"""Metres before what is built in, in kitchens and bathrooms: 42 in, less what a raster loses."""
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
    """A room as the reading of a photo might tell it: a box, up to five openings, sometimes something that stands there."""
    dice = np.random.default_rng(seed)
    left = dice.uniform(0.6, 4.0)
    box = Box(-left, dice.uniform(max(0.4, 2.4 - left), 4.0), -1.0, dice.uniform(2.8, 9.0), dice.uniform(2.3, 3.1))
    kinds = list(OpeningKind)
    openings = []
    for _ in range(int(dice.integers(0, 6))):
        wall = SEEN[int(dice.integers(3))]
        kind = kinds[int(dice.integers(len(kinds)))]
        width = min(dice.uniform(0.4, 2.8), box.wall_length(wall))
        t0 = dice.uniform(0, box.wall_length(wall) - width)
        low = dice.uniform(0, 1.1) if kind is OpeningKind.WINDOW else 0.0
        high = dice.uniform(0.7, 1.1) if kind is OpeningKind.RADIATOR else dice.uniform(1.9, 2.2)
        openings.append(Opening(wall, t0, t0 + width, low, high, kind, round(dice.uniform(0.4, 0.98), 2)))
    camera = _camera(
        dice.uniform(1.05, 1.55), dice.uniform(0.42, 0.62), dice.uniform(-0.5, 0.5), dice.uniform(0.0, 0.18)
    )
    things = []
    if dice.random() < 0.25:
        x, y = dice.uniform(box.x_min, box.x_max), dice.uniform(1.0, box.y_max)
        wide, deep = (float(side) for side in dice.uniform(0.3, 1.2, 2))
        corners = Footprint(x, y, wide, deep, dice.uniform(0, math.pi)).points()[[0, 1, 3, 2]]
        things.append(np.clip(corners, (box.x_min, box.y_min), (box.x_max, box.y_max)))
    slopes = []
    if dice.random() < SLOPING:
        wall = SEEN[int(dice.integers(2))]
        slopes.append(Slope(wall, float(dice.uniform(0.8, 1.6)), float(dice.uniform(0.5, 1.2))))
    return replace(_reading(box, camera, tuple(openings), tuple(things)), slopes=tuple(slopes))


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
        slopes=tuple(replace(slope, wall=_OTHER[slope.wall]) for slope in room.slopes),
    )


def nudged(room: RoomReading, seed: int) -> RoomReading:
    """The same room, read a little otherwise: its size off by up to 3 %, openings by up to 4 cm, probabilities by up to 0.04."""
    dice = np.random.default_rng(seed)
    scale, box, camera = float(dice.uniform(0.97, 1.03)), room.box, room.camera
    size = {name: scale * getattr(box, name) for name in ("x_min", "x_max", "y_min", "y_max", "ceiling")}
    openings = []
    for opening in room.openings:
        t0, t1 = (scale * t + float(dice.uniform(-0.04, 0.04)) for t in (opening.t0, opening.t1))
        sure = float(np.clip(opening.confidence + dice.uniform(-0.04, 0.04), 0.05, 0.98))
        openings.append(replace(opening, t0=t0, t1=t1, z0=scale * opening.z0, z1=scale * opening.z1, confidence=sure))
    return replace(
        room,
        camera=replace(camera, height=scale * camera.height),
        box=replace(box, **size),
        openings=tuple(openings),
        keep_clear=tuple(scale * polygon for polygon in room.keep_clear),
        slopes=tuple(replace(slope, knee=scale * slope.knee) for slope in room.slopes),
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


def faults(room: RoomReading, plan: Plan) -> list[str]:
    """Every rule that a plan breaks, in words."""
    found, box = [], room.box
    on_floor = [
        (_floor(placed), CATALOG[placed.piece]) for placed in plan.pieces if CATALOG[placed.piece].mount == "floor"
    ]
    standing = [(floor, piece) for floor, piece in on_floor if piece.category not in LYING]
    for (one, first), (other, second) in itertools.combinations(standing, 2):
        if one.overlaps(other):
            found.append(f"{first.name} meets {second.name}")
    for floor, piece in on_floor:
        corners = floor.points()
        low, high = corners.min(axis=0), corners.max(axis=0)
        if low[0] < box.x_min - 0.02 or high[0] > box.x_max + 0.02 or high[1] > box.y_max + 0.02:
            found.append(f"{piece.name} is outside the walls")
        for polygon in room.keep_clear:
            outline = polygon.astype(np.float32)
            if any(
                cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) > 0 for x, y in floor.points(5)
            ):
                found.append(f"{piece.name} is in something that stands there")
    for slope in room.slopes:
        low = [(piece, slope.height(box, floor.points()).min()) for floor, piece in standing]
        found += [f"{piece.name} stands through a slope" for piece, height in low if piece.height > height]
    for opening in room.openings:
        for kind, least in ((OpeningKind.DOOR, SURE), (OpeningKind.DOORWAY, SURE), (OpeningKind.FIREPLACE, 0.5)):
            if probabilities(opening).get(kind, 0.0) >= least:
                zone = before(box, opening, BEFORE)
                found += [f"{piece.name} is before a {kind}" for floor, piece in standing if floor.overlaps(zone)]
    if PROGRAMMES[RoomType(plan.room_type)][0].fitted:
        fronts = [before(box, opening, AISLE) for opening in room.openings if _built_in(opening)]
        found += [
            f"{piece.name} is where somebody works"
            for floor, piece in standing
            for zone in fronts
            if floor.overlaps(zone)
        ]
    if not way_left(room, [floor for floor, _ in standing]):
        found.append("no way to a door")
    return found


def complete(plan: Plan) -> bool:
    """Whether a plan has what the first programme of its room type cannot be without."""
    room_type = RoomType(plan.room_type)
    programme = PROGRAMMES[room_type][0]
    there = [CATALOG[placed.piece].category for placed in plan.pieces]
    if programme.fitted:
        # What kitchens and bathrooms cannot be without is little, and whatever of their programmes fits is whole.
        return all(set(there) & set(options) for options in NEEDED[room_type])
    return any(category in programme.main.categories for category in there) and all(
        sum(category in part.categories for category in there) >= part.required for part in programme.group
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


async def measure() -> list[Figure]:
    outcomes = [
        planned(seed, room_type) for seed, room_type in zip(range(ROOMS), itertools.cycle(PROGRAMMES), strict=False)
    ]
    roomy = [outcome for outcome in outcomes if outcome.roomy]
    seconds = sorted(outcome.seconds for outcome in outcomes)
    return [
        Figure(f"plans of {ROOMS} drawn rooms, rules broken", sum(len(outcome.faults) for outcome in outcomes), "", 0),
        Figure(
            "plans of rooms with free floor that lack what their type cannot be without",
            100 * (1 - statistics.fmean(outcome.complete for outcome in roomy)),
            "%",
            2,
        ),
        Figure(
            "rooms refused by the planner",
            100 * statistics.fmean(outcome.plan is None for outcome in outcomes),
            "%",
            None,
        ),
        Figure("one plan, p95", seconds[int(0.95 * len(seconds))], "s", 0.8),
    ]


def _camera(height: float, focal: float, yaw: float, pitch: float) -> Camera:
    tilt = np.array([[1, 0, 0], [0, -np.sin(pitch), -np.cos(pitch)], [0, np.cos(pitch), -np.sin(pitch)]])
    turn = np.array([[np.cos(yaw), -np.sin(yaw), 0], [np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]])
    return Camera(tilt @ turn, height, focal * WIDTH, WIDTH / 2, HEIGHT / 2)


def _reading(box: Box, camera: Camera, openings: tuple[Opening, ...], things: tuple[Floats, ...]) -> RoomReading:
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    rays = camera.ray(np.stack([x, y], axis=-1).astype(float))
    planes = [(2, 0.0), (2, box.ceiling), (0, box.x_min), (0, box.x_max), (1, box.y_min), (1, box.y_max)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reach = np.stack([(at - camera.position[axis]) / rays[..., axis] for axis, at in planes])
    labels = np.where(reach > 1e-6, reach, np.inf).argmin(axis=0).astype(np.uint8)
    return RoomReading(
        width=WIDTH,
        height=HEIGHT,
        camera=camera,
        box=box,
        floor_polygon=np.zeros((0, 2)),
        labels=labels,
        floor_mask=labels == Face.FLOOR,
        occluders=np.zeros(labels.shape, bool),
        working_scale=1.0,
        surfaces={face: Surface((0.5, 0.5, 0.5), 0.5) for face in Face},
        white_point=(1.0, 1.0, 1.0),
        scale_confidence=1.0,
        confidence=1.0,
        openings=openings,
        keep_clear=things,
    )


def _floor(placed: Placed) -> Footprint:
    piece = CATALOG[placed.piece]
    return Footprint(placed.x, placed.y, piece.width, piece.depth, placed.rotation)


def _in_view(room: RoomReading, floor: Footprint) -> bool:
    pixels = room.project(np.column_stack([floor.points(), np.zeros(4)]))
    with np.errstate(invalid="ignore"):
        return bool(((pixels >= 0) & (pixels < (WIDTH, HEIGHT))).all())


def _built_in(opening: Opening) -> bool:
    likely = probabilities(opening)
    return likely.get(OpeningKind.CLOSET, 0.0) + likely.get(OpeningKind.BUILTIN, 0.0) >= 0.4


def _taken(room: RoomReading, floor: Footprint) -> bool:
    points = floor.points(8)
    return any(
        cv2.pointPolygonTest(polygon.astype(np.float32), (float(x), float(y)), measureDist=True) > -0.2
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
