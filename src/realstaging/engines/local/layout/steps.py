"""How a room's programme is reduced, step by step, until something of it finds a place: a plan degrades before it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from realstaging.engines.brief import RoomType
from realstaging.engines.local.layout.ground import NARROW_AISLE
from realstaging.engines.local.layout.programme import PROGRAMMES, Programme
from realstaging.engines.local.layout.rules import Allowance

STRICT: Final = Allowance()
LENIENT: Final = Allowance(
    cut=0.1, low_cut=0.25, bed_cut=0.25, table_cut=0.13, bare=0.66, fills=1.35, aisle=NARROW_AISLE
)
WEIGHED: Final = Allowance(
    sure=0.8, cut=0.1, low_cut=0.25, bed_cut=0.25, table_cut=0.25, bare=0.6, fills=1.5, aisle=NARROW_AISLE
)

MAIN_ONLY_LESS, INSTEAD_LESS = 1.5, 4.0
"""What plans are worth less that lack a part, or that are another room's."""

MAYBE_A_DOOR: Final = (
    "Something may stand before a door or a window that could not be made out for sure: look at the result."
)
MAIN_ONLY: Final = "Only the main piece and what fits beside it found a place."
INSTEAD: Final = "Too little free floor is in view for this room's furniture. In its place: {}."


@dataclass(frozen=True)
class Step:
    """One try: what is asked for, and how far the rules give."""

    words: str
    programmes: tuple[Programme, ...]
    """What is tried; what is worth most is planned."""
    allowance: Allowance
    whole: bool
    """Whether everything must be there that the programme cannot be without."""
    told: str = ""
    """What the plan's warning says of it."""
    less: float = 0.0
    """What it is worth less for being less than was asked for: a table with its chairs is not given up for a pretty rug."""


def steps(room_type: RoomType) -> Iterator[Step]:
    """What is tried, the fullest first."""
    full, *less = PROGRAMMES[room_type]
    # Kitchens and bathrooms are whole with a runner or a mat: what fits of their programmes is no less than was asked for.
    whole = PROGRAMMES[room_type] if full.fitted else (full,)
    yield Step("everything", whole, STRICT, whole=True)
    if not any(programme.little for programme in whole):
        # Kitchens are tried twice only: their cupboards are often read as openings, so these are weighed at once.
        yield Step("low pieces may be cut a little by the picture's edge", whole, LENIENT, whole=True)
    yield Step("openings that are not sure are weighed, not obeyed", whole, WEIGHED, whole=True, told=MAYBE_A_DOOR)
    if full.fitted:
        return
    yield Step("the main piece with what fits", whole, WEIGHED, whole=False, told=MAIN_ONLY, less=MAIN_ONLY_LESS)
    for programme in less:
        yield Step(programme.name, (programme,), LENIENT, True, INSTEAD.format(programme.name), INSTEAD_LESS)
    last = less[-1]
    yield Step(f"{last.name}, openings weighed", (last,), WEIGHED, True, INSTEAD.format(last.name), INSTEAD_LESS)
