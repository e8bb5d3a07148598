"""The three drawings: what was read, the plan as boxes in the photo, the plan from above."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.explain.canvas import INK, Canvas, Colour, in_view
from realstaging.engines.local.layout.space import zone_before
from realstaging.engines.local.layout.spot import Spot
from realstaging.engines.local.room.reading import Box, Floats, Lamp, Opening, OpeningKind, RoomReading, Slope, Wall

Pixels = NDArray[np.uint8]

COLOURS: Final[dict[OpeningKind, Colour]] = {
    OpeningKind.WINDOW: (36, 120, 220),
    OpeningKind.DOOR: (214, 60, 40),
    OpeningKind.DOORWAY: (235, 120, 20),
    OpeningKind.CLOSET: (150, 90, 40),
    OpeningKind.FIREPLACE: (200, 20, 110),
    OpeningKind.RADIATOR: (130, 60, 190),
    OpeningKind.BUILTIN: (90, 100, 110),
}
FLOOR: Final = (30, 160, 90)
THINGS: Final = (120, 30, 160)
FURNITURE: Final[tuple[Colour, ...]] = (
    (224, 122, 95),
    (61, 131, 174),
    (129, 178, 154),
    (242, 204, 143),
    (152, 115, 172),
    (94, 150, 98),
    (200, 132, 68),
    (108, 117, 190),
)
RUG: Final = (170, 160, 150)
LAMP: Final = (214, 150, 20)
CROSS: Final = np.array([(-0.15, 0.0), (0.0, 0.15), (0.15, 0.0), (0.0, -0.15)])
"""The sign of a lamp in a plan from above, metres around it."""
SIDE: Final = 1400
"""Pixels of the longer side that drawings over the photo have at most."""
PER_METRE: Final = 90
AROUND: Final = 0.5
"""Metres of paper around a plan from above."""
WALLS_IN_VIEW: Final[tuple[Wall, ...]] = ("X-", "Y+", "X+")


def reading_over(photo: Pixels, reading: RoomReading) -> Pixels:
    """The floor, the room's edges, what interrupts its walls, and what stands there, drawn over the photo."""
    photo, reading = _reduced(photo, reading)
    canvas = Canvas(photo)
    canvas.tint(reading.floor_mask, FLOOR, 0.25)
    canvas.tint(reading.occluders, THINGS, 0.4)
    for polygon in reading.keep_clear:
        canvas.area(in_view(reading.camera, np.column_stack([polygon, np.zeros(len(polygon))])), THINGS, 0.2)
    for edge in _edges(reading.box):
        canvas.line(in_view(reading.camera, edge), (255, 230, 60), 2)
    for opening in reading.openings:
        _opening(canvas, reading, opening)
    box = reading.box
    for slope in reading.slopes:
        canvas.line(in_view(reading.camera, _edge_of(slope, box)), (255, 130, 60), 3)
    for lamp in reading.lamps:
        _lamp(canvas, reading, lamp)
    for corners in reading.registers:
        canvas.area(in_view(reading.camera, np.column_stack([corners, np.zeros(len(corners))])), THINGS, 0.5)
    told = (
        f"sure {reading.confidence:.2f}   scale {reading.scale_confidence:.2f}   room {box.x_max - box.x_min:.1f} x "
        f"{box.y_max - box.y_min:.1f} x {box.ceiling:.2f} m   camera {reading.camera.height:.2f} m"
    )
    canvas.words((canvas.image.width / 2, canvas.unit * 1.2), told)
    return canvas.pixels


def boxes_over(photo: Pixels, reading: RoomReading, spots: tuple[Spot, ...]) -> Pixels:
    """Every piece as a box in the photo, the farthest first."""
    photo, reading = _reduced(photo, reading)
    canvas = Canvas(photo)
    paint = _paint(spots)
    flat_first = sorted(spots, key=lambda spot: (spot.piece.height >= 0.03, -np.hypot(spot.x, spot.y)))
    for spot in flat_first:
        low, high = spot.z, spot.z + spot.piece.height
        for face in sorted(_faces(spot.floor.points()[[0, 1, 3, 2]], low, high), key=_distance):
            canvas.area(in_view(reading.camera, face), paint[spot.piece.name], 0.55, 2)
    for spot in spots:
        middle = np.array([spot.x, spot.y, spot.z + spot.piece.height / 2])
        if reading.camera.depth(middle) > 0:
            x, y = reading.project(middle)
            canvas.words((float(x), float(y)), spot.piece.category.replace("_", " "), size=0.8)
    return canvas.pixels


def from_above(reading: RoomReading, spots: tuple[Spot, ...]) -> Pixels:
    """The room from above: walls, what openings keep free, what the camera sees, and the furniture, to scale."""
    box = reading.box
    sheet = _Sheet(box)
    canvas = sheet.canvas
    canvas.area(sheet.at(_rectangle(box)), INK, 0.04, 4)
    canvas.area(sheet.at(_view(reading)), FLOOR, 0.12, 1)
    for polygon in reading.keep_clear:
        canvas.area(sheet.at(polygon), THINGS, 0.25)
    for opening in reading.openings:
        ends = box.wall_point(opening.wall, np.array([opening.t0, opening.t1]), np.zeros(2))[:, :2]
        canvas.area(
            sheet.at(zone_before(box, opening).floor.points()[[0, 1, 3, 2]]), COLOURS[opening.kind], 0.12, line=1
        )
        canvas.line(sheet.at(ends), COLOURS[opening.kind], 8)
    for corners in reading.registers:
        canvas.area(sheet.at(corners), THINGS, 0.5)
    for lamp in reading.lamps:
        canvas.area(sheet.at(np.add(CROSS, (lamp.x, lamp.y))), LAMP, 0.8)
    paint = _paint(spots)
    for spot in sorted(spots, key=lambda spot: (spot.piece.category != "rug", spot.z)):
        corners = spot.floor.points()[[0, 1, 3, 2]]
        canvas.area(sheet.at(corners), paint[spot.piece.name], 0.25 if spot.piece.category == "rug" else 0.7)
        if spot.stands and spot.z == 0:
            ahead = np.array([spot.x, spot.y]) - spot.floor.axes[1] * spot.piece.depth / 2
            canvas.line(sheet.at(np.array([(spot.x, spot.y), ahead])), INK, 3)
    for spot in spots:
        if spot.z == 0:
            (place,) = sheet.at(np.array([(spot.x, spot.y)]))
            canvas.words((float(place[0]), float(place[1])), spot.piece.category.replace("_", " "), size=0.75)
    (eye,) = sheet.at(np.zeros((1, 2)))
    canvas.words((float(eye[0]), float(eye[1])), "camera")
    return canvas.pixels


