"""What an opening is, as probabilities. The reading measures them (``room.kinds``) and they are passed on.

An opening that nobody measured, one that a person drew say, has a kind and a confidence only: widths and heights that houses
don't have make its kind less likely, and what it could be instead takes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from realstaging.engines.local.room.reading import Opening, OpeningKind

NARROWEST_DOOR: Final = 0.55
"""Metres: the narrowest leaves that are sold are 24 in, those of cupboards narrower."""
WIDEST_CLOSET: Final = 2.4
"""Metres: what is wider is a wall of shelves, often with a hearth in its middle, or a window with curtains."""
TO_THE_FLOOR: Final = 0.15
"""Metres: glass that begins lower may be a door."""

_LIKELY: Final[Mapping[OpeningKind, float]] = {
    OpeningKind.DOOR: 1.0,
    OpeningKind.DOORWAY: 1.0,
    OpeningKind.CLOSET: 0.9,
    OpeningKind.FIREPLACE: 1.0,
    OpeningKind.RADIATOR: 0.85,
    OpeningKind.BUILTIN: 0.8,
    OpeningKind.WINDOW: 0.95,
}
"""Of what is read as a kind, and has a size that suits it, the share that is of this kind."""


def probabilities(opening: Opening, *, cut: bool = False) -> dict[OpeningKind, float]:
    """Probability (0-1) of each kind that an opening may be; what is missing to 1 is bare wall.

    ``cut``: it runs out of the picture, so its width says little.
    """
    if opening.likely:
        return dict(opening.likely)
    kind, sure, width = opening.kind, opening.confidence, opening.t1 - opening.t0
    if kind in {OpeningKind.DOOR, OpeningKind.DOORWAY} and width < NARROWEST_DOOR and not cut:
        return {kind: 0.3 * sure}
    if kind is OpeningKind.CLOSET and width > WIDEST_CLOSET:
        return {kind: 0.3 * sure, OpeningKind.BUILTIN: 0.3 * sure, OpeningKind.FIREPLACE: 0.35 * sure}
    if kind is OpeningKind.WINDOW and opening.z0 < TO_THE_FLOOR:
        return {kind: 0.5 * sure, OpeningKind.DOOR: 0.45 * sure}
    return {kind: _LIKELY[kind] * sure}
