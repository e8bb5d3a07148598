"""The gate: numbers to verdicts. One table holds every limit; changing any of them raises VERSION."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import cv2
import msgspec
import numpy as np

from realstaging.fidelity.blocked import blocked_share
from realstaging.fidelity.compare import Difference
from realstaging.fidelity.people import people
from realstaging.fidelity.picture import Mask, closed, grown
from realstaging.fidelity.regions import Parts
from realstaging.fidelity.register import matrix_of
from realstaging.fidelity.report import Check, Door, Kind, Operation, Region, Registration, Verdict
from realstaging.fidelity.text import text_share

VERSION: Final = 9
# Shorter lines (shares of the diagonal) are not counted as vanished.
LEAST_LINE: Final = 0.03


class Limit(msgspec.Struct, frozen=True):
    """``warn`` and ``fail`` are upper limits of the value; ``weight`` is what exceeding them costs the score.

    ``wrong`` and ``sound`` are what the check says when it is exceeded and when it is not.
    """

    warn: float
    fail: float
    wrong: str
    sound: str
    mended: bool = False
    weight: float = 1.0


# Twice the share of the height below which a hung thing's middle is low; and how many times as tall as wide curtains are.
LOW: Final = 1.06
CURTAIN: Final = 2.0
# It rests on furniture that is so near below it (working pixels) in such a share of its columns.
RIGHT_BELOW: Final = 6
RESTING: Final = 0.3
# Share of the picture below which a change is no furniture, and none was taken away.
NOTHING: Final = 0.004

# Shares are of the picture's area unless said. Set on the benchmark's rooms below 800; measured on others (docs/reference/fidelity.md).
LIMITS: Final[dict[str, Limit]] = {
    "found": Limit(
        0.5,
        0.5,
        "The staged picture does not show the same view of the room.",
        "The same view of the same room.",
        weight=4,
    ),
    "frame": Limit(
        0.0021,
        0.02,
        "The picture was shifted, zoomed, cropped or turned.",
        "Not shifted, zoomed, cropped or turned.",
        mended=True,
        weight=1.5,
    ),
    "aspect": Limit(0.03, 0.10, "The picture was stretched in one direction.", "Not stretched.", mended=True),
    "cut": Limit(
        0.03,
        0.25,
        "Part of the original photo is missing from the staged picture.",
        "Nothing of the photo is missing.",
        mended=True,
    ),
    "warp": Limit(0.002, 0.008, "The room's shape is bent.", "The room has its own shape.", mended=True),
    "tone": Limit(
        2.6,
        12.0,
        "The photo's colours or brightness were changed as a whole.",
        "Colours and brightness are the photo's own.",
        mended=True,
    ),
    "repaint": Limit(
        0.006,
        0.03,
        "A wall, the floor or the ceiling has another colour.",
        "Walls, floor and ceiling have their own colours.",
        mended=True,
        weight=1.5,
    ),
    "openings": Limit(
        0.0025,
        0.01,
        "A window, a door or the view through it was changed.",
        "Windows, doors and the views through them are the same.",
        mended=True,
        weight=1.5,
    ),
    "removed": Limit(
        0.0005,
        0.01,
        "Something that belongs to the house is gone.",
        "Nothing that belongs to the house is gone.",
        mended=True,
        weight=1.2,
    ),
    "invented": Limit(
        0.004, 0.02, "There seems to be an opening where there was plain wall.", "No opening was invented.", mended=True
    ),
    "lines": Limit(
        0.02,
        0.10,
        "Lines of the house vanished with nothing standing before them.",
        "The lines of the house are all there.",
        mended=True,
    ),
    "hidden": Limit(
        0.65,
        0.75,
        "Furniture hides much of the house.",
        "The furniture leaves most of the house in view.",
    ),
    "doors": Limit(0.6, 0.95, "Furniture stands in a door's way.", "Nothing stands in a door's way.", weight=0.3),
    "people": Limit(0.5, 3.5, "There is somebody in the picture.", "Nobody is in the picture.", weight=0.3),
    "text": Limit(
        0.0002, 0.03, "Letters were written into the picture.", "No letters were written into it.", weight=0.3
    ),
    "floating": Limit(0.024, 0.15, "Something large hangs in the air.", "Nothing large hangs in the air."),
    "full": Limit(
        0.60, 0.85, "So much of the picture changed that the room can hardly be seen.", "The room itself can be seen."
    ),
    "torn": Limit(
        0.10,
        1.00,
        "Putting the house back would cut through furniture.",
        "Every piece of furniture is whole.",
        weight=0.2,
    ),
    "nothing": Limit(0.5, 0.5, "Nothing was changed.", "The picture was changed as asked for.", weight=0.2),
}


def checks_of(
    registration: Registration,
    difference: Difference,
    parts: Parts,
    allowed: frozenset[Operation],
    doors: Sequence[Door] = (),
) -> tuple[Check, ...]:
    """Every check of the table, in its order. ``doors``: those of the original that are known."""
    values = _values(registration, difference, parts, allowed) | {
        "doors": blocked_share(_marked(parts, {Kind.FURNITURE}), doors),
        "people": people(difference),
        "text": text_share(difference),
    }
    return tuple(checked(name, values[name], limit) for name, limit in LIMITS.items())


def worst(checks: tuple[Check, ...], *, after_restoring: bool = False) -> Verdict:
    """The worst verdict of all checks, or of those that restoring does not mend."""
    order = list(Verdict)
    left = [check.verdict for check in checks if not (after_restoring and check.mended)]
    return max(left, key=order.index, default=Verdict.PASS)


def score(checks: tuple[Check, ...]) -> float:
    """1 for the same house, falling by e^-weight for each value at its fail limit; what stays below half of the warn limit is free."""
    return math.exp(-sum(LIMITS[check.name].weight * _excess(check) for check in checks))


def _excess(check: Check) -> float:
    free = check.warn / 2
    return min(3.0, max(0.0, check.value - free) / (check.fail - free))


def _values(
    registration: Registration, difference: Difference, parts: Parts, allowed: frozenset[Operation]
) -> dict[str, float]:
    area = {kind: sum(region.area for region in parts.regions if region.kind is kind) for kind in Kind}
    removing = bool(allowed & {Operation.DECLUTTER, Operation.EMPTY})
    return {
        "found": 0.0 if registration.found else 1.0,
        "frame": registration.displacement,
        "aspect": _stretch(registration),
        "cut": 1 - registration.coverage,
        "warp": registration.warp,
        "tone": max(difference.tone.chroma, abs(difference.tone.lightness) * 0.6),
        "repaint": area[Kind.REPAINT],
        "openings": area[Kind.OPENING],
        "removed": 0.0 if removing else area[Kind.REMOVED],
        "invented": area[Kind.INVENTED],
        "lines": 0.0 if removing else _vanished(difference, parts),
        "hidden": _hidden(difference, parts),
        "floating": max((region.area for region in parts.regions if _floats(region, parts)), default=0.0),
        "full": sum(area.values()) - area[Kind.SHADING],
        "torn": _torn(difference, parts),
        "nothing": 1.0 if sum(area.values()) - area[Kind.SHADING] < NOTHING else 0.0,
    }


def _floats(region: Region, parts: Parts) -> bool:
    """Whether something hung is low on the wall, is no length of curtain and rests on no furniture."""
    left, top, right, bottom = region.box
    height, width = (bottom - top) * parts.labels.shape[0], (right - left) * parts.labels.shape[1]
    low = region.kind is Kind.HUNG and top + bottom > LOW and height < CURTAIN * width
    return low and _resting(region, parts) < RESTING


def _resting(region: Region, parts: Parts) -> float:
    """Share of the region's columns in which furniture is right below it."""
    thing = parts.labels == region.label
    below = np.zeros_like(thing)
    below[RIGHT_BELOW:] = thing[:-RIGHT_BELOW]
    return float((below & _marked(parts, {Kind.FURNITURE})).any(axis=0).sum() / thing.any(axis=0).sum())


