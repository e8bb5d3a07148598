"""What an opening is, as probabilities: window, door, doorway, closet, fireplace, radiator, something built in, or bare wall.

A first guess by shape and light says what it is mostly taken for; each rule then makes kinds more or less likely. The rules
are what anyone would say of a photo, one sentence each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from realstaging.engines.local.room.reading import Opening, OpeningKind
from realstaging.engines.local.room.signs import Signs, signs_of
from realstaging.engines.local.room.spans import DOOR_TOP, SILL, Span
from realstaging.engines.local.room.walls import WallView

WINDOW, DOOR, DOORWAY, CLOSET = OpeningKind.WINDOW, OpeningKind.DOOR, OpeningKind.DOORWAY, OpeningKind.CLOSET
FIREPLACE, RADIATOR, BUILTIN = OpeningKind.FIREPLACE, OpeningKind.RADIATOR, OpeningKind.BUILTIN

NARROWEST_DOOR: Final = 0.55
"""Metres: the narrowest leaves that are sold are 24 in, those of cupboards narrower."""
WIDEST_DOOR: Final = 1.3
"""Metres: single leaves end at 1.0 m; the scale may be off by a fifth."""
WIDEST_LEAF: Final = 1.25
"""Metres: wider glass down to the floor is a window, sliding or double doors."""
WIDEST_CLOSET: Final = 2.4
"""Metres: what is wider is a wall of shelves or windows."""
LOWEST_HEAD: Final = 1.15
"""Metres: the lowest that a window ends at its head."""
TO_THE_FLOOR: Final = 0.15
"""Metres: glass that begins lower may be a door."""
PLAIN: Final = 0.15
"""Share that is unlike the wall's paint below which it is plain wall, or a leaf of the wall's colour."""
LEAST: Final = 0.2
"""Probability that anything is there at all, below which an opening is not worth telling."""
WIDEST_SURROUND: Final = 2.4
"""Metres: a chimney breast is as wide at most; what is wider is shelves with a hearth among them."""
MANTEL: Final = 0.35
"""Metres to either side of a hearth's mouth that its surround takes, and ``MANTEL_TOP`` how high it is."""
MANTEL_TOP: Final = 1.25
SURE: Final = 0.98
"""No reading is surer than this that something is there."""

TAKEN_FOR: Final[Mapping[OpeningKind, Mapping[OpeningKind, float]]] = {
    WINDOW: {WINDOW: 0.93, DOOR: 0.02, BUILTIN: 0.05},
    DOOR: {DOOR: 0.93, CLOSET: 0.03, BUILTIN: 0.02, WINDOW: 0.02},
    DOORWAY: {DOORWAY: 0.9, DOOR: 0.04, WINDOW: 0.04, CLOSET: 0.02},
    CLOSET: {CLOSET: 0.75, BUILTIN: 0.13, WINDOW: 0.06, DOOR: 0.06},
    FIREPLACE: {FIREPLACE: 0.93, BUILTIN: 0.05, WINDOW: 0.02},
    RADIATOR: {RADIATOR: 0.8, BUILTIN: 0.2},
    BUILTIN: {BUILTIN: 0.8, CLOSET: 0.08, WINDOW: 0.06, RADIATOR: 0.06},
}
"""What it is when it is taken for a kind at first sight: shares of the confusions seen on photos."""


@dataclass(frozen=True)
class Rule:
    """``when`` it applies, kinds become ``times`` as likely, bare wall ``wall`` times."""

    when: Callable[[Signs], bool]
    times: Mapping[OpeningKind, float]
    wall: float = 1.0


