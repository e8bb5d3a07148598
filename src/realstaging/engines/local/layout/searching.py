"""The search for a plan: main pieces everywhere, the best of them with what belongs to them, the best of those filled and shifted.

Deterministic: a seed gives pieces and, among plans that are as good, one of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.assessing import MISSING, Assessor
from realstaging.engines.local.layout.considered import Candidate, Considered
from realstaging.engines.local.layout.programme import Anchor, Main, Part, Programme, Relation
from realstaging.engines.local.layout.relations import IN_VIEW, places
from realstaging.engines.local.layout.rules import RISE, Rules, overlap
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.room.reading import Floats

GRID: Final = 0.3
"""Metres between places free in the room."""
ALONG: Final = 0.2
"""Metres between places along a wall."""
BACKS: Final = (0.05, 0.12)
"""Metres between a piece's back and its wall."""
OFF_WALLS: Final = 0.55
"""Metres that what floats keeps from walls: less looks like a mistake, and nobody passes."""
BEHIND_DESK: Final = 1.0
"""Metres between wall and desk for whoever sits there: 36-48 in to turn and rise (Panero and Zelnik)."""
ROUND_TABLE: Final = 0.6
"""Metres from a table's edge to the wall: a chair, tucked in; 30-36 in are better (Panero and Zelnik), and scored (``terms``)."""
ANCHORED: Final = {
    Anchor.WALL: 0.0,
    Anchor.FLOATING: -2.2,
    Anchor.BACK_TO_CAMERA: -3.0,
    Anchor.CENTRED: 0.0,
    Anchor.TO_ROOM: 0.6,
}
"""What an anchor is worth by itself: walls are the usual place, a back turned to the camera is the last."""
MAINS: Final = 16
"""Main pieces that are tried with their groups, at most so many of one anchor: ``PER_ANCHOR``."""
PER_ANCHOR: Final = 8
APART: Final = 0.6
"""Metres between main pieces (or 45 degrees, or another size) that count as two."""
FILLED: Final = 4
"""Groups that are filled up."""
TRIED: Final = 4
"""Places of one part that are assessed."""
PIECES: Final = 2
"""Main pieces by the seed's order; the smallest and the largest are always among them."""
SHIFTS: Final = 28
FARTHEST_SHIFT: Final = 0.3
SHIFTED: Final = 2
"""Plans that are shifted about."""
WORTH: Final = 0.05
"""What a piece must add to be added."""
EDGE_ON: Final = 0.22
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
    )
)
"""Relations whose first free place is the right one."""
REACH: Final = {Relation.WALL: 0.4, Relation.WATCHED: 0.5, Relation.SEAT: 0.25, Relation.CORNER: 0.06}
"""Metres kept free around what stands by itself."""
LANE_BETWEEN: Final = 0.9
"""Metres added to pieces for the way between two groups, half of it on each side (Panero and Zelnik: 24-30 in to pass)."""
SECOND_ZONE: Final = 13.0
"""Square metres of bare floor in the picture from which a room takes a second group."""
ZONES: Final = 8
ENOUGH: Final = 0.7
"""Share of a second table's chairs that must find a place: half a table looks forgotten."""
NO_WAY: Final = "no way past it to a door"
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

    def plans(self, noted: Considered, already: tuple[Spot, ...] = ()) -> list[Found]:
        """Plans, best first; none where no main piece finds a place, or none with what the room cannot be without."""
        parts = [(part, self._pieces(part)) for part in self.programme.group]
        grouped = []
        for anchor, spot in self._mains(noted, already):
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
        return sorted(grouped, key=lambda found: -found.value)

    def fill(self, found: list[Found]) -> list[Found]:
        """The best of them with the rest of the room, shifted to where they look best; best first."""
        parts = [(part, self._pieces(part)) for part in self.programme.rest]
        zone = self._zone()
        filled = []
        for each in _different(found)[:FILLED]:
            spots = zone(each.spots) if zone else each.spots
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

    def _zone(self) -> Callable[[tuple[Spot, ...]], tuple[Spot, ...]] | None:
        """What adds a second group to a plan; none where the room has no floor for one."""
        zone = self.programme.zone
        if zone is None or self.rules.ground.seen_area < SECOND_ZONE:
            return None
        other = Search(self.space, self.view, self.rules, zone, self.choice)
        return lambda spots: self._with_zone(spots, other)

    def _with_zone(self, spots: tuple[Spot, ...], other: Search) -> tuple[Spot, ...]:
        """The plan with a second group where it gains by it, a way between the two."""
        (part,) = other.programme.group
        pieces, best, gain = other._pieces(part), spots, self.assessor.total(spots) + WORTH
        around = tuple(replace(spot, piece=_grown(spot.piece, LANE_BETWEEN)) for spot in spots if spot.stands)
        for _, main in other._mains(Considered(), around)[:ZONES]:
            for piece in pieces[:1]:
                every = places(part.relation, piece, self.space, main, (main,))
                poses = every[self.rules.broken(piece, every, (*around, main)) < 0]
                if len(poses) >= ENOUGH * len(every):
                    chairs = tuple(self._spot(piece, pose, part.value) for pose in poses)
                    value = self.assessor.total((*spots, main, *chairs))
                    if value > gain and self.assessor.way((*spots, main, *chairs)) > -math.inf:
                        best, gain = (*spots, main, *chairs), value
        return best

    def _mains(self, noted: Considered, already: tuple[Spot, ...]) -> list[tuple[Anchor, Spot]]:
        """The most promising main pieces, apart from one another."""
        main, tried = self.programme.main, []
        for piece in self._sizes(main):
            for anchor in main.anchors:
                poses = self._poses(anchor, piece)
                if len(poses) == 0:
                    continue
                broken = self.rules.broken(piece, poses, already)
                for rule, count in zip(*np.unique(broken[broken >= 0], return_counts=True), strict=True):
                    noted.refuse(self.rules.words(int(rule)), int(count))
                poses = poses[broken < 0]
                if len(poses) == 0:
                    continue
                within, filled = self.view.shares(piece, poses)
                guess = self.assessor.prior(poses, filled, within) + ANCHORED[anchor]
                best = np.argsort(-guess, kind="stable")[:60]
                tried += [(float(guess[i]), anchor, self._spot(piece, poses[i], main.value)) for i in best]
        tried.sort(key=lambda each: -each[0])
        kept: list[tuple[Anchor, Spot]] = []
        for _, anchor, spot in tried:
            if sum(other is anchor for other, _ in kept) < PER_ANCHOR and all(_apart(spot, other) for _, other in kept):
                kept.append((anchor, spot))
            if len(kept) == MAINS:
                break
        return kept

    def _with_parts(
        self, spots: tuple[Spot, ...], parts: Iterable[tuple[Part, list[Piece]]]
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with every part that improves it, and what it is worth."""
        value = self.assessor.total(spots)
        for part, pieces in parts:
            if part.relation is Relation.AROUND:
                spots, value = self._with_chairs(spots, value, part, pieces)
                continue
            for _ in range(part.count):
                spots, better = self._with_one(spots, value, part, pieces)
                if better == value:
                    break
                value = better
        return spots, value

    def _with_chairs(
        self, spots: tuple[Spot, ...], value: float, part: Part, pieces: list[Piece]
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with the chairs of its table: all that find a place, or those of whole sides only."""
        for piece in pieces:
            poses = places(part.relation, piece, self.space, spots[0], spots)
            free = self.rules.broken(piece, poses, spots) < 0
            if free.sum() < part.required:
                continue
            turned = np.round(poses[:, 2], 3)
            whole = np.array([free[turned == turn].all() for turn in turned])
            tried = [
                (*spots, *(self._spot(piece, pose, part.value) for pose in poses[chosen]))
                for chosen in (free, free & whole)
                if chosen.sum() >= part.required
            ]
            return max(((each, self.assessor.total(each)) for each in tried), key=lambda each: each[1])
        return spots, value

    def _with_one(
        self, spots: tuple[Spot, ...], value: float, part: Part, pieces: list[Piece]
    ) -> tuple[tuple[Spot, ...], float]:
        """The plan with one more of a part, where it gains by it."""
        taken = {spot.piece.name for spot in spots if spot.piece.category in part.categories}
        # Twins are of one kind: two nightstands, the chairs of a table.
        for piece in [piece for piece in pieces if piece.name in taken] or pieces:
            missing = sum(spot.piece.category in part.categories for spot in spots[1:]) < part.required
            least = -MISSING if missing else WORTH
            tried = [(self.assessor.total((*spots, spot)) - value, spot) for spot in self._free(piece, part, spots)]
            for gain, spot in sorted(tried, key=lambda each: -each[0]):
                if gain <= least:
                    break
                if not spot.stands or self.assessor.way((*spots, spot)) > -math.inf:
                    return (*spots, spot), value + gain
        return spots, value

    def _free(self, piece: Piece, part: Part, spots: tuple[Spot, ...]) -> Iterator[Spot]:
        """The first, or largest in the picture, of the places where the rules let a part be."""
        poses = places(part.relation, piece, self.space, spots[0], spots)
        if len(poses) == 0:
            return
        poses = poses[self.rules.broken(piece, poses, spots) < 0]
        poses = poses[_with_room(part, piece, poses, spots)]
        if part.relation in BY_PREFERENCE:
            poses = poses[:1]
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
        return Spot(piece, float(pose[0]), float(pose[1]), float(pose[2]), 0.0, value, self._seed)

    def _sizes(self, main: Main) -> list[Piece]:
        found = [piece for category in main.categories for piece in self.choice.all(category, borrow=main.borrow)]
        by_size = sorted(found, key=lambda piece: piece.width * piece.depth)
        return list(dict.fromkeys([*found[:PIECES], *by_size[:1], *by_size[-1:]]))

    def _pieces(self, part: Part) -> list[Piece]:
        """Of each category the seed's choice and the smallest; of rugs all, the largest first."""
        found: list[Piece] = []
        for category in part.categories:
            of_it = self.choice.all(category, borrow=part.borrow)
            if category == "rug":
                return sorted(of_it, key=lambda piece: -piece.width * piece.depth)[:8]
            smallest = sorted(of_it, key=lambda piece: piece.width * piece.depth)[:1]
            found += list(dict.fromkeys([*of_it[:1], *smallest]))
        return found

    def _poses(self, anchor: Anchor, piece: Piece) -> Floats:
        if anchor is Anchor.WALL:
            return self._by_walls(piece, BACKS)
        if anchor is Anchor.TO_ROOM:
            poses = self._by_walls(piece, (BEHIND_DESK, BEHIND_DESK + 0.4))
            poses[:, 2] += math.pi
            return poses
        quarter = math.pi / 2
        turns = (0.0, quarter) if anchor is Anchor.CENTRED else (0.0, quarter, -quarter, math.pi)
        margin = ROUND_TABLE if anchor is Anchor.CENTRED and piece.height > 0.3 else OFF_WALLS
        if piece.category == "rug":
            margin = 0.15
        found = []
        for turn in turns:
            half = np.array([piece.width, piece.depth] if turn in {0.0, math.pi} else [piece.depth, piece.width]) / 2
            low = np.array([self.space.box.x_min, max(self.space.box.y_min, 0.2)]) + half + (margin, 0.0)
            high = np.array([self.space.box.x_max, self.space.box.y_max]) - half - margin
            if (high >= low).all():
                x, y = np.meshgrid(
                    *(np.linspace(a, b, int((b - a) / GRID) + 1) for a, b in zip(low, high, strict=True))
                )
                found.append(np.column_stack([x.ravel(), y.ravel(), np.full(x.size, turn)]))
        poses = np.concatenate(found) if found else np.zeros((0, 3))
        if anchor in {Anchor.FLOATING, Anchor.BACK_TO_CAMERA}:
            away = np.maximum(np.hypot(poses[:, 0], poses[:, 1]), 1e-6)
            shown = (-poses[:, 0] * np.sin(poses[:, 2]) + poses[:, 1] * np.cos(poses[:, 2])) / away
            poses = poses[shown > -0.3] if anchor is Anchor.FLOATING else poses[shown < -0.3]
        return poses

    def _by_walls(self, piece: Piece, gaps: tuple[float, ...]) -> Floats:
        found = []
        for wall in IN_VIEW:
            free = self.space.box.wall_length(wall) - piece.width - 0.1
            if free < 0:
                continue
            for t in np.unique([*np.arange(0.0, free, ALONG), free]) + piece.width / 2 + 0.05:
                line = self.space.line(wall, float(t))
                found += [(*line.at(0.0, gap + piece.depth / 2), line.rotation) for gap in gaps]
            found += self._centred(wall, piece, gaps[0])
        return np.array(found, float).reshape(-1, 3)

    def _centred(self, wall: str, piece: Piece, gap: float) -> list[tuple[float, float, float]]:
        """Under the middle of each window, where a piece may rise above the sill."""
        if piece.category not in RISE:
            return []
        found = []
        for opening in self.space.reading.openings:
            if opening.wall == wall:
                line = self.space.line(opening.wall, (opening.t0 + opening.t1) / 2)
                found.append((*line.at(0.0, gap + piece.depth / 2), line.rotation))
        return found


def _with_room(part: Part, piece: Piece, poses: Floats, spots: tuple[Spot, ...]) -> NDArray[np.bool_]:
    """Where what stands along a wall can be reached: nobody puts a cupboard behind a sofa."""
    free = np.ones(len(poses), bool)
    if part.relation in {Relation.WALL, Relation.WATCHED}:
        away = np.maximum(np.hypot(poses[:, 0], poses[:, 1]), 1e-6)
        free = (-poses[:, 0] * np.sin(poses[:, 2]) + poses[:, 1] * np.cos(poses[:, 2])) / away > EDGE_ON
    around = REACH.get(part.relation, 0.0)
    if around:
        wide = _grown(piece, 2 * around)
        for spot in spots:
            if spot.stands:
                free &= ~overlap(wide, poses, spot.floor)
    return free


def _grown(piece: Piece, by: float) -> Piece:
    """A piece with so many metres more across and deep."""
    return msgspec.structs.replace(piece, width=piece.width + by, depth=piece.depth + by)


def _apart(one: Spot, other: Spot) -> bool:
    return (
        math.hypot(one.x - other.x, one.y - other.y) > APART
        or abs(math.remainder(one.rotation - other.rotation, 2 * math.pi)) > math.pi / 4
        or abs(one.piece.width - other.piece.width) > 0.3
    )


def _different(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for each in found:
        if all(_apart(each.spots[0], other.spots[0]) for other in kept):
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
