"""How good a plan is, term by term: as a room to live in, and as a picture of it.

The terms of the room follow Merrell, Schkufza, Li, Agrawala and Koltun, Interactive Furniture Layout Using Interior Design
Guidelines (SIGGRAPH 2011), and Yu, Yeung, Tang, Terzopoulos, Chan and Osher, Make it Home (SIGGRAPH 2011): focal point,
clearance, alignment, balance. Those of the picture are read off a buffer that shows which piece is seen where (``view``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.layout import dining, seating
from realstaging.engines.local.layout.centring import Focus
from realstaging.engines.local.layout.ground import COMFORTABLE
from realstaging.engines.local.layout.programme import Main, Programme
from realstaging.engines.local.layout.rules import Rules
from realstaging.engines.local.layout.seating import front
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import TABLES, Spot
from realstaging.engines.local.layout.view import NOTHING, Seen, View
from realstaging.engines.local.room.reading import Floats, Mask, OpeningKind

FAINT: Final = 0.006
"""Share of the picture from which a piece adds all that it is worth."""
UNSEEN_WORTH: Final = 0.3
"""Share of its worth that a piece adds though it is hardly seen: the far nightstand, whose lamp shows above the bed."""
MISSING: Final = 3.0
"""What a part costs that the room cannot be without."""
HIDING: Final[dict[OpeningKind, float]] = {
    OpeningKind.FIREPLACE: 7.0,
    OpeningKind.DOOR: 3.0,
    OpeningKind.DOORWAY: 3.5,
    OpeningKind.WINDOW: 2.5,
    OpeningKind.CLOSET: 1.0,
    OpeningKind.BUILTIN: 1.5,
    OpeningKind.RADIATOR: 0.6,
}
"""What it costs to hide one of these wholly, times its probability."""
HIDDEN_IS_USUAL: Final = 0.25
"""Share of the main piece that a low table in front of it hides in most pictures."""
BARE_FLOOR: Final = (0.45, 0.72)
"""Share of the floor in view that is left bare in stagers' pictures."""
COVERED: Final = 0.14
"""Share of either half of the picture's floor that something should stand or lie on."""
FOREGROUND: Final = 0.22
"""Share of the picture's height that may be bare floor in front of everything."""
TALL_FROM, TALL_SHARE, LOOMING = 1.1, 0.035, 2.5
"""Metres from which a piece is tall, the share of the picture that it fills at its place at the back, and what it costs to fill twice that."""
LANE: Final = 0.6
"""Metres of way before the main piece (Panero and Zelnik: 24 in at the foot of a bed)."""
AT_FIRE: Final = 0.5
"""Weight from which what one looks at is a fire."""
BY_THE_FIRE, FADING = 4.0, 1.5
"""Metres from a fire within which one sits by it, and over which that fades: the hearth, a way, chairs and their table."""
DINED_AT_FIRE: Final = 3.0
"""What it costs to dine there in a living room."""
CRAMPED: Final = 9.0
"""What it costs to have no way at all before the main piece."""
NARROW: Final = -0.6
"""What a way costs through which one squeezes."""
EVEN: Final = 2.5
AT_FRONTS: Final = 1.5
"""What it is worth that a runner lies before worktops all along."""
TURN: Final = 0.05
"""Radians within which two pieces are turned the same way."""
HIDING_FITTINGS: Final = 5.0
"""What it costs to hide all that is built in."""
HIGHEST: Final = 1.0
"""Metres up to which it is worked at."""
NEXT_TO: Final = 0.35
"""Metres from a wall within which a piece stands against it."""


@dataclass(frozen=True)
class _OfMain:
    """What depends on the main piece alone."""

    looks: float
    """What it gains by what it looks at."""
    centred: float
    """See ``Focus.centred``."""
    cramped: float
    """What it loses by having no way before it."""
    places: int
    """How many chairs belong to it."""