RULES: Final = (
    # One walks over no skirting board.
    Rule(lambda s: s.skirting > 0, {DOOR: 0.12, DOORWAY: 0.08, CLOSET: 0.3}, 1.5),
    # A board that stops at the sides and not below was cut for something that stands on the floor.
    Rule(lambda s: s.skirting < 0 and s.z0 < SILL, {DOOR: 2.0, DOORWAY: 2.0, CLOSET: 2.0}, 0.6),
    # One does not walk through a line at the height of sills, nor through a wall below one.
    Rule(lambda s: s.sill > 0 and s.above > PLAIN, {DOORWAY: 0.3, WINDOW: 2.0}),
    Rule(
        lambda s: s.sill > 0 and s.above > PLAIN and s.below < 0.3 and s.through < 0.3,
        {DOOR: 0.25, DOORWAY: 0.5, WINDOW: 1.5},
    ),
    # What has the wall's own paint at eye level opens nowhere.
    Rule(
        lambda s: s.above < PLAIN and s.z0 < SILL and s.z1 > DOOR_TOP and s.skirting >= 0,
        {DOORWAY: 0.25, CLOSET: 0.5},
        3.0,
    ),
    # Nobody fits through.
    Rule(lambda s: s.width < NARROWEST_DOOR and not s.cut, {DOOR: 0.08, DOORWAY: 0.08}, 20.0),
    # No leaf is as wide, but those of glass.
    Rule(lambda s: s.width > WIDEST_DOOR and not s.outdoors, {DOOR: 0.35}),
    Rule(lambda s: s.width > WIDEST_CLOSET, {CLOSET: 0.25}),
    # Glass down to the floor may be a door as well.
    Rule(lambda s: s.outdoors and s.z0 < TO_THE_FLOOR and s.sill == 0 and s.width > WIDEST_LEAF, {DOOR: 30.0}),
    # Sun on a wall is neither heater nor cupboard.
    Rule(
        lambda s: s.lit and not s.outdoors and s.z1 < DOOR_TOP,
        {RADIATOR: 0.06, BUILTIN: 0.12, DOOR: 0.4, CLOSET: 0.3},
        12.0,
    ),
    # A stretch of wall that is only better lit has no casing, whatever its height.
    Rule(
        lambda s: s.lit and not s.outdoors and s.z1 >= DOOR_TOP and s.sill == 0 and s.skirting >= 0,
        {DOOR: 0.5, DOORWAY: 0.5, CLOSET: 0.4, BUILTIN: 0.4},
        3.0,
    ),
    # Brick and red paint let no light through.
    Rule(lambda s: s.red, {WINDOW: 0.06, RADIATOR: 0.3, DOOR: 0.6}, 3.0),
    # A fire burns in neither window nor closet: shelves stand around it.
    Rule(
        lambda s: s.mouth is not None,
        {WINDOW: 0.15, CLOSET: 0.08, DOORWAY: 0.1, DOOR: 0.1, BUILTIN: 4.0, FIREPLACE: 20.0},
    ),
)


def classified(span: Span, view: WallView) -> list[Opening]:
    """The opening a span is, with a hearth of its own where one is seen inside; none where it is likely bare wall."""
    signs = signs_of(span, view)
    likely = probabilities(signs)
    kind = max(likely, key=lambda each: likely[each])
    low = max(span.z0, signs.sill) if kind is WINDOW else span.z0
    found = Opening(
        view.wall, span.t0, span.t1, low, span.z1, kind, round(likely[kind], 2), tuple(sorted(likely.items()))
    )
    hearths = [_hearth(signs.mouth, view)] if signs.mouth is not None and kind is not FIREPLACE else []
    return [*([found] if sum(likely.values()) >= LEAST else []), *hearths]


def _hearth(mouth: tuple[float, float], view: WallView) -> Opening:
    """The fireplace around a mouth."""
    t0, t1 = max(0.0, mouth[0] - MANTEL), min(view.length, mouth[1] + MANTEL)
    return Opening(view.wall, t0, t1, 0.0, MANTEL_TOP, FIREPLACE, 0.8, ((FIREPLACE, 0.8), (BUILTIN, 0.15)))


def probabilities(signs: Signs) -> dict[OpeningKind, float]:
    """Probability (0-1) of each kind; what is missing to 1 is bare wall."""
    sure = min(SURE, signs.sure)
    likely = {kind: sure * share for kind, share in TAKEN_FOR[at_first_sight(signs)].items()}
    wall = 1 - sure
    for rule in RULES:
        if rule.when(signs):
            likely = {kind: value * rule.times.get(kind, 1.0) for kind, value in likely.items()}
            wall *= rule.wall
    whole = sum(likely.values()) + wall
    return {kind: value / whole for kind, value in likely.items()}


def at_first_sight(signs: Signs) -> OpeningKind:
    """What shape and light alone would make of it."""
    if signs.z0 >= SILL:
        # No window ends below eye level: heaters hang there.
        return WINDOW if signs.z1 > LOWEST_HEAD else RADIATOR
    if signs.hearth or (signs.mouth is not None and signs.width < WIDEST_SURROUND):
        return FIREPLACE
    if signs.z1 < LOWEST_HEAD:
        return RADIATOR
    if signs.z1 < DOOR_TOP:
        return BUILTIN
    # Where a sill is seen, less that is unlike the wall is enough: blinds are painted as walls are.
    if signs.above > (0.25 if signs.sill > 0 else 0.4) and signs.below < 0.5 * signs.above:
        return WINDOW
    # Glass down to the floor may be a door: only with a sill, or too wide for a leaf, is it a window.
    if signs.outdoors and (signs.width > WIDEST_LEAF or signs.sill > 0):
        return WINDOW
    if signs.width > WIDEST_CLOSET:
        return CLOSET if signs.through > 0.5 or signs.above < 0.3 else BUILTIN
    if signs.through > 0.5:
        return DOORWAY
    if signs.width > WIDEST_LEAF:
        return CLOSET
    return DOORWAY if signs.above > 0.6 and signs.dim else DOOR
