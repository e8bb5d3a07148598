"""What no piece may do, whatever it would bring to the picture: looked up for thousands of places at once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.layout.ground import AISLE, RUG, SPACING, UNSEEN, Ground, stands_under
from realstaging.engines.local.layout.programme import Programme
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import LYING, Spot
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.reading import Floats, OpeningKind

TOUCHING: Final = 0.03
"""Metres kept between pieces."""
AT_CAMERA: Final = 0.55
"""Metres from the camera's foot to the nearest corner of what stands: the photographer stood there."""
RISE: Final = {"bed": 0.65, "kids_bed": 0.65}
"""Metres that a piece may rise above a sill under which it is centred: headboards stand before windows."""
TALL: Final = 1.25
"""Metres: higher pieces hide what is on the wall."""
SLENDER: Final = frozenset(("plant", "planter", "floor_lamp", "coat_rack"))
SEEN_THROUGH: Final = frozenset(("dining_chair", "office_chair", "dining_table"))
WINDOW: Final = list(OpeningKind).index(OpeningKind.WINDOW)
LOW: Final = 0.62
"""Metres: lower pieces may be cut by the frame, as in stagers' own pictures."""
MOST_FILLED: Final = {
    "bed": 0.36,
    "sofa": 0.28,
    "dining_table": 0.24,
    "desk": 0.22,
    "outdoor_sofa": 0.28,
    "kids_bed": 0.28,
    "dining_chair": 0.07,
    "armchair": 0.085,
    "accent_chair": 0.085,
    "outdoor_chair": 0.085,
}
MOST_FILLED_OTHER: Final = 0.105
"""Shares of the picture that a piece's outline may fill: more looms. Angles, so that they hold whatever the room's scale."""
RUG_CUT: Final = 0.45
"""Share of a rug that may be outside the frame: rugs run out of most pictures."""
RUG_BARE: Final = 0.66
"""Share of a rug's points in view that lie on bare floor."""

OUTSIDE, NEAR, LOOMS, CUT, NOT_BARE, MEETS, HIDES, STANDING, WORKED_AT, SLOPES, ON_REGISTER = (
    "outside the walls",
    "where the camera stands",
    "fills too much of the picture",
    "cut by the picture's edge",
    "not on bare floor",
    "meets another piece",
    "tall before something on the wall",
    "in something that stands there, or where it is to stay clear",
    "where somebody works at what is built in",
    "through a sloping ceiling",
    "on a grille in the floor",
)


@dataclass(frozen=True)
class Allowance:
    """How far a step lets the rules give."""

    sure: float = 0.7
    """Probability from which openings forbid."""
    cut: float = 0.03
    """Share of a piece that may be outside the frame."""
    low_cut: float = 0.06
    """The same for low pieces."""
    bed_cut: float = 0.12
    """The same for beds, whose foot runs out of most pictures."""
    table_cut: float = 0.03
    """The same for dining tables, which one sees through below."""
    bare: float = 0.8
    """Share of a piece's points in view that lie on bare floor."""
    fills: float = 1.0
    """Times ``MOST_FILLED``."""
    aisle: float = AISLE
    """Metres kept before what is built in, where people work."""

    def cut_of(self, piece: Piece) -> float:
        """Share of a piece that may be outside the frame."""
        if piece.height <= RUG:
            return RUG_CUT
        if piece.category in SEEN_THROUGH:
            return self.table_cut
        if piece.category in RISE:
            return self.bed_cut
        return self.low_cut if piece.height <= LOW else self.cut


