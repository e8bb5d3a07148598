"""How far a reading may be believed, and the words for declining one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from realstaging.engines.local.room.furnished import Furnishing
from realstaging.engines.local.room.reading import Opening, OpeningKind
from realstaging.kit.errors import CannotStage

EMPTY = Furnishing()
NO_WALLS = "I can't make out the walls of this room. A photo from a corner or doorway, with floor and ceiling in view, works best."
NO_FLOOR = "I can't see enough floor to stand furniture on. Try a photo taken from further back."
NOT_EMPTY = "The room isn't empty: what stands in it hides much of the floor. Staging needs a photo without furniture or people in it."
NO_EDGE = (
    "I can't make out where the floor ends and the walls begin. Set the floor's corners by hand, or try a photo from a corner or "
    "doorway, in even light."
)
THINGS_STAND = "Something stands in this room already. New furniture keeps clear of it: look at the result."
UNSURE_SIZE = "The size of this room is uncertain. If furniture looks too big or too small, correct the scale."
UNSURE_SHAPE = "The shape of this room is uncertain. Check that the floor's corners are right."
PERHAPS_A_MIRROR = "One wall has a wide opening or a mirror down to the floor. A mirror goes on showing the empty room: look at the result."
WIDEST_DOOR = 1.2
"""Metres: single leaves end at 1.0 m, and the scale may be off by a fifth."""
LEAST_CONFIDENCE = 0.3
LEAST_RECEDING = 0.04
NO_AGREEMENT = 0.5
"""Agreement of box and floor (-1 to 1) below which it is the floor's edge that can't be made out."""
LEAST_FLOOR = 0.06
"""Share of the picture."""
MOST_OCCUPIED = 0.33
"""Share of the floor."""
WORTH_TELLING = 0.01
"""Share of the floor that is taken from which it is told."""


@dataclass(frozen=True)
class Features:
    """What speaks for a reading. Shares are 0-1."""

    lines_explained: float
    """Weight of lines that run along the room's axes."""
    receding: float
    """Weight of lines that run into the depth: a page or a facade has hardly any."""
    floor_agreement: float
    """How well the box's floor matches what looks like floor, -1 to 1."""
    edge_support: float
    """Share of the box's visible edges that lie on lines of the picture."""
    floor_share: float
    """Bare floor as a share of the picture."""
    occupied: float
    """Share of the floor hidden by things that are seen to stand on it."""
    ground_share: float = 1.0
    """The whole floor of the box as a share of the picture, bare or not."""
    furnishing: Furnishing = EMPTY
    """What the whole photo shows of furniture."""
    unsure: float = 0.0
    """Share of that floor that looks like none, and like no thing on it either: walls or steps read as floor."""


def confidence(features: Features) -> float:
    """Belief (0-1) that box and frame are right, a logistic function of the features."""
    logit = (
        -8.5
        + 4.0 * features.lines_explained
        + 2.5 * features.floor_agreement
        + 8.0 * features.edge_support
        - 3.0 * (features.occupied + features.unsure)
    )
    return 1 / (1 + math.exp(-logit))


def decline_unreadable(features: Features) -> None:
    """Raises CannotStage with the likeliest reason a person can do something about."""
    if features.ground_share < LEAST_FLOOR:
        raise CannotStage(NO_FLOOR)
    if features.occupied > MOST_OCCUPIED or features.furnishing.likely:
        raise CannotStage(NOT_EMPTY)
    if features.floor_share < LEAST_FLOOR:
        raise CannotStage(NOT_EMPTY if features.occupied > features.unsure else NO_EDGE)
    if features.receding < LEAST_RECEDING:
        raise CannotStage(NO_WALLS)
    if confidence(features) < LEAST_CONFIDENCE:
        raise CannotStage(NO_EDGE if features.floor_agreement < NO_AGREEMENT else NO_WALLS)


def warnings(
    reading_confidence: float,
    scale_confidence: float,
    features: Features | None = None,
    openings: tuple[Opening, ...] = (),
) -> tuple[str, ...]:
    """What a person should look at before trusting a reading that was not declined."""
    things = features is not None and (features.occupied > WORTH_TELLING or features.furnishing.seems)
    doubts = (
        (reading_confidence < 0.6, UNSURE_SHAPE),
        (scale_confidence < 0.6, UNSURE_SIZE),
        (things, THINGS_STAND),
        (any(_may_be_a_mirror(opening) for opening in openings), PERHAPS_A_MIRROR),
    )
    return tuple(words for doubtful, words in doubts if doubtful)


def _may_be_a_mirror(opening: Opening) -> bool:
    """A gap through which the floor runs on, wider than a door: an archway looks the same as mirrored wardrobe doors."""
    return opening.kind is OpeningKind.DOORWAY and opening.t1 - opening.t0 > WIDEST_DOOR
