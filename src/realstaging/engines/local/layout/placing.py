"""Where a main piece may stand: places by its anchors, those that no rule forbids, the most promising apart from one another."""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np

from realstaging.engines.local.furniture import Piece
from realstaging.engines.local.layout.assessing import Assessor
from realstaging.engines.local.layout.considered import Considered
from realstaging.engines.local.layout.programme import Anchor, Main
from realstaging.engines.local.layout.relations import IN_VIEW, counter, fronts
from realstaging.engines.local.layout.rules import RISE
from realstaging.engines.local.layout.spot import TABLES, Choice, Spot
from realstaging.engines.local.room.reading import Floats

GRID: Final = 0.3
"""Metres between places free in the room."""
FINE_GRID: Final = 0.2
"""The same for tables, which have chairs all around and so few places in small rooms."""
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
    Anchor.UNDER_LAMP: 0.0,
    Anchor.TO_ROOM: 0.6,
    Anchor.FRONTS: 0.0,
    Anchor.COUNTER: 0.0,
}
"""What an anchor is worth by itself: walls are the usual place, a back turned to the camera is the last."""
OFF_LAMP: Final = (0.0, -0.25, 0.25, -0.5, 0.5, 0.8)
"""Metres along the line of sight by which a table is moved off the place below a lamp."""
MAINS: Final = 16
"""Main pieces that are tried with their groups, at most so many of one anchor: ``PER_ANCHOR``."""
PER_ANCHOR: Final = 8
APART: Final = 0.6
"""Metres between main pieces (or 45 degrees, or another size) that count as two."""
OTHER_SIZE: Final = 0.2
"""Metres by which one is wider than the other."""
PIECES: Final = 2
"""Main pieces by the seed's order; the smallest and the largest are always among them."""

SMALL: Final = {"bed": 0.92, "sofa": 0.64}
SMALL_OTHER: Final = 0.5
"""Share of the largest piece's floor below which a main piece is a small one: single beds, loveseats, tables for two."""


