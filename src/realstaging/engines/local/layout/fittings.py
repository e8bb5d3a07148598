"""What is built in along the walls of kitchens and bathrooms, and islands: where people work, and where they may sit.

Nobody has to recognise a hob or a basin: whatever stands along a wall and is not paint is worked at, and is kept free.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.room.reading import Box, Floats, Opening, OpeningKind, RoomReading, Wall

STEP: Final = 0.1
"""Metres between the places along a wall that are looked at."""
DEEPEST: Final = 1.6
"""Metres from a wall within which what stands before it may end: deeper, it is something else."""
BEFORE_WALL: Final = 0.3
"""Metres from a wall from which what ends there is cupboards, not skirting."""
WIDE: Final = 0.6
"""Metres of wall that are judged together: a cupboard's width."""
BUILT_IN: Final = 0.3
"""Probability of shelves or cupboards from which a stretch of wall is fitted."""
BUSY: Final = 0.35
"""How busy (0-1) a front is from which it is no paint."""
COUNTER: Final = (0.75, 1.4)
"""Metres that an island seems high, its top seen from above included."""
BAR: Final = 1.01
"""Metres from which an island is a bar: counters are 36 in high, bars 42 in (National Kitchen and Bath Association)."""
TOPS: Final = (0.82, 1.2)
"""Metres between which the edge of its top is looked for."""
WORKTOPS: Final = (0.82, 1.02)
"""Metres between which worktops are, by a scale that is a tenth off: 36 in."""
LONG_ENOUGH: Final = 0.85
"""Metres of an island's side for somebody to sit at."""
FREE_BEHIND: Final = 1.5
"""Metres from an island's near side to the wall behind it, at least: its depth, and an aisle."""
WALLS_SEEN: Final[tuple[Wall, ...]] = ("Y+", "X-", "X+")
_KINDS: Final = (OpeningKind.CLOSET, OpeningKind.BUILTIN)


class Line(Protocol):
    """A wall from one of its points on."""

    @property
    def rotation(self) -> float:
        """Of what stands with its back to the wall."""
        ...

    def at(self, along: float, out: float) -> tuple[float, float]:
        """The floor point so many metres to the right of the line's point, and out into the room."""
        ...


class Room(Protocol):
    """What has to be known of a room: `space.Space` knows it."""

    @property
    def reading(self) -> RoomReading: ...

    @property
    def box(self) -> Box: ...

    @property
    def probabilities(self) -> Sequence[tuple[Opening, Mapping[OpeningKind, float]]]: ...

    def line(self, wall: Wall, t: float) -> Line:
        """The line of a wall at ``t`` metres along it."""
        ...

    def busy_behind(self, floor: Footprint, z0: float, z1: float) -> float:
        """How busy (0-1) the photo is behind a piece, from ``z0`` to ``z1`` metres."""
        ...

    def edge_at(self, ends: Floats, z0: float, z1: float) -> float | None:
        """Metres up to the strongest edge along a line between floor points (2, 2), from ``z0`` to ``z1``."""
        ...


@dataclass(frozen=True)
class Fronts:
    """What stands along one wall: at ``t`` metres along it (N,), bare floor begins ``out`` metres from it (N,); NaN where none is seen."""

    wall: Wall
    t: Floats
    out: Floats
    fitted: NDArray[np.bool_]
    """Whether it is more than paint."""
    topped: NDArray[np.bool_]
    """Whether the edge of a worktop is seen above it, or the reading names cupboards: a bay with sills is no kitchen."""

    def over(self, t: float, width: float) -> float:
        """Metres from the wall beyond which a stretch of floor is bare; NaN where it is not seen."""
        near = np.abs(self.t - t) <= width / 2
        known = near & np.isfinite(self.out)
        return float(self.out[known].max()) if known.sum() >= max(1, 0.6 * near.sum()) else math.nan

    def share_fitted(self, t: float, width: float, *, topped: bool) -> float:
        """Share (0-1) of a stretch that is fitted, with a worktop if it must be ``topped``."""
        near = np.abs(self.t - t) <= width / 2
        return float((self.topped if topped else self.fitted)[near].mean()) if near.any() else 0.0