class Rules:
    """One room's rules at one allowance."""

    def __init__(self, space: Space, view: View, allowance: Allowance, programme: Programme | None = None) -> None:
        """The ``programme`` says whether people work along the walls, or sit before glass all around."""
        self.space, self.view, self.allowance = space, view, allowance
        self.fitted = programme is not None and programme.fitted
        self.ground = Ground(space, allowance.sure, programme, allowance.aisle)
        self._doubted = bool(self.ground.toll.any())
        self._tolls: dict[tuple[str, float, float, float], dict[int, float]] = {}
        self._told = [OUTSIDE, NEAR, LOOMS, CUT, NOT_BARE, MEETS, HIDES, STANDING]
        self._told += [*(f"before a {kind}" for kind in OpeningKind), WORKED_AT, SLOPES, ON_REGISTER]

    def broken(self, piece: Piece, poses: Floats, placed: Iterable[Spot] = ()) -> NDArray[np.int8]:
        """For each pose (N, 3: x, y, rotation) the first rule that it breaks (see ``words``), -1 where it breaks none."""
        found = np.full(len(poses), -1, np.int8)
        for check in (self._on_ground, self._in_picture, self._meets, self._rises):
            left = np.flatnonzero(found < 0)
            if len(left) == 0:
                break
            found[left] = check(piece, poses[left], tuple(placed))
        return found

    def words(self, rule: int) -> str:
        """A rule in words."""
        return self._told[rule]

    def takes(self, spot: Spot, placed: Iterable[Spot] = ()) -> bool:
        """Whether one piece may be where it is."""
        return bool(self.broken(spot.piece, np.array([[spot.x, spot.y, spot.rotation]]), placed)[0] < 0)

    def toll(self, spots: Iterable[Spot]) -> float:
        """What it costs to stand before openings that are not sure: a door is blocked once, by however many pieces."""
        most: dict[int, float] = {}
        for spot in spots:
            for opening, cost in self._tolls_of(spot).items():
                most[opening] = max(cost, most.get(opening, 0.0))
        return sum(most.values())

    def _tolls_of(self, spot: Spot) -> dict[int, float]:
        """What a piece costs by itself, for each opening that it stands before."""
        if not self._doubted or spot.piece.height <= RUG or not spot.stands:
            return {}
        key = spot.piece.name, spot.x, spot.y, spot.rotation
        if key not in self._tolls:
            row, column, _ = self.ground.cells(_points(spot.piece, np.array([[spot.x, spot.y, spot.rotation]])))
            costs, owners = self.ground.toll[row[0], column[0]], self.ground.tolled[row[0], column[0]]
            # A door is blocked by half a sofa as much as by a whole one.
            self._tolls[key] = {
                owner: float(min(costs[owners == owner].max(), 2.5 * costs[owners == owner].sum() / costs.size))
                for owner in set(owners.tolist()) - {-1}
            }
        return self._tolls[key]

    def _on_ground(self, piece: Piece, poses: Floats, _: tuple[Spot, ...]) -> NDArray[np.int8]:
        points = _points(piece, poses)
        row, column, inside = self.ground.cells(points)
        found = np.full(len(poses), -1, np.int8)
        limit = self.ground.limit[row, column]
        rise = stands_under(self.space, poses[:, 0], poses[:, 1], poses[:, 2], RISE.get(piece.category, 0.0))
        if piece.category in SEEN_THROUGH | SLENDER:
            # Sills bind what takes the light: a chair is looked through, and pulled away; one sees past a plant.
            at_window = self.ground.cause[row, column] == WINDOW
            limit = np.where(at_window, np.inf, limit)
        # Only a sill may be risen above.
        sill = (self.ground.cause[row, column] == WINDOW) & (limit > RUG)
        limit = np.where(sill, limit + rise[:, None], limit)
        worst = limit.argmin(axis=1)
        each = np.arange(len(poses))
        lowest = limit[each, worst]
        blocked = lowest < (0.0 if piece.height <= RUG else piece.height)
        cause = self.ground.cause[row[each, worst], column[each, worst]]
        found[blocked] = np.where(cause < 0, self._code(STANDING), self._code(STANDING) + 1 + cause)[blocked]
        bare = self.ground.bare[row, column]
        seen = bare != UNSEEN
        share = np.where(seen, bare, 0).sum(axis=1) / np.maximum(1, seen.sum(axis=1))
        least = RUG_BARE if piece.height <= RUG else self.allowance.bare
        found[(found < 0) & (share < least)] = self._code(NOT_BARE)
        found[~inside.all(axis=1)] = self._code(OUTSIDE)
        return found

    def _in_picture(self, piece: Piece, poses: Floats, _: tuple[Spot, ...]) -> NDArray[np.int8]:
        found = np.full(len(poses), -1, np.int8)
        within, filled = self.view.shares(piece, poses)
        rug = piece.height <= RUG
        if not rug:
            most = MOST_FILLED.get(piece.category, MOST_FILLED_OTHER) * self.allowance.fills
            found[filled > most] = self._code(LOOMS)
        found[within < 1 - self.allowance.cut_of(piece)] = self._code(CUT)
        corners = self.view.corners(piece, poses)[:, :4, :2]
        near = np.linalg.norm(corners, axis=-1).min(axis=1)
        if not rug:
            found[near < AT_CAMERA] = self._code(NEAR)
        return found

    def _meets(self, piece: Piece, poses: Floats, placed: tuple[Spot, ...]) -> NDArray[np.int8]:
        found = np.full(len(poses), -1, np.int8)
        lies = piece.category in LYING
        for other in placed:
            if piece.joins and other.piece.joins and piece.joins != other.piece.joins:
                # Two parts of one sofa stand flush.
                continue
            # Furniture stands on rugs, not on the runner of whoever works there, nor on a bath mat.
            if other.piece.mount == "floor" and (self.fitted or other.apart or other.lies == lies):
                found[overlap(piece, poses, other.floor)] = self._code(MEETS)
        return found

    def _rises(self, piece: Piece, poses: Floats, _: tuple[Spot, ...]) -> NDArray[np.int8]:
        found = np.full(len(poses), -1, np.int8)
        if piece.height > TALL and piece.category not in SLENDER:
            for place, (x, y, rotation) in enumerate(poses.tolist()):
                floor = Footprint(x, y, piece.width, piece.depth, rotation)
                if not self.space.is_plain(floor, 0.4, piece.height):
                    found[place] = self._code(HIDES)
        return found

    def _code(self, rule: str) -> int:
        return self._told.index(rule)


