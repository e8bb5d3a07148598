"""Which pieces of a group a room takes, and how good the picture of it would be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Final

from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Group, Spot

NEAREST: Final = {"rug": 0.5, "bath_mat": 0.9}
NEAREST_OTHER: Final = 1.15
"""Metres from the camera's foot: nearer pieces are drawn out by the wide lens and hide the room."""
WHOLE: Final = 0.999
NEAREST_BACK: Final = 1.8
SHOWN: Final = {"rug": 0.6, "bed": 0.8, "coffee_table": 0.85, "outdoor_table": 0.85, "bench": 0.85}
"""Shares of a piece that must be in the picture: a near corner of what is low may leave it, as in stagers' own pictures."""
RISE: Final = {"bed": 0.65}
TALL: Final = 1.25
TALL_FROM: Final = 2.4
"""Metres from the camera from which tall pieces do not loom."""
SLENDER: Final = {"plant", "planter", "floor_lamp"}
FLOOR_BARE: Final = 0.8
RUG_BARE: Final = 0.7
FRAME_MARGIN: Final = 0.008
TOUCHING: Final = 0.03
"""Metres kept between pieces."""
LANE: Final = 0.6
"""Metres of way before the main piece (Panero and Zelnik: 24 in at the foot of a bed)."""
CRAMPED: Final = 3.0
BEST_DISTANCE: Final = 3.4
GOOD_SIZE: Final = 0.13
"""Share of the picture that the main piece should fill."""


def accept(space: Space, spot: Spot, placed: Iterable[Spot], slack: float = 0.0) -> bool:
    """Whether the room takes a standing piece or a rug: inside, on bare floor, whole in the picture, in nobody's way.

    ``slack``: share of it that may leave the picture or lie on floor not sure to be bare, beyond what is usual.
    """
    return refused_by(space, spot, placed, slack) is None


def refused_by(space: Space, spot: Spot, placed: Iterable[Spot], slack: float = 0.0) -> str | None:
    """The first rule that a piece breaks (see ``accept``), in words; None where the room takes it."""
    floor, piece = spot.floor, spot.piece
    if not space.inside(floor):
        return "outside the walls"
    if in_the_way := space.in_the_way(floor, piece.height, RISE.get(piece.category, 0.0)):
        return in_the_way
    rug = piece.category == "rug"
    if space.distance(floor) < NEAREST.get(piece.category, NEAREST_OTHER):
        return "too near the camera"
    margin = 0.0 if rug or piece.category in SHOWN else FRAME_MARGIN
    if space.shown(floor, 0.0, piece.height, margin) < SHOWN.get(piece.category, WHOLE) - slack:
        return "cut by the picture's edge"
    if piece.height > TALL and not _rises_well(space, spot):
        return "tall before something on the wall, or near"
    if space.bare(floor) < (RUG_BARE if rug else FLOOR_BARE) - slack:
        return "not on bare floor"
    others = [other for other in placed if (other.piece.category == "rug") == rug and other.piece.mount == "floor"]
    if any(floor.grown(TOUCHING / 2).overlaps(other.floor.grown(TOUCHING / 2)) for other in others):
        return "meets another piece"
    return None


def _rises_well(space: Space, spot: Spot) -> bool:
    """Whether a tall piece neither looms nor hides what is on the wall; leaves and lamps hide little."""
    if space.distance(spot.floor) < TALL_FROM:
        return False
    return spot.piece.category in SLENDER or space.is_plain(spot.floor, 0.4, spot.piece.height)


def settle(
    space: Space, group: Group, already: tuple[Spot, ...] = (), slack: float = 0.0, told: Callable[[str], object] = str
) -> tuple[Spot, ...]:
    """The spots of a group that the room takes; none at all where a needed one is refused, and the rule is ``told``.

    ``slack``: for those needed.
    """
    placed: list[Spot] = []
    for spot in group.needed:
        if rule := refused_by(space, spot, [*already, *placed], slack):
            told(rule)
            return ()
        placed.append(spot)
    for spot in group.wanted:
        if accept(space, spot, [*already, *placed]) and not _back_fills_view(space, spot):
            placed.append(spot)
    return tuple(placed)


def terms(space: Space, spots: tuple[Spot, ...]) -> dict[str, float]:
    """How good a picture a group would make, in parts: well seen, well filled, balanced, nothing hiding the main piece.

    Without a main piece before the camera there are none.
    """
    if not spots:
        return {}
    anchor = spots[0]
    views = {id(spot): space.outline(spot.floor, 0.0, spot.piece.height) for spot in spots}
    main = views[id(anchor)]
    if main is None:
        return {}
    area = (main[2] - main[0]) * (main[3] - main[1])
    return {
        "pieces, well placed": sum(spot.weight * _nearness(spot) for spot in spots),
        "size of the main piece": 4.0 * min(1.0, area / GOOD_SIZE),
        "main piece shows its front": 1.2 * _shows_front(anchor),
        "cramped": -CRAMPED * (1.0 - space.free_before(anchor.floor, LANE)),
        "main piece cut": -8.0 * (1.0 - space.shown(anchor.floor, 0.0, anchor.piece.height)),
        "main piece hidden": -3.0 * _hidden(space, anchor, spots, views, area),
        "lopsided": -2.0 * abs(balance(space, spots) - 0.5),
    }


def balance(space: Space, spots: Iterable[Spot]) -> float:
    """Where the weight of the furniture lies in the picture: 0 far left, 1 far right."""
    moment, mass = 0.0, 1e-9
    for spot in spots:
        view = space.outline(spot.floor, spot.z, spot.z + spot.piece.height)
        if view and spot.stands:
            area = (view[2] - view[0]) * (view[3] - view[1])
            moment, mass = moment + area * (view[0] + view[2]) / 2, mass + area
    return moment / mass


def _nearness(spot: Spot) -> float:
    distance = math.hypot(spot.x, spot.y)
    return 0.35 + 0.65 * math.exp(-(((distance - BEST_DISTANCE) / 2.2) ** 2))


def _shows_front(spot: Spot) -> float:
    """Cosine between where a piece faces and where the camera is."""
    distance = max(math.hypot(spot.x, spot.y), 1e-6)
    return (-spot.x * math.sin(spot.rotation) + spot.y * math.cos(spot.rotation)) / distance


def _back_fills_view(space: Space, spot: Spot) -> bool:
    """A chair close by that shows its back is the first thing a viewer sees."""
    if spot.piece.category == "dining_chair":
        # Around a table half of the chairs turn their backs: that is how dining rooms look.
        return _shows_front(spot) < -0.45 and space.distance(spot.floor) < NEAREST_BACK
    return bool(spot.piece.seats) and _shows_front(spot) < -0.45 and space.distance(spot.floor) < 4.5


def _hidden(
    space: Space,
    anchor: Spot,
    spots: tuple[Spot, ...],
    views: dict[int, tuple[float, float, float, float] | None],
    area: float,
) -> float:
    """Share of the main piece's rectangle that nearer pieces cover."""
    main, covered = views[id(anchor)], 0.0
    for spot in spots[1:]:
        view = views[id(spot)]
        if view is None or main is None or not spot.stands or space.distance(spot.floor) > space.distance(anchor.floor):
            continue
        wide = max(0.0, min(main[2], view[2]) - max(main[0], view[0]))
        tall = max(0.0, min(main[3], view[3]) - max(main[1], view[1]))
        # A low table in front is how living rooms look; what is tall hides the sofa.
        covered += wide * tall / max(area, 1e-6) * (0.3 if spot.piece.height < 0.55 else 1.0)
    return min(covered, 1.0)