def _stretch(registration: Registration) -> float:
    """How much more one direction was scaled than the other. Sizes rounded to multiples of 16 or 64 reach 0.03."""
    matrix = matrix_of(registration)
    across, down = float(np.linalg.norm(matrix[:2, 0])), float(np.linalg.norm(matrix[:2, 1]))
    return max(across, down) / max(min(across, down), 1e-9) - 1


def _vanished(difference: Difference, parts: Parts) -> float:
    """Length of the house's lines that are gone where no object was put, in diagonals of the picture.

    Only what is long and thin counts: grain and the rims of shadows are neither.
    """
    objects = _marked(parts, {Kind.FURNITURE, Kind.HUNG, Kind.CURTAIN})
    lost = difference.lost_edges & ~_inner(parts.floor) & ~grown(objects, 4)
    diagonal = float(np.hypot(*lost.shape))
    _, _, statistics, _ = cv2.connectedComponentsWithStats(closed(lost, 2).astype(np.uint8))
    boxes = statistics[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].astype(np.float64)
    lengths = np.hypot(boxes[:, 0], boxes[:, 1])
    thin = statistics[1:, cv2.CC_STAT_AREA] < 8 * lengths
    return float(lengths[thin & (lengths > LEAST_LINE * diagonal)].sum()) / diagonal


def _torn(difference: Difference, parts: Parts) -> float:
    """Length of the cuts through furniture that restoring would make, in diagonals of the picture.

    A refused region may end at furniture where the staged picture has an edge; where it has none, both are one thing. So is
    furniture cut where the staged picture ends within the original.
    """
    kept = {region.kind for region in parts.regions if region.kept} - {Kind.SHADING}
    objects = _marked(parts, kept)
    refused = (parts.labels > 0) & ~objects & ~_marked(parts, {Kind.SHADING})
    rim = objects & grown(~objects, 1)
    seamless = rim & grown(refused, 2) & ~grown(difference.staged_edges, 4)
    ended = rim & grown(~difference.seen, 2)
    return float((seamless | ended).sum()) / float(np.hypot(*rim.shape))


def _inner(mask: Mask) -> Mask:
    """Without its rim, where the floor meets the wall."""
    return ~grown(~mask, 8)


def _hidden(difference: Difference, parts: Parts) -> float:
    """Share of the house's edges behind furniture."""
    house = difference.edges & ~parts.floor
    return float((house & _marked(parts, {Kind.FURNITURE})).sum()) / max(1.0, float(house.sum()))


def _marked(parts: Parts, kinds: set[Kind]) -> Mask:
    table = np.zeros(256, bool)
    for region in parts.regions:
        table[region.label] = region.kind in kinds
    return np.asarray(table[parts.labels])


def checked(name: str, value: float, limit: Limit) -> Check:
    """One value judged by one limit."""
    verdict = Verdict.FAIL if value > limit.fail else Verdict.WARN if value > limit.warn else Verdict.PASS
    sentence = limit.sound if verdict is Verdict.PASS else limit.wrong
    return Check(name, round(value, 5), limit.warn, limit.fail, verdict, sentence, limit.mended)