def overlap(piece: Piece, poses: Floats, other: Footprint) -> NDArray[np.bool_]:
    """Where a piece would share floor with another, ``TOUCHING`` included (separating axis theorem, as ``Footprint.overlaps``)."""
    half = np.array([piece.width, piece.depth]) / 2 + TOUCHING / 2
    theirs = np.array([other.width, other.depth]) / 2 + TOUCHING / 2
    turned = poses[:, 2] - other.rotation
    cos, sin = np.abs(np.cos(turned)), np.abs(np.sin(turned))
    away = poses[:, :2] - (other.x, other.y)
    in_theirs = np.abs(away @ other.axes.T)
    own = np.stack(
        [
            away[:, 0] * np.cos(poses[:, 2]) + away[:, 1] * np.sin(poses[:, 2]),
            -away[:, 0] * np.sin(poses[:, 2]) + away[:, 1] * np.cos(poses[:, 2]),
        ],
        axis=1,
    )
    in_own = np.abs(own)
    apart = (
        (in_theirs[:, 0] >= theirs[0] + half[0] * cos + half[1] * sin)
        | (in_theirs[:, 1] >= theirs[1] + half[0] * sin + half[1] * cos)
        | (in_own[:, 0] >= half[0] + theirs[0] * cos + theirs[1] * sin)
        | (in_own[:, 1] >= half[1] + theirs[0] * sin + theirs[1] * cos)
    )
    return np.asarray(~apart)


def _points(piece: Piece, poses: Floats) -> Floats:
    """Floor points (N, P, 2) of a piece, ``SPACING`` apart at most, its corners included."""
    u, v = _grid(piece.width, piece.depth)
    cos, sin = np.cos(poses[:, 2])[:, None], np.sin(poses[:, 2])[:, None]
    return np.stack([poses[:, :1] + u * cos - v * sin, poses[:, 1:2] + u * sin + v * cos], axis=-1)


@cache
def _grid(width: float, depth: float) -> tuple[Floats, Floats]:
    along = np.linspace(-0.5, 0.5, math.ceil(width / SPACING) + 1) * width
    across = np.linspace(-0.5, 0.5, math.ceil(depth / SPACING) + 1) * depth
    u, v = np.meshgrid(along, across)
    return u.ravel(), v.ravel()
