"""What a room is looked at for, and what it centres on: fire, view and lamp.

A table stands under its lamp, a sofa on the axis of the fire or the window that it looks at. Rooms are built and wired around
these: what stands beside the middle that they give looks as if it had been left there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

import numpy as np

from realstaging.engines.local.layout.programme import Main
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import TABLES, Spot
from realstaging.engines.local.room.reading import Floats, Lamp, OpeningKind

WIDE_SHELVES: Final = 2.4
"""Metres: built-in shelves so wide are what one looks at."""
TURNED: Final = 1.6
"""How much worse it is to turn one's back to the fire than it is good to look at it."""
UNDER_LAMP, LAMP_ABOVE = 2.4, 1.0
"""What a main table loses that stands elsewhere than under the lamp, and what a group of seats, or a second table, gains by it."""
ON_AXIS: Final = 0.9
"""What seats gain by being centred on the fire that they look at, and a third of it on the window."""
GROUP_AHEAD: Final = 1.0
"""Metres before the middle of a seat where the middle of its group is: the table."""
ACROSS, ALONG = 0.4, 1.1
"""Metres off a lamp, across the line of sight and along it, by which most of its worth is lost: across, one sees it at once; how far
away it hangs is read off the ceiling's height, a tenth unsure."""
OFF_AXIS: Final = 0.4
"""Metres by which the axis of a seat passes by what it looks at."""
AHEAD: Final = 0.8
"""Cosine from which something is before a seat, not beside it."""

Focal = tuple[float, float, float]
"""A floor point worth looking at, metres, and its weight (0-1)."""


class Focus:
    """What is worth looking at in a room, for the main piece of a programme."""

    def __init__(self, space: Space, main: Main) -> None:
        self.space, self.main = space, main

    @cached_property
    def focal(self) -> tuple[Focal, ...]:
        """Fires, views and walls of shelves."""
        found = []
        for opening, probabilities in self.space.probabilities:
            x, y = self.space.box.at_wall(opening.wall, (opening.t0 + opening.t1) / 2)
            shelves = (
                0.6 * probabilities.get(OpeningKind.BUILTIN, 0.0) if opening.t1 - opening.t0 > WIDE_SHELVES else 0.0
            )
            weight = max(
                probabilities.get(OpeningKind.FIREPLACE, 0.0) + shelves,
                0.35 * probabilities.get(OpeningKind.WINDOW, 0.0) * min(1.0, (opening.t1 - opening.t0) / 1.5),
            )
            found.append((x, y, weight))
        return tuple(found)

    def looks_at(self, poses: Floats) -> Floats:
        """What main pieces at poses (N, 3: x, y, rotation) gain by looking at the fireplace, or else at the view."""
        gain, turned = np.zeros(len(poses)), np.zeros(len(poses))
        for x, y, weight in self.focal:
            ahead = np.arctan2(x - poses[:, 0], -(y - poses[:, 1])) - poses[:, 2]
            near = np.clip(1.4 - np.hypot(x - poses[:, 0], y - poses[:, 1]) / 10, 0.3, 1.0)
            gain = np.maximum(gain, weight * np.clip(np.cos(ahead), 0, 1) ** 2 * near)
            if weight > 0.3:
                turned = np.maximum(turned, weight * np.clip(-np.cos(ahead), 0, 1) ** 2)
        return self.main.looks * (gain - TURNED * turned)

    def centred(self, poses: Floats) -> Floats:
        """What main pieces gain (or tables lose) by where they stand to what the room centres on."""
        lamps = self.space.reading.lamps
        if TABLES & set(self.main.categories):
            surest = max((lamp.probability for lamp in lamps), default=0.0)
            return UNDER_LAMP * (under_lamps(lamps, poses[:, :2]) - surest)
        if self.main.looks == 0:
            return np.zeros(len(poses))
        middle = poses[:, :2] + GROUP_AHEAD * _ahead(poses)
        # Where a fire burns it is the middle, wherever a lamp hangs.
        above = 0.0 if self.space.fires else LAMP_ABOVE * under_lamps(lamps, middle)
        return above + ON_AXIS * on_axis(self.focal, poses)

    def second_tables(self, spots: tuple[Spot, ...]) -> float:
        """What tables of a second group gain by standing under a lamp."""
        at = [(spot.x, spot.y) for spot in spots[1:] if spot.piece.category in TABLES]
        lamps = self.space.reading.lamps
        return LAMP_ABOVE * float(under_lamps(lamps, np.array(at)).sum()) if at and lamps else 0.0


def under_lamps(lamps: Iterable[Lamp], at: Floats) -> Floats:
    """How well floor points (N, 2) lie below a lamp, times its probability: 0-1 (N,)."""
    best = np.zeros(len(at))
    for lamp in lamps:
        below = np.array([lamp.x, lamp.y])
        sight = below / max(float(np.hypot(*below)), 1e-6)
        off = at - below
        along, across = off @ sight, off @ (-sight[1], sight[0])
        best = np.maximum(best, lamp.probability * np.exp(-((across / ACROSS) ** 2) - (along / ALONG) ** 2))
    return best


def on_axis(focal: Iterable[Focal], poses: Floats) -> Floats:
    """How well seats at poses (N, 3: x, y, rotation) are centred on what they look at, times its weight: 0-1 (N,)."""
    ahead, best = _ahead(poses), np.zeros(len(poses))
    for x, y, weight in focal:
        to = np.array([x, y]) - poses[:, :2]
        out, aside = (to * ahead).sum(axis=1), to[:, 0] * ahead[:, 1] - to[:, 1] * ahead[:, 0]
        before = out > AHEAD * np.maximum(np.hypot(to[:, 0], to[:, 1]), 1e-6)
        best = np.maximum(best, np.where(before, weight * np.exp(-((aside / OFF_AXIS) ** 2)), 0.0))
    return best


def _ahead(poses: Floats) -> Floats:
    """Where pieces face, (N, 2)."""
    return np.column_stack([np.sin(poses[:, 2]), -np.cos(poses[:, 2])])
