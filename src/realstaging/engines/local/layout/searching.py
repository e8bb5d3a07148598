"""The search for a plan: main pieces everywhere (``placing``), the best of them with what belongs to them, the best of those filled and shifted.

Deterministic: a seed gives pieces and, among plans that are as good, one of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.assessing import MISSING, Assessor
from realstaging.engines.local.layout.considered import Candidate, Considered
from realstaging.engines.local.layout.placing import ANCHORED, Placing, apart, grown, spot_at
from realstaging.engines.local.layout.programme import Anchor, Part, Programme, Relation
from realstaging.engines.local.layout.relations import places
from realstaging.engines.local.layout.rules import Rules, overlap
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.reading import Floats

FILLED: Final = 4
"""Groups that are filled up."""
TRIED: Final = 4
"""Places of one part that are assessed."""
SHIFTS: Final = 18
FARTHEST_SHIFT: Final = 0.3
SHIFTED: Final = 2
"""Plans that are shifted about."""
WORTH: Final = 0.05
"""What a piece must add to be added."""
EDGE_ON: Final = 0.34
"""Cosine between where a piece along a wall faces and the camera, below which one sees its side only."""
BY_PREFERENCE: Final = frozenset(
    (
        Relation.BEFORE,
        Relation.FOOT,
        Relation.AT_DESK,
        Relation.BETWEEN,
        Relation.RUG_BEFORE,
        Relation.RUG_BED,
        Relation.RUG_UNDER,
        Relation.RUG_BESIDE,
        Relation.RUNNER,
        Relation.COUNTER,
    )
)
"""Relations whose first free place is the right one."""
REACH: Final = {Relation.WALL: 0.4, Relation.WATCHED: 0.5, Relation.SEAT: 0.25, Relation.CORNER: 0.06}
"""Metres kept free around what stands by itself."""
LANE_BETWEEN: Final = 0.9
"""Metres added to pieces for the way between two groups, half of it on each side (Panero and Zelnik: 24-30 in to pass)."""
ZONE_AREAS: Final = (13.0, 22.0)
"""Square metres of bare floor in the picture from which a room takes a second and a third group."""
ZONED: Final = 2
"""Plans that take other groups."""
ZONES: Final = 6
"""Places of another group that are assessed."""
SMALLEST_ZONE: Final = 0.02
"""Share of the picture below which another group is only far away."""
EMPTY: Final = 0.3
"""Share of a second table's chairs that may be missing: half a table looks forgotten."""
POOR: Final = 2.0
"""What a plan is worth below which small main pieces are tried as well."""
NO_WAY: Final = "no way past it to a door"
NEARLY: Final = 0.8
"""Share of the best place before what is built in that another must reach."""
SMALLEST: Final = 0.0025
"""Share of the picture below which a piece only clutters."""


class Found:
    """A plan on its way."""

    def __init__(self, anchor: Anchor, spots: tuple[Spot, ...], group: int, value: float, missing: float = 0.0) -> None:
        self.anchor, self.spots, self.group, self.value, self.missing = anchor, spots, group, value, missing


