"""How many metres the camera stood above the floor: one photo has no scale of its own, things of known size give it one.

Each cue is a belief about the camera's height; they are multiplied on a grid. Beliefs have heavy tails, so that a cue
that is wrong (a tall door, a loft) is outvoted and does not drag the others along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from realstaging.engines.local.room.kinds import NARROWEST_DOOR, WIDEST_DOOR
from realstaging.engines.local.room.reading import Floats, Opening, OpeningKind

HEIGHTS = np.linspace(0.7, 2.1, 281)


@dataclass(frozen=True)
class Cue:
    """Something ``units`` camera heights big that is ``metres`` big in most houses, give or take ``spread`` (a share)."""

    units: float
    metres: float
    spread: float
    trust: float = 0.9


@dataclass(frozen=True)
class Scale:
    """``camera_height`` in metres; ``confidence`` is the belief (0-1) that it is right within 10 %."""

    camera_height: float
    confidence: float


CAMERA_HEIGHT, CAMERA_SPREAD = 1.32, 0.2
"""Metres: chest height and tripods; the prior every photo starts from."""


CEILING_SEEN: Final = (0.12, 0.3)
"""Share of a ceiling's edges that lie on lines of the picture: below the first it is a vault or a guess, above the second a ceiling."""
TRUST: Final = (0.6, 0.95)
"""How far a ceiling's height is believed at the one and at the other."""


def ceiling_cue(units: float, support: float = 1.0) -> Cue:
    """Rooms are mostly 2.4-2.75 m high (8 and 9 feet); old and new lofts more, hence the spread.

    ``support``: how much (0-1) of the ceiling's edges lies on lines of the picture. What nobody sees says little of the scale.
    """
    return Cue(units, 2.6, 0.1, float(np.interp(support, CEILING_SEEN, TRUST)))


DOOR_HEAD = 2.08
"""Metres from the floor to the top of an inner door's casing: leaf of 2.03 m (80 inches) or 2.0 m (DIN 18101), the head a hand above."""
USUAL_CEILING = (2.3, 3.3)
"""Metres: a door that would make the ceiling lower or higher needs another door that agrees."""
AGREE = 0.06
"""Share by which the heights of two doors differ at most."""
MOST_DOORS = 3
HEADS = (1.5, 2.8)
"""Metres between which the head of a door is, by the ceiling's scale alone."""
LIKELY_DOOR = 0.55
"""Probability from which a door's height says something of the scale."""


def heads_of_doors(openings: tuple[Opening, ...], metres: float) -> list[tuple[float, float]]:
    """Head (units of the camera's height) and probability of what is likely a door; openings read for a camera at ``metres``.

    Nobody fits through what is narrower than a door, and heads of wide openings have no usual height.
    """
    found = []
    for opening in openings:
        likely = sum(share for kind, share in opening.likely if kind in {OpeningKind.DOOR, OpeningKind.DOORWAY})
        fits = NARROWEST_DOOR < opening.t1 - opening.t0 < WIDEST_DOOR and HEADS[0] < opening.z1 < HEADS[1]
        if fits and likely > LIKELY_DOOR:
            found.append((opening.z1 / metres, likely))
    return found


def door_cues(doors: list[tuple[float, float]], ceiling: float, support: float = 1.0) -> list[Cue]:
    """Cues from doors (head in units of the camera's height, probability that it is a door), under a ceiling so many units high.

    No door decides alone: where it contradicts the ceiling, and no other door bears it out, it counts for little. A ceiling
    without ``support`` (see ``ceiling_cue``) contradicts nothing.
    """
    cues = []
    for place, (units, likely) in enumerate(doors[:MOST_DOORS]):
        low, high = USUAL_CEILING
        with_ceiling = support < CEILING_SEEN[1] or low <= ceiling * DOOR_HEAD / units <= high
        others = (other for other, _ in doors[:place] + doors[place + 1 :])
        borne_out = with_ceiling or any(abs(other / units - 1) < AGREE for other in others)
        cues.append(Cue(units, DOOR_HEAD, 0.04, likely * (0.8 if borne_out else 0.25)))
    return cues


def estimate_scale(cues: list[Cue]) -> Scale:
    """The likeliest camera height under all cues."""
    belief = np.exp(-0.5 * ((HEIGHTS - CAMERA_HEIGHT) / CAMERA_SPREAD) ** 2)
    for cue in cues:
        belief = belief * _likelihood(cue)
    belief /= belief.sum()
    best = float(HEIGHTS[belief.argmax()])
    near = np.abs(HEIGHTS / best - 1) <= 0.1
    return Scale(best, float(belief[near].sum()))


def _likelihood(cue: Cue) -> Floats:
    error = np.log(HEIGHTS * cue.units / cue.metres) / cue.spread
    return np.asarray(cue.trust * np.exp(-0.5 * error**2) + (1 - cue.trust) * 0.2)