@dataclass(frozen=True)
class Side:
    """A side of an island that looks into the room: its ends (2, 2) on the floor, and where it looks (2,)."""

    ends: Floats
    out: Floats
    is_bar: bool = False
    """Whether its top is as high as a bar's."""

    @property
    def length(self) -> float:
        """Metres."""
        return float(np.linalg.norm(self.ends[1] - self.ends[0]))


class Fittings:
    """What is built in, as one room's photo shows it."""

    def __init__(self, space: Room) -> None:
        self.space = space

    @cached_property
    def fronts(self) -> tuple[Fronts, ...]:
        """Along every wall in view."""
        found = tuple(self._along(wall) for wall in WALLS_SEEN)
        # Where no worktop is seen anywhere, any fitting may be one.
        return found if any(front.topped.any() for front in found) else tuple(_all_topped(each) for each in found)

    def stretches(self) -> list[tuple[Wall, float, float, float]]:
        """Fitted stretches: wall, from and to (metres along it), and how far out they reach."""
        found: list[tuple[Wall, float, float, float]] = []
        for front in self.fronts:
            edges = np.flatnonzero(np.diff(np.concatenate([[0], front.fitted.astype(int), [0]])))
            for first, last in zip(edges[::2], edges[1::2] - 1, strict=True):
                t0, t1 = float(front.t[first]) - STEP / 2, float(front.t[last]) + STEP / 2
                out = front.out[first : last + 1]
                found.append((front.wall, t0, t1, float(np.nanmax(out)) if np.isfinite(out).any() else 0.0))
        return found

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """Plain sides of islands where somebody may sit, the longest first."""
        found = [
            side for polygon in self.space.reading.keep_clear for side in self._sides_of(np.asarray(polygon, float))
        ]
        return tuple(sorted(found, key=lambda side: -side.length))

    def _along(self, wall: Wall) -> Fronts:
        space, box = self.space, self.space.box
        t = np.arange(STEP / 2, max(box.wall_length(wall), STEP), STEP)
        outs = np.arange(0.05, DEEPEST, 0.05)
        line = [space.line(wall, float(each)) for each in t]
        points = np.array([[each.at(0.0, float(out)) for out in outs] for each in line])
        bare, seen = self._bare(points)
        # The first bare place from which all is bare, or nearly, for a good step.
        firm = np.array([np.convolve(row, np.ones(6) / 6, "valid") >= 0.8 for row in (bare | ~seen).astype(float)])
        begins = np.array([row.argmax() if row.any() else -1 for row in firm])
        known = seen.any(axis=1) & (begins >= 0) & np.array([seen[i, b:].any() for i, b in enumerate(begins)])
        out = np.where(known, outs[np.maximum(begins, 0)], math.nan)
        # Walls are read a little too near or far: their skirting is no cupboard.
        out = np.where(out < BEFORE_WALL, 0.0, out)
        named = self._named(wall, t)
        fitted = _closed((out >= BEFORE_WALL) | named | self._busy(wall, t, np.nan_to_num(out)))
        topped = fitted & _closed(named | self._topped(line, np.nan_to_num(out)))
        return Fronts(wall, t, out, fitted, topped)

    def _bare(self, points: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Where floor points (..., 2) are bare, and where they are in the picture."""
        reading = self.space.reading
        pixels = reading.project(np.concatenate([points, np.zeros((*points.shape[:-1], 1))], axis=-1))
        pixels = pixels * reading.working_scale
        rows, columns = reading.floor_mask.shape
        with np.errstate(invalid="ignore"):
            seen = (pixels >= 0).all(axis=-1) & (pixels[..., 0] < columns - 0.5) & (pixels[..., 1] < rows - 0.5)
        bare = np.zeros(seen.shape, bool)
        px = pixels[seen].astype(int)
        bare[seen] = reading.floor_mask[px[:, 1], px[:, 0]]
        return bare, seen

    def _named(self, wall: Wall, t: Floats) -> NDArray[np.bool_]:
        """Where the reading names shelves or cupboards."""
        named = np.zeros(len(t), bool)
        for opening, probabilities in self.space.probabilities:
            if opening.wall == wall and sum(probabilities.get(kind, 0.0) for kind in _KINDS) >= BUILT_IN:
                named |= (t > opening.t0) & (t < opening.t1)
        return named

    def _busy(self, wall: Wall, t: Floats, out: Floats) -> NDArray[np.bool_]:
        """Where the photo shows doors, drawers and handles below the height of worktops."""
        busy = []
        for each, away in zip(t.tolist(), out.tolist(), strict=True):
            line = self.space.line(wall, each)
            x, y = line.at(0.0, away + 0.01)
            floor = Footprint(x, y, WIDE, 0.02, line.rotation)
            busy.append(self.space.busy_behind(floor, 0.2, 0.85) >= BUSY)
        return np.array(busy, bool)

    def _topped(self, line: Sequence[Line], out: Floats) -> NDArray[np.bool_]:
        """Where the edge of a worktop runs along above the fronts."""
        found = []
        for each, away in zip(line, out.tolist(), strict=True):
            ends = np.array([each.at(-WIDE / 2, away), each.at(WIDE / 2, away)])
            found.append(self.space.edge_at(ends, *WORKTOPS) is not None)
        return np.array(found, bool)

    def _sides_of(self, polygon: Floats) -> list[Side]:
        centre, found = polygon.mean(axis=0), []
        outline = cv2.approxPolyDP(polygon.astype(np.float32)[:, None], 0.12, closed=True)[:, 0].astype(float)
        for one, other in zip(outline, np.roll(outline, -1, axis=0), strict=True):
            along = other - one
            length = float(np.linalg.norm(along))
            if length < LONG_ENOUGH:
                continue
            out = np.array([along[1], -along[0]]) / length
            middle = (one + other) / 2
            out = out if out @ (middle - centre) > 0 else -out
            if out @ -middle > 0.25 * np.linalg.norm(middle) and self._is_counter(one, other, out):
                top = self.space.edge_at(np.array([one, other]), *TOPS)
                found.append(Side(np.array([one, other]), out, is_bar=top is not None and top >= BAR))
        return found

    def _is_counter(self, one: Floats, other: Floats, out: Floats) -> bool:
        """Whether what rises there ends at a counter's height, well before a wall, and its side is plain."""
        middle, box = (one + other) / 2, self.space.box
        with np.errstate(divide="ignore"):
            reach = [
                (edge - middle[axis]) / -out[axis]
                for axis, low, high in ((0, box.x_min, box.x_max), (1, box.y_min, box.y_max))
                for edge in (low, high)
                if (edge - middle[axis]) / -out[axis] > 0
            ]
        if min(reach, default=0.0) < FREE_BEHIND:
            return False
        heights = [self._height_at(one + share * (other - one)) for share in (0.25, 0.5, 0.75)]
        if not COUNTER[0] <= float(np.median(heights)) <= COUNTER[1]:
            return False
        turned = math.atan2(out[0], -out[1])
        side = Footprint(
            float(middle[0] + 0.02 * out[0]),
            float(middle[1] + 0.02 * out[1]),
            float(np.linalg.norm(other - one)) * 0.85,
            0.02,
            turned,
        )
        return self.space.busy_behind(side, 0.15, 0.8) < BUSY

    def _height_at(self, point: Floats) -> float:
        """Metres above a floor point up to which the photo shows the thing that stands there."""
        reading = self.space.reading
        z = np.arange(0.1, 2.2, 0.05)
        inward = point * 1.02  # a step behind the outline, seen from the camera
        pixels = reading.project(np.column_stack([np.tile(inward, (len(z), 1)), z])) * reading.working_scale
        rows, columns = reading.occluders.shape
        x = np.clip(np.nan_to_num(pixels[:, 0]), 0, columns - 1).astype(int)
        y = np.clip(np.nan_to_num(pixels[:, 1]), 0, rows - 1).astype(int)
        there = reading.occluders[y, x]
        ends = np.flatnonzero(~there & (z > 0.3))
        return float(z[ends[0]]) if there.any() and len(ends) else 0.0


def _all_topped(front: Fronts) -> Fronts:
    return replace(front, topped=front.fitted)


def _closed(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Gaps narrower than a cupboard are closed, what is narrower than half of one is dropped."""
    row = flags.astype(np.uint8)[None]
    wide = np.ones((1, round(WIDE / STEP) + 1), np.uint8)
    row = np.asarray(cv2.morphologyEx(row, cv2.MORPH_CLOSE, wide), np.uint8)
    return np.asarray(cv2.morphologyEx(row, cv2.MORPH_OPEN, np.ones((1, 3), np.uint8))[0] > 0, bool)
