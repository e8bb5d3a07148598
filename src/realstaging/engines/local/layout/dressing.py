"""Small things: lamps and flowers on tables, pictures on walls."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Final

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.space import WALL_ROTATION, Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.room.reading import WALLS, Wall

EYE_LEVEL: Final = 1.45
"""Metres to the middle of a picture: museums hang at 57-60 in."""
ABOVE: Final = 0.18
"""Metres between furniture and the picture above it: 6-8 in."""
WHOLE: Final = 0.999
"""Share of what hangs that is in the picture: art cut by the frame looks like a mistake."""
WIDTH_OF_SOFA: Final = 0.75
"""Most of the furniture's width that what hangs above may take: two thirds to three quarters."""
BETWEEN: Final = 0.08
MOST_ART: Final = 2
"""Places with art in one picture; more is a gallery."""
SMALLEST_ART: Final = 0.006
"""Share of the picture from which art on a bare wall is worth hanging."""
ALONG_WALL: Final = 0.3
ASIDE: Final = 0.15
"""Metres of free wall on both sides of what hangs by itself."""
FACING: Final = 0.42
"""Cosine between where art on a bare wall faces and the camera, at least."""
SLANTED: Final = 0.34
"""The same for what hangs above furniture: below, one sees its edge."""
SCREEN_ABOVE: Final = 0.22
"""Metres between unit and screen: its middle comes to 1.0-1.2 m, the eyes of someone seated (Panero and Zelnik)."""

ON_TOP: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "nightstand": (("table_lamp",), ("decor", "plant_small")),
    "side_table": (("table_lamp", "plant_small", "decor"),),
    "vanity_stool": (("towel",),),
    "media_unit": (("decor", "plant_small"), ("plant_small", "decor")),
    "console_table": (("table_lamp",), ("decor", "plant_small")),
    "sideboard": (("table_lamp", "plant_small"), ("decor",)),
    "dresser": (("table_lamp", "plant_small"), ("decor",)),
}
PLACES: Final[dict[int, tuple[float, ...]]] = {1: (0.0,), 2: (-0.3, 0.3)}
"""Where things stand along a top, shares of its width."""


def dress(space: Space, spots: tuple[Spot, ...], choice: Choice) -> tuple[Spot, ...]:
    """The plan with what stands on it and hangs above it."""
    screens = tuple(_screens(space, spots, choice))
    return (*spots, *_tops(space, spots, choice), *screens, *_walls(space, spots, choice, screens))


def _tops(space: Space, spots: tuple[Spot, ...], choice: Choice) -> Iterator[Spot]:
    chosen: dict[tuple[str, ...], Piece | None] = {}
    for spot in spots:
        categories_wanted = () if spot.piece.laden else ON_TOP.get(spot.piece.category, ())
        for place, categories in enumerate(categories_wanted):
            key = (spot.piece.category, *categories)
            if key not in chosen:
                lower = SCREEN_ABOVE if spot.piece.category == "media_unit" else math.inf
                chosen[key] = choice.one(*categories, fits=partial(_stands_on_tops, lower=lower))
            piece = chosen[key]
            share = PLACES[len(categories_wanted)][place]
            if piece and _fits_on(piece, spot.piece, share):
                new = _on(spot, piece, share * spot.piece.width, choice.seed())
                if space.permits(new.floor, new.z + piece.height):
                    yield new


def _screens(space: Space, spots: tuple[Spot, ...], choice: Choice) -> Iterator[Spot]:
    """A television on the wall above its unit; where the wall is taken, none."""
    screen = choice.one("television")
    for spot in spots:
        wall = _wall_of(space, spot)
        if screen is None or wall is None or spot.piece.category != "media_unit":
            continue
        t, z = space.along(wall, spot.x, spot.y), spot.piece.height + SCREEN_ABOVE
        new = _hung(space, wall, screen, t, z, choice.seed())
        free = space.wall_is_free(wall, t - screen.width / 2, t + screen.width / 2, z, z + screen.height)
        if free and space.is_plain(new.floor, z, z + screen.height) and _seen_whole(space, new):
            yield new


def _stands_on_tops(piece: Piece, lower: float) -> bool:
    """Whether it is for tops, and ``lower`` than so many metres: what stands before a screen must not hide it."""
    return piece.mount == "surface" and piece.height <= lower


def _fits_on(piece: Piece, below: Piece, share: float) -> bool:
    free = below.width * (1 - 2 * abs(share)) if share else below.width
    return piece.width <= free + 0.02 and piece.depth <= below.depth + 0.02


def _on(spot: Spot, piece: Piece, along: float, seed: int) -> Spot:
    cos, sin = math.cos(spot.rotation), math.sin(spot.rotation)
    return Spot(piece, spot.x + cos * along, spot.y + sin * along, spot.rotation, spot.piece.height, 0.3, seed)


def _walls(space: Space, spots: tuple[Spot, ...], choice: Choice, screens: tuple[Spot, ...]) -> Iterator[Spot]:
    """Art above what stands along a wall, then one piece on the largest wall left bare."""
    hung: list[Spot] = []
    for spot in spots:
        if spot.piece.category not in {"sofa", "sectional", "bed", "dresser", "sideboard", "console_table", "desk"}:
            continue
        wall = _wall_of(space, spot)
        if wall is None:
            continue
        categories = ("mirror", "art") if spot.piece.category in {"dresser", "console_table"} else ("art", "mirror")
        for new in _above(space, spot, wall, categories, choice):
            if not _meets(new, [*hung, *screens]):
                hung.append(new)
    yield from hung
    standing = [spot for spot in spots if spot.stands]
    for _ in range(MOST_ART - min(MOST_ART, len({(spot.rotation, spot.z) for spot in hung}))):
        if more := _on_bare_wall(space, standing, [*hung, *screens], choice):
            hung.append(more)
            yield more


