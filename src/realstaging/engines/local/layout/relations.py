"""Where the parts of a group may be, from where its main piece is: places in order of preference, none of them tested yet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout import chairs, dining
from realstaging.engines.local.layout.fire import turned_to
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.programme import Relation
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import CHAIRS, TABLES, Spot
from realstaging.engines.local.room.reading import Floats, Wall

UNDER_SEAT: Final = 0.30
"""Metres of rug under a sofa, so that its front legs stand on it (usual advice of rug makers and decorators)."""
PAIR_APART: Final = 0.62
"""Metres between two armchairs: a small table and a hand's breadth on both sides."""
PAIR_TURN: Final = math.radians(14)
RUG_PAST_FOOT: Final = 0.5
"""Metres of rug beyond the foot of the bed; it lies under its lower two thirds (usual advice of rug makers)."""
RUNNER: Final = 0.9
"""Metres: rugs that are not wider are runners."""
RUG_PAST_TABLE: Final = 0.3
"""Metres of rug beyond a table at least; 0.55 is better, so that a chair moved back stays on it."""
OFF_WALL: Final = 0.04
SEAT_OFF_WALL: Final = 0.3
ALONG_STEP: Final = 0.25
ASKEW: Final = math.radians(35)
"""How far off straight ahead a screen may be for comfort (SMPTE EG-18)."""
WATCHED: Final = (1.6, 5.5)
"""Metres from the middle of a sofa to a screen (SMPTE EG-18's 30 degrees to comfort)."""
SIGHT: Final = 0.9
"""Metres: width of what must be free between a sofa and a screen."""
LOOKED_OVER: Final = 1.0
"""Metres: whoever sits looks over what is lower, but for a table where others sit."""
FRONT_STEP: Final = 0.2
OFF_FRONTS: Final = (0.06, 0.2, 0.4)
"""Metres between what is built in and a runner or mat: toe space."""
MOST_OF_RUNNER: Final = 0.5
"""Share of a runner's length that lies before worktops, at least."""
OFF_COUNTER: Final = 0.1
BETWEEN_STOOLS: Final = 0.18
"""Metres between stools: 24 in of counter for one person (National Kitchen and Bath Association)."""
IN_VIEW: Final[tuple[Wall, ...]] = ("Y+", "X-", "X+")
_ENDS: Final = frozenset(
    ("media_unit", "sideboard", "dresser", "sofa", "bookshelf", "outdoor_sofa", "outdoor_chair", "desk")
)
_COMPANY: Final = frozenset(
    ("sofa", "sectional", "armchair", "accent_chair", "dresser", "bed", "console_table", "shoe_rack")
)


def places(relation: Relation, piece: Piece, space: Space, main: Spot, placed: tuple[Spot, ...]) -> Floats:
    """Poses (N, 3: x, y, rotation) of a piece."""
    found = list(_PLACES[relation](piece, space, main, placed))
    return np.array(found, float).reshape(-1, 3)


Pose = tuple[float, float, float]


def at(main: Spot, along: float, out: float, turn: float = 0.0) -> Pose:
    """A pose ``along`` metres to the right of the middle of a piece's back (seen from before it) and ``out`` metres before it."""
    right, back = main.floor.axes
    x, y = np.array([main.x, main.y]) + back * main.piece.depth / 2 + right * along - back * out
    return float(x), float(y), math.remainder(main.rotation + turn, 2 * math.pi)