class Search:
    """Searches one room for one programme at one allowance."""

    def __init__(self, space: Space, view: View, rules: Rules, programme: Programme, choice: Choice) -> None:
        self.space, self.view, self.rules, self.programme, self.choice = space, view, rules, programme, choice
        self.assessor = Assessor(space, view, rules, programme)
        self._seed = choice.seed()
        self.placing = Placing(self.assessor, choice, self._seed)

    def plans(self, noted: Considered, already: tuple[Spot, ...] = ()) -> list[Found]:
        """Plans, best first; none where no main piece finds a place, or none with what the room cannot be without."""
        found = self._grouped(self.placing.mains(noted, already), noted)
        if all(each.missing or each.value < POOR for each in found):
            # Small ones are for rooms that take no other, or none well.
            found += self._grouped(self.placing.mains(noted, already, small=True), noted)
        return sorted(found, key=lambda each: -each.value)

    def _grouped(self, mains: list[tuple[Anchor, Spot]], noted: Considered) -> list[Found]:
        """Main pieces with what belongs to them."""
        parts = [(part, self._pieces(part)) for part in self.programme.group]
        grouped = []
        for anchor, spot in mains:
            spots, value = self._with_parts((spot,), parts)
            missing = self.assessor.missing(spots)
            if missing:
                noted.refuse("no place for what belongs to it")
            if self.assessor.senseless(spots):
                continue
            way = self.assessor.way(spots)
            if way == -math.inf:
                noted.refuse(NO_WAY)
                continue
            grouped.append(Found(anchor, spots, len(spots), value + way + ANCHORED[anchor], missing))
        return grouped

    def fill(self, found: list[Found]) -> list[Found]:
        """The best of them with the rest of the room, shifted to where they look best; best first."""
        parts = [(part, self._pieces(part)) for part in self.programme.rest]
        others = self._others()
        filled = []
        for place, each in enumerate(_different(found)[:FILLED]):
            spots = each.spots
            for other in others if place < ZONED else ():
                spots = self._with_zone(spots, other)
            spots, value = self._with_parts(spots, parts)
            value += self.assessor.way(spots) + ANCHORED[each.anchor]
            filled.append(Found(each.anchor, spots, each.group, value))
        filled.sort(key=lambda each: -each.value)
        shifted = [self._shifted(each) for each in filled[:SHIFTED]]
        return sorted([*shifted, *filled[SHIFTED:]], key=lambda each: -each.value)

    def candidate(self, found: Found) -> Candidate:
        """A plan with its terms, to be shown."""
        parts = {"way": self.assessor.way(found.spots), f"stands {found.anchor}": ANCHORED[found.anchor]}
        return Candidate(found.spots, {**self.assessor.terms(found.spots), **parts})

    def fills(self, found: Found) -> float:
        """Share of the picture that a plan fills."""
        return float(self.view.see(found.spots).visible.sum())

    def _others(self) -> list[Search]:
        """Searches for the groups that the room takes besides: none without floor for them."""
        area = self.rules.ground.seen_area
        count = sum(area >= least for least in ZONE_AREAS)
        return [Search(self.space, self.view, self.rules, zone, self.choice) for zone in self.programme.zones[:count]]

    def _with_zone(self, spots: tuple[Spot, ...], other: Search) -> tuple[Spot, ...]:
        """The plan with another group where it gains by it, a way between the two."""
        parts = [(part, other._pieces(part)[:1]) for part in other.programme.group]
        best, gain = spots, self.assessor.total(spots) + WORTH
        around = tuple(replace(spot, piece=grown(spot.piece, LANE_BETWEEN)) for spot in spots if not spot.lies)
        # A rug is of one group: another group's chairs on its corner look as if they had been left there.
        around += tuple(replace(spot, apart=True) for spot in spots)
        for _, main in other.placing.mains(Considered(), around)[:ZONES]:
            group, _ = other._with_parts((main,), parts, around)
            if other.assessor.missing(group) or other.assessor.empty_places(group) > EMPTY:
                continue
            if self.view.see(group).visible.sum() < SMALLEST_ZONE:
                continue
            value = self.assessor.total((*spots, *group))
            if value > gain and self.assessor.way((*spots, *group)) > -math.inf:
                best, gain = (*spots, *group), value
        return best

    def _with_parts(
        self, spots: tuple[Spot, ...], parts: Iterable[tuple[Part, list[Piece]]], around: tuple[Spot, ...] = ()
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with every part that improves it, and what it is worth; clear of what is ``around``."""
        value = self.assessor.total(spots)
        for part, pieces in parts:
            if part.relation is Relation.AROUND:
                spots, value = self._with_chairs(spots, value, part, pieces, around)
                continue
            before = spots, value
            for _ in range(part.count):
                spots, better = self._with_one(spots, value, part, pieces, around)
                if better == value:
                    break
                value = better
            if len(spots) - len(before[0]) < part.least:
                spots, value = before
        return spots, value

    def _with_chairs(
        self, spots: tuple[Spot, ...], value: float, part: Part, pieces: list[Piece], around: tuple[Spot, ...]
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with the chairs of its table: all that find a place, those of whole sides, or of sides across from one another."""
        for piece in pieces:
            poses = places(part.relation, piece, self.space, spots[0], spots)
            free = self.rules.broken(piece, poses, (*spots, *around)) < 0
            if free.sum() < part.required:
                continue
            turned = np.round(poses[:, 2], 3)
            whole = np.array([free[turned == turn].all() for turn in turned])
            across = np.array([free[np.abs(np.cos(turned - turn) + 1) < 1e-3].any() for turn in turned])
            tried = [
                (*spots, *(self._spot(piece, pose, part.value) for pose in poses[chosen]))
                for chosen in (free, free & whole, free & across)
                if chosen.sum() >= part.required
            ]
            return max(((each, self.assessor.total(each)) for each in tried), key=lambda each: each[1])
        return spots, value

    def _with_one(
        self, spots: tuple[Spot, ...], value: float, part: Part, pieces: list[Piece], around: tuple[Spot, ...]
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with one more of a part, where it gains by it."""
        for piece in _of_one_kind(part, pieces, spots):
            missing = sum(spot.piece.category in part.categories for spot in spots[1:]) < part.required
            least = -MISSING if missing else WORTH
            tried = [
                (self.assessor.total((*spots, spot)) - value, spot) for spot in self._free(piece, part, spots, around)
            ]
            for gain, spot in sorted(tried, key=lambda each: -each[0]):
                if gain <= least:
                    break
                if not spot.stands or self.assessor.way((*spots, spot)) > -math.inf:
                    return (*spots, spot), value + gain
        return spots, value

    def _free(self, piece: Piece, part: Part, spots: tuple[Spot, ...], around: tuple[Spot, ...]) -> Iterator[Spot]:
        """The first, or largest in the picture, of the places where the rules let a part be."""
        poses = places(part.relation, piece, self.space, spots[0], spots)
        if len(poses) == 0:
            return
        poses = poses[self.rules.broken(piece, poses, (*spots, *around)) < 0]
        poses = poses[_with_room(part, piece, poses, spots)]
        if part.relation in BY_PREFERENCE:
            poses = poses[:1]
        if part.relation is Relation.FRONTS and len(poses):
            gains = np.array([self.assessor.before_fronts(self._spot(piece, pose, part.value)) for pose in poses])
            poses = poses[gains >= NEARLY * gains.max()]
        if len(poses) > TRIED:
            _, filled = self.view.shares(piece, poses)
            keep = filled > SMALLEST
            poses, filled = poses[keep], filled[keep]
            # Of many places along the walls those that differ most in the picture are worth a look.
            poses = poses[_spread(poses, filled, TRIED)]
        for pose in poses:
            yield self._spot(piece, pose, part.value)

    def _shifted(self, found: Found) -> Found:
        """The plan with its group moved to where it is worth most: small steps at random, the best kept."""
        rng = np.random.default_rng(self._seed + 7)
        best = found
        for reach in (FARTHEST_SHIFT, FARTHEST_SHIFT / 3):
            moves = rng.uniform(-reach, reach, (SHIFTS, 2))
            if found.anchor is Anchor.WALL:
                # What leans on a wall slides along it.
                along = best.spots[0].floor.axes[0]
                moves = (moves @ along)[:, None] * along
            rest, group = best.spots[best.group :], best.spots[: best.group]
            allowed = np.ones(SHIFTS, bool)
            for spot in group:
                poses = np.column_stack([moves[:, 0] + spot.x, moves[:, 1] + spot.y, np.full(SHIFTS, spot.rotation)])
                allowed &= self.rules.broken(spot.piece, poses, rest) < 0
            for move in moves[allowed]:
                moved = tuple(spot.moved(spot.x + float(move[0]), spot.y + float(move[1])) for spot in group)
                value = self.assessor.total((*moved, *rest)) + ANCHORED[found.anchor]
                if value > best.value + WORTH:
                    value += self.assessor.way((*moved, *rest))
                if value > best.value + WORTH:
                    best = Found(found.anchor, (*moved, *rest), found.group, value)
        return best

    def _spot(self, piece: Piece, pose: Floats, value: float) -> Spot:
        return spot_at(piece, pose, value, self._seed)

    def _pieces(self, part: Part) -> list[Piece]:
        """Of each category the seed's choice and the smallest; of rugs all, the largest first."""
        found: list[Piece] = []
        for category in part.categories:
            of_it = self.choice.all(category, borrow=part.borrow)
            if part.relation is Relation.JOINED:
                return of_it
            if category == "rug":
                return sorted(of_it, key=lambda piece: -piece.width * piece.depth)[:8]
            smallest = sorted(of_it, key=lambda piece: piece.width * piece.depth)[:1]
            found += list(dict.fromkeys([*of_it[:1], *smallest]))
        return found


def _of_one_kind(part: Part, pieces: list[Piece], spots: tuple[Spot, ...]) -> list[Piece]:
    """Twins are of one kind: two nightstands, the chairs of a table, a pair of armchairs."""
    if part.relation is Relation.PAIR:
        return [spots[0].piece]
    taken = {spot.piece.name for spot in spots if spot.piece.category in part.categories}
    return [piece for piece in pieces if piece.name in taken] or pieces


def _with_room(part: Part, piece: Piece, poses: Floats, spots: tuple[Spot, ...]) -> NDArray[np.bool_]:
    """Where what stands along a wall can be reached: nobody puts a cupboard behind a sofa."""
    free = np.ones(len(poses), bool)
    if part.relation in {Relation.WALL, Relation.WATCHED}:
        away = np.maximum(np.hypot(poses[:, 0], poses[:, 1]), 1e-6)
        free = (-poses[:, 0] * np.sin(poses[:, 2]) + poses[:, 1] * np.cos(poses[:, 2])) / away > EDGE_ON
    around = REACH.get(part.relation, 0.0)
    if around:
        wide = grown(piece, 2 * around)
        for spot in spots:
            if spot.stands:
                free &= ~overlap(wide, poses, spot.floor)
    return free


def _different(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for each in found:
        if all(apart(each.spots[0], other.spots[0]) for other in kept):
            kept.append(each)
    return kept


def _spread(poses: Floats, filled: Floats, most: int) -> list[int]:
    """Places of the fullest in the picture, far from one another."""
    kept: list[int] = []
    for i in np.argsort(-filled, kind="stable").tolist():
        if all(math.hypot(*(poses[i, :2] - poses[j, :2])) > 0.8 for j in kept):
            kept.append(i)
        if len(kept) == most:
            break
    return sorted(kept)
