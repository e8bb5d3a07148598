"""The rest of the room: storage on empty walls, something green in the corners, a second zone where there is space."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from realstaging.engines.brief import RoomType
from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout import dining
from realstaging.engines.local.layout.composing import accept, balance, settle
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Group, Spot, against, facing

LANE = 0.75
"""Metres of way kept between zones (Panero and Zelnik: 30 in for one person to pass)."""
MOST_PLANTS = 2
DRESSED = frozenset((RoomType.KITCHEN, RoomType.BATHROOM))
"""Rooms with fittings, which nothing may hide."""
ASKEW = math.radians(35)
"""How far off straight ahead a screen may be for comfort (SMPTE EG-18)."""
FARTHEST = 5.5
"""Metres to a screen from the middle of a sofa."""
SMALLEST = 0.003
"""Share of the picture below which a piece only clutters."""
SECOND_ZONE = 15.0
"""Square metres of floor in the picture from which a room takes a second zone."""
STORAGE: Mapping[RoomType, tuple[tuple[str, ...], ...]] = {
    RoomType.LIVING_ROOM: (("media_unit", "sideboard", "console_table"), ("bookshelf", "sideboard")),
    RoomType.BEDROOM: (("dresser", "sideboard"), ("armchair", "accent_chair", "vanity"), ("wardrobe", "bookshelf")),
    RoomType.DINING_ROOM: (("sideboard", "console_table"), ("bookshelf",)),
    RoomType.OFFICE: (("bookshelf",), ("accent_chair", "armchair"), ("sideboard", "console_table"), ("floor_lamp",)),
    RoomType.KIDS_ROOM: (("toy_storage",), ("desk",), ("bookshelf", "dresser"), ("pouf",)),
    RoomType.ENTRYWAY: (("coat_rack",), ("shoe_rack",)),
}
"""What may stand along the walls that are left, most wanted first; of each tuple the first category that finds a place."""


def fill(space: Space, spots: tuple[Spot, ...], choice: Choice, room_type: RoomType) -> tuple[Spot, ...]:
    """The plan with its second zone, its storage and its plants."""
    out = spots
    if room_type is RoomType.LIVING_ROOM and _floor_seen(space) > SECOND_ZONE:
        out = (*out, *_second_zone(space, out, choice))
    for categories in STORAGE.get(room_type, ()):
        out = (*out, *_storage(space, out, choice, categories))
    for _ in range(1 if room_type in DRESSED else MOST_PLANTS):
        if piece := choice.one("planter", "plant"):
            corners = _corners(space, piece, choice.seed(), out)
            if room_type in DRESSED:
                corners = (spot for spot in corners if space.hides_nothing(spot.floor, piece.height))
            out = (*out, *_best(space, out, corners, room_for=0.1))
    if basket := choice.one("basket"):
        out = (*out, *_best(space, out, _beside(out, basket, choice.seed()), room_for=0.02))
    return out


def _storage(space: Space, spots: tuple[Spot, ...], choice: Choice, categories: tuple[str, ...]) -> tuple[Spot, ...]:
    """A piece of the first of these categories that finds a place along a wall."""
    for category in categories:
        if piece := choice.one(category):
            places = _along_walls(space, piece, choice.seed())
            if category == "media_unit":
                places = (spot for spot in places if _watched(spot, spots))
            if found := _best(space, spots, places, room_for=LANE * 0.6):
                return found
    return ()


def _watched(unit: Spot, spots: tuple[Spot, ...]) -> bool:
    """Whether someone on a sofa looks at it: nobody hangs a screen behind the dining table."""
    return any(
        math.cos(ASKEW) <= math.cos(_turn_to(sofa, unit)) and math.hypot(unit.x - sofa.x, unit.y - sofa.y) <= FARTHEST
        for sofa in spots
        if sofa.piece.category in {"sofa", "sectional"}
    )


def _turn_to(seat: Spot, thing: Spot) -> float:
    """Radians between where a seat faces and where a thing is. A piece at rotation 0 faces -Y."""
    return math.atan2(thing.x - seat.x, -(thing.y - seat.y)) - seat.rotation


def _best(space: Space, spots: tuple[Spot, ...], candidates: Iterator[Spot], room_for: float) -> tuple[Spot, ...]:
    """The candidate that the picture gains most from, or none."""
    if any(spot.piece.category in {"media_unit", "sideboard"} for spot in spots):
        candidates = (c for c in candidates if c.piece.category not in {"media_unit", "sideboard", "console_table"})
    standing = [spot for spot in spots if spot.stands]
    best, gain = None, 0.0
    for spot in candidates:
        free = spot.floor.grown(room_for)
        if any(free.overlaps(other.floor) for other in standing) or not accept(space, spot, spots):
            continue
        view = space.outline(spot.floor, spot.z, spot.piece.height)
        if view is None or _covers(space, spot, view, spots):
            continue
        area = (view[2] - view[0]) * (view[3] - view[1])
        if area < SMALLEST:
            continue
        evened = abs(balance(space, spots) - 0.5) - abs(balance(space, [*spots, spot]) - 0.5)
        value = min(area, 0.08) * 4 + evened * 3 + 0.2
        if value > gain:
            best, gain = spot, value
    return (best,) if best else ()


def _covers(space: Space, spot: Spot, view: tuple[float, float, float, float], spots: tuple[Spot, ...]) -> bool:
    """Whether it would stand before a piece already placed, or rise like a wall close to the camera."""
    near = space.distance(spot.floor)
    if spot.piece.height > 1.2 and near < 1.9:
        return True
    for other in spots:
        theirs = space.outline(other.floor, other.z, other.z + other.piece.height)
        if theirs is None or not other.stands or space.distance(other.floor) < near:
            continue
        wide = max(0.0, min(view[2], theirs[2]) - max(view[0], theirs[0]))
        tall = max(0.0, min(view[3], theirs[3]) - max(view[1], theirs[1]))
        if wide * tall > 0.25 * (theirs[2] - theirs[0]) * (theirs[3] - theirs[1]):
            return True
    return False


def _along_walls(space: Space, piece: Piece, seed: int) -> Iterator[Spot]:
    for wall in ("X-", "X+", "Y+"):
        length = space.box.wall_length(wall)
        for place in range(int((length - piece.width) / 0.25) + 1):
            line = space.line(wall, piece.width / 2 + place * 0.25)
            if piece.seats:
                yield facing(line, piece, 0.0, 0.25 + piece.depth / 2, 0.0, 1.0, seed)
            else:
                yield against(line, piece, 0.0, 0.04, 1.0, seed)


def _corners(space: Space, piece: Piece, seed: int, spots: tuple[Spot, ...]) -> Iterator[Spot]:
    """Room corners first of all, then the ends of what stands along walls."""
    box, off = space.box, max(piece.width, piece.depth) / 2 + 0.08
    for x in (box.x_min + off, box.x_max - off):
        yield Spot(piece, x, box.y_max - off, 0.0, 0.0, 1.0, seed)
        for step in range(1, 12):
            yield Spot(piece, x, box.y_max - off - step * 0.4, math.copysign(math.pi / 2, -x), 0.0, 0.7, seed)
    for spot in spots:
        if spot.piece.category in {
            "media_unit",
            "sideboard",
            "dresser",
            "sofa",
            "bookshelf",
            "outdoor_sofa",
            "outdoor_chair",
        }:
            for side in (-1, 1):
                aside = side * (spot.piece.width / 2 + off + 0.1)
                yield Spot(
                    piece,
                    spot.x + math.cos(spot.rotation) * aside,
                    spot.y + math.sin(spot.rotation) * aside,
                    0.0,
                    0.0,
                    0.8,
                    seed,
                )


def _beside(spots: tuple[Spot, ...], piece: Piece, seed: int) -> Iterator[Spot]:
    for spot in spots:
        if spot.piece.category in {"sofa", "sectional", "armchair", "dresser", "bed", "console_table", "shoe_rack"}:
            for side in (-1, 1):
                aside = side * (spot.piece.width / 2 + piece.width / 2 + 0.06)
                yield spot_like(spot, piece, aside, seed)


def spot_like(spot: Spot, piece: Piece, aside: float, seed: int) -> Spot:
    """A piece beside another, facing the same way."""
    cos, sin = math.cos(spot.rotation), math.sin(spot.rotation)
    return Spot(piece, spot.x + cos * aside, spot.y + sin * aside, spot.rotation, 0.0, 0.6, seed)


def _second_zone(space: Space, spots: tuple[Spot, ...], choice: Choice) -> tuple[Spot, ...]:
    """A dining table with its chairs on floor that the seats leave free, with a lane between."""
    table, chair = choice.one("dining_table", borrow=True), choice.one("dining_chair", borrow=True)
    if not table or not chair:
        return ()
    standing = [spot for spot in spots if spot.stands or spot.piece.category == "rug"]
    seed, gain = choice.seed(), 0.0
    best: tuple[Spot, ...] = ()
    for group in _dining_groups(space, table, chair, seed):
        footprint = group.anchor.floor.grown(chair.depth * 0.7 + LANE * 0.5)
        if any(footprint.overlaps(other.floor) for other in standing):
            continue
        settled = settle(space, group, spots)
        if len(settled) < 3 or _hides(space, settled, spots):
            continue
        value = len(settled) * 0.3 - abs(balance(space, [*spots, *settled]) - 0.5) * 2
        value += 1.0 - abs(math.hypot(settled[0].x, settled[0].y) - 4.5) * 0.15
        if value > gain:
            best, gain = settled, value
    return best


def _hides(space: Space, zone: tuple[Spot, ...], spots: tuple[Spot, ...]) -> bool:
    views = [(spot, space.outline(spot.floor, 0.0, spot.piece.height)) for spot in zone]
    return any(view is None or _covers(space, spot, view, spots) for spot, view in views)


def _dining_groups(space: Space, table: Piece, chair: Piece, seed: int) -> Iterator[Group]:
    for middle in dining.middles(space, table, seed):
        yield Group((middle,), tuple(dining.chairs(middle, chair, seed)))


def _floor_seen(space: Space) -> float:
    """Square metres of bare floor in the picture, sampled every half metre."""
    box, side = space.box, 0.5
    cells = (
        Footprint(x, y, side, side)
        for x in dining.steps(box.x_min + side / 2, box.x_max - side / 2, side)
        for y in dining.steps(max(box.y_min, 0.0) + side / 2, box.y_max - side / 2, side)
    )
    return sum(side * side for cell in cells if space.bare(cell) > 0.6)