def _joined(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.joins and main.piece.joins and piece.joins != main.piece.joins:
        side = 1 if main.piece.joins == "right" else -1
        yield at(main, side * (main.piece.width + piece.width) / 2, piece.depth / 2)


def _before(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for gap in chairs.SEAT_TO_TABLE:
        yield at(main, 0.0, main.piece.depth + gap + piece.depth / 2)


def _chair(piece: Piece, space: Space, main: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    for along, out, turn in chairs.at_table(piece, main, placed):
        yield _turned(space, at(main, along, out, turn))


def _turned(space: Space, pose: Pose) -> Pose:
    """A seat's pose, turned towards the fire where it would turn its side to it."""
    x, y, rotation = pose
    return x, y, turned_to(space.fires, x, y, rotation)


def _beside(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for gap in (0.05, 0.12):
        for side in (1, -1):
            yield at(main, side * (main.piece.width / 2 + gap + piece.width / 2), 0.04 + piece.depth / 2)


def _pair(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for side in (1, -1):
        aside = side * (main.piece.width / 2 + PAIR_APART + piece.width / 2)
        yield at(main, aside, main.piece.depth / 2, side * -PAIR_TURN)
        yield at(main, aside * 0.75, main.piece.depth / 2 + 0.25, side * -math.radians(50))


def _between(piece: Piece, _: Space, main: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    twin = next((spot for spot in placed if spot.piece.category == main.piece.category and spot is not main), None)
    if twin:
        right = main.floor.axes[0]
        side = math.copysign(1.0, float(right @ (twin.x - main.x, twin.y - main.y)))
        yield at(main, side * (main.piece.width + PAIR_APART) / 2, main.piece.depth * 0.55)
    for side in (1, -1):
        yield at(main, side * (main.piece.width / 2 + 0.06 + piece.width / 2), main.piece.depth * 0.5)


def _around(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for spot in dining.chairs(main, piece, 0):
        yield spot.x, spot.y, spot.rotation


def _at_desk(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    yield at(main, 0.0, main.piece.depth + 0.03 + piece.depth / 2, math.pi)


def _foot(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.width <= main.piece.width:
        yield at(main, 0.0, main.piece.depth + 0.06 + piece.depth / 2)


def _rug_before(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.depth > RUNNER:
        for under in (UNDER_SEAT, -0.05):
            yield at(main, 0.0, main.piece.depth - under + piece.depth / 2)
        yield at(main, 0.0, main.piece.depth - UNDER_SEAT + piece.width / 2, math.pi / 2)


def _rug_bed(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.width >= main.piece.width + 0.4:
        for along in (0.0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3, -0.4, 0.4):
            yield at(main, along, main.piece.depth + RUG_PAST_FOOT - piece.depth / 2)
    if piece.depth <= RUNNER or piece.width < 2.5:
        for side in (1, -1):
            aside = side * (main.piece.width / 2 + 0.12 + piece.depth / 2)
            yield at(main, aside, main.piece.depth - piece.width / 2, math.pi / 2)


def _rug_under(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.width >= main.piece.width + 2 * RUG_PAST_TABLE:
        yield main.x, main.y, main.rotation
        yield at(main, 0.0, main.piece.depth / 2 + 0.35)


def _rug_beside(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for side in (1, -1):
        yield at(main, side * (main.piece.width / 2 + 0.3 + piece.width / 2), 0.3 + piece.depth / 2)
        yield at(main, side * (main.piece.width / 2 + 0.2 + piece.depth / 2), main.piece.depth / 2, math.pi / 2)
    yield at(main, 0.0, main.piece.depth + 0.1 + piece.depth / 2)


def _runner(piece: Piece, _: Space, main: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    if piece.depth <= RUNNER:
        for along in (0.0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2):
            for out in (0.45, 0.3, 0.6, 0.8):
                yield at(main, along, main.piece.depth + out + piece.depth / 2)


def _watched(piece: Piece, space: Space, main: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    before = [spot.floor for spot in placed if spot is not main and spot.stands and _hides(spot.piece)]
    for wall, x, y, rotation in _on_walls(piece, space, OFF_WALL):
        t = space.along(wall, x, y)
        if not space.wall_is_free(wall, t - piece.width / 2, t + piece.width / 2, 0.6, 1.6):
            continue
        away = math.hypot(x - main.x, y - main.y)
        ahead = math.remainder(math.atan2(x - main.x, -(y - main.y)) - main.rotation, 2 * math.pi)
        opposite = math.cos(rotation - main.rotation) < -0.7
        in_sight = not any(_sight(main, x, y).overlaps(floor) for floor in before)
        if WATCHED[0] <= away <= WATCHED[1] and abs(ahead) <= ASKEW and opposite and in_sight:
            yield x, y, rotation


def _hides(piece: Piece) -> bool:
    """Whether a piece hides a screen behind it from somebody who sits."""
    return piece.height > LOOKED_OVER or piece.category in TABLES | CHAIRS


def _sight(main: Spot, x: float, y: float) -> Footprint:
    """The floor between a sofa and what it looks at."""
    across, deep = x - main.x, y - main.y
    return Footprint(main.x + across / 2, main.y + deep / 2, math.hypot(across, deep), SIGHT, math.atan2(deep, across))


def _wall(piece: Piece, space: Space, _: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    yield from _along(piece, space, OFF_WALL)


def _seat(piece: Piece, space: Space, _: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    for pose in _along(piece, space, SEAT_OFF_WALL):
        yield _turned(space, pose)
    box, off = space.box, max(piece.width, piece.depth) / 2 + SEAT_OFF_WALL
    for x, turn in ((box.x_min + off, math.pi / 4), (box.x_max - off, -math.pi / 4)):
        yield x, box.y_max - off, turn


def _along(piece: Piece, space: Space, gap: float) -> Iterator[Pose]:
    for _, x, y, rotation in _on_walls(piece, space, gap):
        yield x, y, rotation


def _on_walls(piece: Piece, space: Space, gap: float) -> Iterator[tuple[Wall, float, float, float]]:
    for wall in IN_VIEW:
        free = space.box.wall_length(wall) - piece.width
        for place in range(int(free / ALONG_STEP) + 1 if free >= 0 else 0):
            line = space.line(wall, piece.width / 2 + place * ALONG_STEP)
            x, y = line.at(0.0, gap + piece.depth / 2)
            yield wall, x, y, line.rotation


def _corner(piece: Piece, space: Space, _: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    """Room corners first of all, then the ends of what stands along walls, then the walls."""
    box, off = space.box, max(piece.width, piece.depth) / 2 + 0.08
    for x in (box.x_min + off, box.x_max - off):
        yield x, box.y_max - off, 0.0
    for spot in placed:
        if spot.piece.category in _ENDS:
            for side in (-1, 1):
                x, y, _turn = at(spot, side * (spot.piece.width / 2 + off + 0.1), spot.piece.depth / 2)
                yield x, y, 0.0
    for x in (box.x_min + off, box.x_max - off):
        for step in range(1, 14):
            yield x, box.y_max - off - step * 0.4, math.copysign(math.pi / 2, -x)


def _by(piece: Piece, _: Space, __: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    for spot in placed:
        if spot.piece.category in _COMPANY:
            for side in (-1, 1):
                yield at(spot, side * (spot.piece.width / 2 + piece.width / 2 + 0.06), spot.piece.depth / 2)


def fronts(piece: Piece, space: Space, *, topped: bool) -> Iterator[Pose]:
    """Along what stands by the walls, as one lays a runner before worktops (only before these, if ``topped``): nearest first."""
    for front in space.fittings.fronts:
        for t in np.arange(piece.width / 2, space.box.wall_length(front.wall) - piece.width / 2, FRONT_STEP):
            out = front.over(float(t), piece.width)
            if topped and front.share_fitted(float(t), piece.width, topped=True) < MOST_OF_RUNNER:
                continue
            if math.isfinite(out):
                line = space.line(front.wall, float(t))
                for gap in OFF_FRONTS:
                    yield (*line.at(0.0, out + gap + piece.depth / 2), line.rotation)


def counter(piece: Piece, space: Space) -> Iterator[Pose]:
    """At the sides of islands that look into the room, looking at them: from the middle outwards."""
    for side in space.fittings.sides:
        if side.is_bar != (piece.category == "bar_stool"):
            continue
        count = int(side.length / (piece.width + BETWEEN_STOOLS))
        turn = math.atan2(side.out[0], -side.out[1])
        middle, along = side.ends.mean(axis=0), (side.ends[1] - side.ends[0]) / max(side.length, 1e-6)
        places = (np.arange(count) - (count - 1) / 2) * side.length / max(count, 1)
        for place in sorted(places.tolist(), key=abs):
            x, y = middle + along * place + side.out * (OFF_COUNTER + piece.depth / 2)
            yield float(x), float(y), math.remainder(turn + math.pi, 2 * math.pi)


def _fronts(piece: Piece, space: Space, _: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    # A mat lies before whatever is built in; a runner may be left out.
    yield from fronts(piece, space, topped=piece.category == "rug")


def _counter(piece: Piece, space: Space, _: Spot, __: tuple[Spot, ...]) -> Iterator[Pose]:
    yield from counter(piece, space)


def _plain_corner(piece: Piece, space: Space, main: Spot, placed: tuple[Spot, ...]) -> Iterator[Pose]:
    """In corners and along walls, before nothing but paint."""
    for x, y, rotation in (*_corner(piece, space, main, placed), *_along(piece, space, OFF_WALL)):
        if space.hides_nothing(Footprint(x, y, piece.width, piece.depth, rotation), piece.height):
            yield x, y, rotation


_PLACES: Final = {
    Relation.JOINED: _joined,
    Relation.BEFORE: _before,
    Relation.CHAIR: _chair,
    Relation.BESIDE: _beside,
    Relation.PAIR: _pair,
    Relation.BETWEEN: _between,
    Relation.AROUND: _around,
    Relation.AT_DESK: _at_desk,
    Relation.FOOT: _foot,
    Relation.RUG_BEFORE: _rug_before,
    Relation.RUG_BED: _rug_bed,
    Relation.RUG_UNDER: _rug_under,
    Relation.RUG_BESIDE: _rug_beside,
    Relation.RUNNER: _runner,
    Relation.WATCHED: _watched,
    Relation.WALL: _wall,
    Relation.SEAT: _seat,
    Relation.CORNER: _corner,
    Relation.BY: _by,
    Relation.FRONTS: _fronts,
    Relation.COUNTER: _counter,
    Relation.PLAIN_CORNER: _plain_corner,
}