class _Sheet:
    """Paper for a plan: metres to pixels, Y up."""

    def __init__(self, box: Box) -> None:
        self._low = np.array([min(box.x_min, 0.0), min(box.y_min, 0.0)]) - AROUND
        high = np.array([max(box.x_max, 0.0), box.y_max]) + AROUND
        width, self._height = np.ceil((high - self._low) * PER_METRE).astype(int)
        self.canvas = Canvas(np.full((int(self._height), int(width), 3), 255, np.uint8))
        self.canvas.unit = 15

    def at(self, points: Floats) -> Floats:
        """Pixels (N, 2) of floor points (N, 2)."""
        pixels = (np.asarray(points, float) - self._low) * PER_METRE
        return np.column_stack([pixels[:, 0], self._height - pixels[:, 1]])


def _reduced(photo: Pixels, reading: RoomReading) -> tuple[Pixels, RoomReading]:
    height, width = photo.shape[:2]
    factor = min(1.0, SIDE / max(width, height))
    size = round(width * factor), round(height * factor)
    small = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(small[..., :3]), reading.rescaled(size[0] / reading.width)


def _opening(canvas: Canvas, reading: RoomReading, opening: Opening) -> None:
    t = np.array([opening.t0, opening.t1, opening.t1, opening.t0])
    z = np.array([opening.z0, opening.z0, opening.z1, opening.z1])
    corners = in_view(reading.camera, reading.box.wall_point(opening.wall, t, z))
    canvas.area(corners, COLOURS[opening.kind], 0.3, 3)
    if len(corners):
        x, y = np.clip(corners, 0, canvas.image.size).mean(axis=0)
        size = f"{opening.t1 - opening.t0:.1f} m"
        canvas.words((float(x), float(y)), f"{opening.kind} {opening.confidence:.2f}, {size}", COLOURS[opening.kind])


def _lamp(canvas: Canvas, reading: RoomReading, lamp: Lamp) -> None:
    """From the ceiling down to the floor point below it."""
    high, low = (lamp.x, lamp.y, reading.box.ceiling), (lamp.x, lamp.y, 0.0)
    ends = in_view(reading.camera, np.array([high, low, high]))
    canvas.line(ends, LAMP, 3)
    if len(ends):
        x, y = np.clip(ends, 0, canvas.image.size).mean(axis=0)
        canvas.words((float(x), float(y)), f"lamp {lamp.probability:.2f}", LAMP)


def _paint(spots: tuple[Spot, ...]) -> dict[str, Colour]:
    names = list(dict.fromkeys(spot.piece.name for spot in spots if spot.piece.category != "rug"))
    return {spot.piece.name: RUG for spot in spots} | {
        name: FURNITURE[place % len(FURNITURE)] for place, name in enumerate(names)
    }


def _edges(box: Box) -> list[Floats]:
    floor = np.column_stack([_rectangle(box), np.zeros(4)])
    ceiling = np.add(floor, (0, 0, box.ceiling))
    upright = [np.array([low, high, low]) for low, high in zip(floor, ceiling, strict=True)]
    return [floor, ceiling, *upright]


def _edge_of(slope: Slope, box: Box) -> Floats:
    """Where a sloping ceiling meets its side wall, and then the far one."""
    x, inward = (box.x_min, 1.0) if slope.wall == "X-" else (box.x_max, -1.0)
    run = min((box.ceiling - slope.knee) / slope.rise, box.x_max - box.x_min)
    return np.array(
        [
            (x, box.y_min, slope.knee),
            (x, box.y_max, slope.knee),
            (x + inward * run, box.y_max, slope.knee + slope.rise * run),
        ]
    )


def _faces(plan: Floats, low: float, high: float) -> list[Floats]:
    ring = np.concatenate([plan, plan[:1]])
    sides = [np.array([[*ring[i], low], [*ring[i + 1], low], [*ring[i + 1], high], [*ring[i], high]]) for i in range(4)]
    return [*sides, np.column_stack([plan, np.full(4, high)])]


def _distance(face: Floats) -> float:
    return -float(np.linalg.norm(face.mean(axis=0)))


def _rectangle(box: Box) -> Floats:
    return np.array([(box.x_min, box.y_min), (box.x_max, box.y_min), (box.x_max, box.y_max), (box.x_min, box.y_max)])


def _view(reading: RoomReading) -> Floats:
    """The floor in the picture, metres (N, 2)."""
    floor = reading.floor_point(reading.floor_polygon)[:, :2] if len(reading.floor_polygon) else np.zeros((0, 2))
    return np.asarray(floor[np.isfinite(floor).all(axis=1)])