class Placing:
    """Places the main piece of one programme in one room."""

    def __init__(self, assessor: Assessor, choice: Choice, seed: int) -> None:
        self.assessor, self.choice, self._seed = assessor, choice, seed
        self.space, self.view, self.rules = assessor.space, assessor.view, assessor.rules

    def mains(self, noted: Considered, already: tuple[Spot, ...], *, small: bool = False) -> list[tuple[Anchor, Spot]]:
        """The most promising main pieces, apart from one another: ``small`` ones, or the others."""
        main, tried = self.assessor.programme.main, []
        for piece in self._sizes(main, small=small):
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
                if anchor is Anchor.FRONTS:
                    spots = [self._spot(piece, pose, main.value) for pose in poses]
                    guess = guess + [self.assessor.before_fronts(spot) for spot in spots]
                best = np.argsort(-guess, kind="stable")[:60]
                tried += [(float(guess[i]), anchor, self._spot(piece, poses[i], main.value)) for i in best]
        tried.sort(key=lambda each: -each[0])
        kept: list[tuple[Anchor, Spot]] = []
        for _, anchor, spot in tried:
            if sum(other is anchor for other, _ in kept) < PER_ANCHOR and all(apart(spot, other) for _, other in kept):
                kept.append((anchor, spot))
            if len(kept) == MAINS:
                break
        return kept

    def _spot(self, piece: Piece, pose: Floats, value: float) -> Spot:
        return spot_at(piece, pose, value, self._seed)

    def _sizes(self, main: Main, *, small: bool) -> list[Piece]:
        """The seed's, one of each further category, the smallest and the largest."""
        every = [piece for category in main.categories for piece in self.choice.all(category, borrow=main.borrow)]
        largest = max((piece.width * piece.depth for piece in every), default=0.0)
        found = [piece for piece in every if _is_small(piece, largest) is small]
        by_size = sorted(found, key=lambda piece: piece.width * piece.depth)
        others = [each[0] for category in main.categories[1:] if (each := [p for p in found if p.category == category])]
        return list(dict.fromkeys([*found[:PIECES], *others, *by_size[:1], *by_size[-1:]]))

    def _poses(self, anchor: Anchor, piece: Piece) -> Floats:
        if anchor is Anchor.WALL:
            return self._by_walls(piece, BACKS)
        if anchor is Anchor.FRONTS:
            return np.array(list(fronts(piece, self.space, topped=False)), float).reshape(-1, 3)
        if anchor is Anchor.COUNTER:
            return np.array(list(counter(piece, self.space)), float).reshape(-1, 3)
        if anchor is Anchor.TO_ROOM:
            poses = self._by_walls(piece, (BEHIND_DESK, BEHIND_DESK + 0.4))
            poses[:, 2] += math.pi
            return poses
        if anchor is Anchor.UNDER_LAMP:
            return self._under_lamps()
        quarter = math.pi / 2
        turns = (0.0, quarter) if anchor is Anchor.CENTRED else (0.0, quarter, -quarter, math.pi)
        margin = ROUND_TABLE if anchor is Anchor.CENTRED and piece.height > 0.3 else OFF_WALLS
        if piece.category == "rug":
            margin = 0.15
        step, found = FINE_GRID if piece.category in TABLES else GRID, []
        for turn in turns:
            half = np.array([piece.width, piece.depth] if turn in {0.0, math.pi} else [piece.depth, piece.width]) / 2
            low = np.array([self.space.box.x_min, max(self.space.box.y_min, 0.2)]) + half + (margin, 0.0)
            high = np.array([self.space.box.x_max, self.space.box.y_max]) - half - margin
            if (high >= low).all():
                x, y = np.meshgrid(
                    *(np.linspace(a, b, int((b - a) / step) + 1) for a, b in zip(low, high, strict=True))
                )
                found.append(np.column_stack([x.ravel(), y.ravel(), np.full(x.size, turn)]))
        poses = np.concatenate(found) if found else np.zeros((0, 3))
        if anchor in {Anchor.FLOATING, Anchor.BACK_TO_CAMERA}:
            away = np.maximum(np.hypot(poses[:, 0], poses[:, 1]), 1e-6)
            shown = (-poses[:, 0] * np.sin(poses[:, 2]) + poses[:, 1] * np.cos(poses[:, 2])) / away
            poses = poses[shown > -0.3] if anchor is Anchor.FLOATING else poses[shown < -0.3]
        return poses

    def _under_lamps(self) -> Floats:
        """Below each lamp, and a little nearer or farther: how far away it hangs is less sure than where one sees it."""
        found = []
        for lamp in self.space.reading.lamps:
            sight = np.array([lamp.x, lamp.y]) / max(math.hypot(lamp.x, lamp.y), 1e-6)
            for off in OFF_LAMP:
                x, y = np.array([lamp.x, lamp.y]) + off * sight
                found += [(x, y, turn) for turn in (0.0, math.pi / 2)]
        return np.array(found, float).reshape(-1, 3)

    def _by_walls(self, piece: Piece, gaps: tuple[float, ...]) -> Floats:
        found = []
        for wall in IN_VIEW:
            free = self.space.box.wall_length(wall) - piece.width - 0.1
            if free < 0:
                continue
            for t in np.unique([*np.arange(0.0, free, ALONG), free]) + piece.width / 2 + 0.05:
                line = self.space.line(wall, float(t))
                found += [(*line.at(0.0, gap + piece.depth / 2), line.rotation) for gap in gaps]
                if piece.category in TABLES:
                    # End-on, with a chair on either side.
                    turned = line.rotation + math.pi / 2
                    found += [(*line.at(0.0, gap + piece.width / 2), turned) for gap in gaps]
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


def _is_small(piece: Piece, largest: float) -> bool:
    # What is one part of something is not small.
    return piece.joins is None and piece.width * piece.depth < SMALL.get(piece.category, SMALL_OTHER) * largest


def spot_at(piece: Piece, pose: Floats, value: float, seed: int) -> Spot:
    """A piece at a pose (x, y, rotation)."""
    return Spot(piece, float(pose[0]), float(pose[1]), float(pose[2]), 0.0, value, seed)


def grown(piece: Piece, by: float) -> Piece:
    """A piece with so many metres more across and deep."""
    return msgspec.structs.replace(piece, width=piece.width + by, depth=piece.depth + by)


def apart(one: Spot, other: Spot) -> bool:
    """Whether two main pieces count as two: elsewhere, turned, or of another size."""
    return (
        math.hypot(one.x - other.x, one.y - other.y) > APART
        or abs(math.remainder(one.rotation - other.rotation, 2 * math.pi)) > math.pi / 4
        or abs(one.piece.width - other.piece.width) > OTHER_SIZE
    )
