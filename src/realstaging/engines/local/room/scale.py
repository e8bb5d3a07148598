"""How many metres the camera stood above the floor: one photo has no scale of its own, things of known size give it one.

Each cue is a belief about the camera's height; they are multiplied on a grid. Beliefs have heavy tails, so that a cue
that is wrong (a tall door, a loft) is outvoted and does not drag the others along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realstaging.engines.local.room.reading import Floats

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


def ceiling_cue(units: float) -> Cue:
    """Rooms are mostly 2.4-2.75 m high (8 and 9 feet); old and new lofts more, hence the spread."""
    return Cue(units, 2.6, 0.1, 0.95)


def door_cue(units: float) -> Cue:
    """An inner door up to its casing: leaf of 2.03 m (80 inches) or 2.0 m (DIN 18101), the head a hand above."""
    return Cue(units, 2.08, 0.04, 0.75)


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