def _on_bare_wall(space: Space, standing: list[Spot], hung: list[Spot], choice: Choice) -> Spot | None:
    """Art where the largest stretch of plain wall faces the camera, nothing standing before it."""
    best, gain = None, SMALLEST_ART
    views = [space.outline(spot.floor, spot.z, spot.z + spot.piece.height) for spot in standing]
    pieces = sorted(choice.all("art", lambda p: p.mount == "wall"), key=lambda piece: -piece.width)
    taken = {round(math.remainder(spot.rotation, 2 * math.pi), 3) for spot in hung}
    for wall in (wall for wall in WALLS if round(math.remainder(WALL_ROTATION[wall], 2 * math.pi), 3) not in taken):
        for piece in dict.fromkeys([*pieces[:1], *pieces[-1:]]):
            z, length = EYE_LEVEL - piece.height / 2, space.box.wall_length(wall)
            for step in range(int((length - piece.width - 0.6) / ALONG_WALL) + 1):
                t = 0.3 + piece.width / 2 + step * ALONG_WALL
                if not space.wall_is_free(
                    wall, t - piece.width / 2 - ASIDE, t + piece.width / 2 + ASIDE, z, z + piece.height
                ):
                    continue
                new = _hung(space, wall, piece, t, z, choice.seed() if best is None else best.seed)
                view = space.outline(new.floor, z, z + piece.height)
                if view is None or _edge_on(new, FACING) or any(_cover(view, other) for other in views):
                    continue
                # Nearer the middle of its wall it hangs better.
                area = (view[2] - view[0]) * (view[3] - view[1]) * (1 - 0.6 * abs(t / length - 0.5))
                plain = area > gain and _seen_whole(space, new)
                if plain and space.is_plain(new.floor, z - ASIDE, z + piece.height + ASIDE):
                    best, gain = new, area
    return best


def _edge_on(spot: Spot, least: float) -> bool:
    """Whether what hangs is seen from its side: the cosine between where it faces and the camera is below ``least``."""
    away = max(math.hypot(spot.x, spot.y), 1e-6)
    return (-spot.x * math.sin(spot.rotation) + spot.y * math.cos(spot.rotation)) / away < least


def _cover(view: tuple[float, float, float, float], other: tuple[float, float, float, float] | None) -> bool:
    return other is not None and view[0] < other[2] and view[2] > other[0] and view[1] < other[3] and view[3] > other[1]


def _wall_of(space: Space, spot: Spot) -> Wall | None:
    for wall in WALLS:
        turned = math.remainder(WALL_ROTATION[wall] - spot.rotation, 2 * math.pi)
        if abs(turned) < 0.05:
            t = space.along(wall, spot.x, spot.y)
            x, y = space.box.at_wall(wall, t)
            if math.hypot(x - spot.x, y - spot.y) < spot.piece.depth / 2 + 0.3:
                return wall
    return None


def _above(space: Space, spot: Spot, wall: Wall, categories: tuple[str, ...], choice: Choice) -> Iterator[Spot]:
    """One wide picture, or two of a kind side by side."""
    most = spot.piece.width * (WIDTH_OF_SOFA if spot.piece.width > 1.2 else 0.9)
    top = spot.piece.height + ABOVE
    room = space.box.ceiling - 0.25 - top
    found = [
        piece
        for category in categories
        for piece in choice.all(
            category, lambda p: p.mount == "wall" and p.width <= most and p.height <= min(room, 1.2)
        )
    ]
    for piece in found[:4]:
        count = 2 if 2 * piece.width + BETWEEN <= most and piece.category == "art" else 1
        z = max(top, EYE_LEVEL - piece.height / 2)
        t = space.along(wall, spot.x, spot.y)
        wide = count * piece.width + (count - 1) * BETWEEN
        if not space.wall_is_free(wall, t - wide / 2, t + wide / 2, z, z + piece.height):
            continue
        spots = [
            _hung(space, wall, piece, t + (i - (count - 1) / 2) * (piece.width + BETWEEN), z, choice.seed())
            for i in range(count)
        ]
        if all(_seen_whole(space, new) and space.is_plain(new.floor, z, z + piece.height) for new in spots):
            yield from _told_apart(spots)
            return


def _told_apart(spots: list[Spot]) -> Iterator[Spot]:
    """Two pictures side by side must not be the same picture."""
    for first, second in pairwise([*spots, spots[0]]):
        clash = len(spots) > 1 and first.seed == second.seed and first is spots[0]
        yield Spot(
            first.piece,
            first.x,
            first.y,
            first.rotation,
            first.z,
            first.weight,
            (first.seed + 1) % 4 if clash else first.seed,
        )


def _hung(space: Space, wall: Wall, piece: Piece, t: float, z: float, seed: int) -> Spot:
    x, y = space.line(wall, t).at(0.0, piece.depth / 2 + 0.003)
    return Spot(piece, x, y, WALL_ROTATION[wall], z, 0.8, seed)


def _seen_whole(space: Space, spot: Spot) -> bool:
    return not _edge_on(spot, SLANTED) and space.shown(spot.floor, spot.z, spot.z + spot.piece.height, 0.008) >= WHOLE


def _meets(spot: Spot, others: list[Spot]) -> bool:
    return any(_upright(spot).overlaps(_upright(other)) for other in others if other.rotation == spot.rotation)


def _upright(spot: Spot) -> Footprint:
    """A hung piece as a rectangle of its wall."""
    along = spot.x * math.cos(spot.rotation) + spot.y * math.sin(spot.rotation)
    return Footprint(along, spot.z + spot.piece.height / 2, spot.piece.width, spot.piece.height)