class Assessor:
    """Assesses plans of one room for one programme."""

    def __init__(self, space: Space, view: View, rules: Rules, programme: Programme) -> None:
        self.space, self.view, self.rules, self.programme = space, view, rules, programme
        self.focus = Focus(space, programme.main)
        self._busy: dict[tuple[str, float, float, float], float] = {}
        self._mains: dict[tuple[str, float, float, float], _OfMain] = {}

    def total(self, spots: tuple[Spot, ...]) -> float:
        """The sum of the terms but for the way, which takes as long as all others (see ``way``)."""
        return sum(self.terms(spots).values())

    def terms(self, spots: tuple[Spot, ...]) -> dict[str, float]:
        """The higher the better; the first spot is the main piece. Without the way."""
        main, programme = spots[0], self.programme
        seen = self.view.see(spots)
        # Where people work most of the floor stays bare.
        furnished = not programme.fitted
        parts = {
            "pieces in view": self._furnished(spots, seen),
            "missing": -MISSING * self.missing(spots),
            "size of the main piece": size_term(float(seen.visible[0]), programme.main),
            "main piece hidden": -6.0 * max(0.0, self._hidden(seen) - HIDDEN_IS_USUAL),
            "shows its front": programme.main.front * front(main),
            "looks at": self._of_main(main).looks,
            "centred": self._of_main(main).centred + self.focus.second_tables(spots),
            "cut by the frame": self._cut(spots, seen),
            "hides what is there": self._hides(spots, seen),
            "before what may be a door": -self.rules.toll(spots),
            "lopsided": -EVEN * abs(balance(spots, seen) - 0.5) * 2 if furnished else 0.0,
            "an empty half": self._halves(seen) if furnished else 0.0,
            "foreground": self._foreground(spots, seen) if furnished else 0.0,
            "tall and near": looming(spots, seen),
            "floor left bare": self._floor(seen) if furnished else 0.0,
            "before what is built in": 0.0 if furnished else sum(self.before_fronts(s) for s in spots if s.lies),
            "hides what is built in": 0.0 if furnished else self._hides_fittings(spots, seen),
            "backs": seating.backs(spots, seen.visible),
            "unfinished": seating.unfinished(spots, self._of_main(main).places),
            "for two": seating.for_two(spots, self._of_main(main).places) if furnished else 0.0,
            "cramped": self._of_main(main).cramped,
            "a table at the fire": self._at_fire(spots),
            "its side to the fire": seating.ignored(spots, self.space.fires),
            "crowded": seating.crowded(spots),
            "on a busy wall": sum(self.busy(spot, main=spot is main) for spot in spots),
        }
        return {name: float(value) for name, value in parts.items()}

    def prior(self, poses: Floats, filled: Floats, within: Floats) -> Floats:
        """A cheap guess of the terms for main pieces alone, at poses (N, 3); ``filled`` and ``within`` as ``View.shares``."""
        main = self.programme.main
        low, high = main.share
        away = np.maximum(np.hypot(poses[:, 0], poses[:, 1]), 1e-6)
        shown = (-poses[:, 0] * np.sin(poses[:, 2]) + poses[:, 1] * np.cos(poses[:, 2])) / away
        value = main.front * shown + self.focus.looks_at(poses) + self.focus.centred(poses)
        value -= 4.0 * np.maximum(0, low - filled) / low + 3.0 * np.maximum(0, filled - high) / high
        value -= 8.0 * (1 - within)
        floor = np.column_stack([poses[:, :2], np.zeros(len(poses))])
        across = self.view.camera.project(floor)[:, 0] / self.view.width
        return np.asarray(value - 1.5 * np.abs(np.nan_to_num(across, nan=0.0) - 0.5))

    def busy(self, spot: Spot, *, main: bool) -> float:
        """What it costs to stand before a wall that shows more than paint: a heater, or a hearth nobody recognised."""
        # Outdoors everything is busy: hedges, rails, views.
        if not spot.stands or self.programme.outdoors:
            return 0.0
        key = spot.piece.name, spot.x, spot.y, spot.rotation
        if key not in self._busy:
            box, back = self.space.box, np.array([spot.x, spot.y]) + spot.floor.axes[1] * spot.piece.depth / 2
            off = min(back[0] - box.x_min, box.x_max - back[0], box.y_max - back[1])
            high = min(spot.piece.height, 1.15)
            self._busy[key] = self.space.busy_behind(spot.floor, 0.25, max(high, 0.6)) if off <= NEXT_TO else 0.0
        return -(3.0 if main else 0.9) * self._busy[key]

    def _at_fire(self, spots: tuple[Spot, ...]) -> float:
        """A second group's table stands elsewhere than where one sits by the fire."""
        tables = [spot for spot in spots[1:] if spot.piece.category in TABLES]
        fires = [(x, y, weight) for x, y, weight in self.focus.focal if weight >= AT_FIRE]
        return -DINED_AT_FIRE * sum(
            weight * min(1.0, max(0.0, (BY_THE_FIRE - math.hypot(x - table.x, y - table.y)) / FADING))
            for table in tables
            for x, y, weight in fires
        )

    def empty_places(self, spots: tuple[Spot, ...]) -> float:
        """Share (0-1) of the places at a main table that have no chair."""
        return seating.empty_places(spots, self._of_main(spots[0]).places)

    def _of_main(self, main: Spot) -> _OfMain:
        key = main.piece.name, main.x, main.y, main.rotation
        if key not in self._mains:
            pose = np.array([[main.x, main.y, main.rotation]])
            cramped = -CRAMPED * (1.0 - self.space.free_before(main.floor, LANE)) if main.stands else 0.0
            looks, centred = float(self.focus.looks_at(pose)[0]), float(self.focus.centred(pose)[0])
            self._mains[key] = _OfMain(looks, centred, cramped, dining.seats(main))
        return self._mains[key]

    def _furnished(self, spots: tuple[Spot, ...], seen: Seen) -> float:
        clear = UNSEEN_WORTH + (1 - UNSEEN_WORTH) * np.minimum(1.0, seen.visible / FAINT)
        return float(sum(spot.weight * share for spot, share in zip(spots, clear, strict=True)))

    def missing(self, spots: tuple[Spot, ...]) -> float:
        """How much is missing of what the programme cannot be without, in parts."""
        there = [spot.piece.category for spot in spots[1:]]
        return sum(
            max(0, part.required - sum(category in part.categories for category in there)) / part.required
            for part in self.programme.group
            if part.required and part.of in {"", spots[0].piece.category}
        )

    def senseless(self, spots: tuple[Spot, ...]) -> bool:
        """Whether the main piece is without what it makes no sense without: a table without chairs."""
        there = [spot.piece.category for spot in spots[1:]]
        return any(
            part.always
            and part.of in {"", spots[0].piece.category}
            and sum(category in part.categories for category in there) < part.required
            for part in self.programme.group
        )

    def _hidden(self, seen: Seen) -> float:
        return float(1 - seen.visible[0] / max(seen.whole[0], 1e-6))

    def _cut(self, spots: tuple[Spot, ...], seen: Seen) -> float:
        """Rugs run out of pictures; a main piece that does looks like a mistake."""
        total = 0.0
        for place, (spot, cut) in enumerate(zip(spots, seen.cut, strict=True)):
            if not spot.lies and cut > 0.01:
                total -= (9.0 if place == 0 else 4.0) * float(cut)
        return total

    def _hides(self, spots: tuple[Spot, ...], seen: Seen) -> float:
        high = np.array([not spot.lies for spot in spots] + [False])[seen.buffer.ravel()]
        return -sum(weight * float(high[pixels].mean()) for pixels, weight in self._hiding)

    @cached_property
    def _hiding(self) -> tuple[tuple[NDArray[np.intp], float], ...]:
        """The pixels of every opening, and what it costs to hide them all."""
        found: dict[bytes, tuple[NDArray[np.intp], float]] = {}
        for kind, probability, mask in self.view.openings:
            pixels = np.flatnonzero(mask)
            if len(pixels) > 20:
                # What is large in the picture matters more than a sliver at its edge.
                cost = HIDING[kind] * probability * min(1.0, len(pixels) / mask.size / 0.02)
                key = pixels.tobytes()
                found[key] = pixels, cost + (found[key][1] if key in found else 0.0)
        return tuple(found.values())

    def before_fronts(self, spot: Spot) -> float:
        """What a runner or mat gains by lying along what is built in, a runner along worktops, not along paint."""
        topped = spot.piece.category == "rug"
        shares = [
            front.share_fitted(self.space.along(front.wall, spot.x, spot.y), spot.piece.width, topped=topped)
            for front in self.space.fittings.fronts
            if abs(math.remainder(self.space.line(front.wall, 0.0).rotation - spot.rotation, 2 * math.pi)) < TURN
        ]
        return AT_FRONTS * max(shares, default=0.0)

    def _hides_fittings(self, spots: tuple[Spot, ...], seen: Seen) -> float:
        high = np.array([not spot.lies for spot in spots] + [False])
        covered = sum(float(high[seen.buffer[mask]].sum()) for mask in self.fittings)
        return -HIDING_FITTINGS * covered / max(1, sum(int(mask.sum()) for mask in self.fittings))

    @cached_property
    def fittings(self) -> tuple[Mask, ...]:
        """Where the picture shows what is built in, and islands."""
        found = [self.view.things]
        for wall, t0, t1, out in self.space.fittings.stretches():
            ends = [self.space.line(wall, t).at(0.0, out) for t in (t0, t1)]
            corners = np.array([(*ends[0], 0.0), (*ends[1], 0.0), (*ends[1], HIGHEST), (*ends[0], HIGHEST)])
            found.append(self.view.mask_of(corners))
        return tuple(found)

    def _halves(self, seen: Seen) -> float:
        middle = self.view.width // 2
        lost = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            floor = self.view.floor[:, half]
            if floor.mean() > 0.08:
                covered = float((seen.buffer[:, half][floor] > NOTHING).mean())
                lost += max(0.0, COVERED - covered) / COVERED
        return -1.6 * lost

    def _foreground(self, spots: tuple[Spot, ...], seen: Seen) -> float:
        """Low in front, and something in it: neither a bare half of the picture nor a wall of backs."""
        rows = np.flatnonzero((seen.buffer > NOTHING).any(axis=1))
        if len(rows) == 0:
            return -2.0
        bare = 1 - (int(rows[-1]) + 1) / self.view.height
        lost = max(0.0, bare - FOREGROUND) / FOREGROUND
        near = seen.buffer[int(0.7 * self.view.height) :]
        tall = np.array([spot.piece.height > 0.7 for spot in spots] + [False])
        return -1.8 * lost - 4.0 * max(0.0, float(tall[near].mean()) - 0.3)

    def _floor(self, seen: Seen) -> float:
        floor = self.view.floor
        if not floor.any():
            return 0.0
        bare = float((seen.buffer[floor] == NOTHING).mean())
        low, high = BARE_FLOOR
        return -4.0 * (max(0.0, low - bare) + max(0.0, bare - high))

    def way(self, spots: tuple[Spot, ...]) -> float:
        """What a plan loses by narrow ways; where a door is cut off it is no plan: minus infinity."""
        left = self.rules.ground.ways_left([spot.floor for spot in spots if spot.stands])
        return -math.inf if left == 0 else NARROW if left < COMFORTABLE else 0.0


def size_term(share: float, main: Main) -> float:
    """What a main piece loses by filling too little or too much of the picture."""
    low, high = main.share
    return -4.0 * max(0.0, low - share) / low - 3.0 * max(0.0, share - high) / high


def looming(spots: tuple[Spot, ...], seen: Seen) -> float:
    """What a plan loses by shelves and large plants that stand near the camera: they belong at the back, and frame the room there."""
    shares = [
        float(share)
        for spot, share in zip(spots[1:], seen.visible[1:], strict=True)
        if spot.stands and spot.piece.height > TALL_FROM
    ]
    return -sum(min(LOOMING, LOOMING * max(0.0, share / TALL_SHARE - 1)) for share in shares)


def balance(spots: tuple[Spot, ...], seen: Seen) -> float:
    """Where the weight of the furniture lies in the picture: 0 far left, 1 far right."""
    heavy = np.array([not spot.lies for spot in spots] + [False])
    columns = heavy[seen.buffer].sum(axis=0)
    mass = int(columns.sum())
    return float((columns * (np.arange(len(columns)) + 0.5)).sum() / mass / len(columns)) if mass else 0.5
