"""Plans: several are made, scored by how they would look in this picture, and the seed picks among the good ones."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.furniture import Piece, furnishes
from realstaging.engines.local.layout import refusing
from realstaging.engines.local.layout.considered import MOST_SHOWN, Candidate, Considered
from realstaging.engines.local.layout.dressing import dress
from realstaging.engines.local.layout.programme import PROGRAMMES
from realstaging.engines.local.layout.rules import Rules
from realstaging.engines.local.layout.searching import Found, Search
from realstaging.engines.local.layout.space import Space
from realstaging.engines.local.layout.spot import Choice, Spot
from realstaging.engines.local.layout.steps import LENIENT, STRICT, steps
from realstaging.engines.local.layout.view import View
from realstaging.engines.local.planned import MOST_PIECES, Placed, Plan
from realstaging.engines.local.room.reading import RoomReading
from realstaging.kit.errors import CannotStage, InvalidInput

AS_GOOD, AS_GOOD_SHARE = 0.3, 0.08
"""Plans that are worth so much (or such a share) less than the best one are as good, for seeds to choose from."""
WORTHWHILE: Final = -1.0
"""What a plan is worth from which nothing less is tried."""
WORTHWHILE_FITTED: Final = 2.0
"""The same where people work along the walls: there a runner is worth 3, a table that suits 4 and more."""
LITTLE_LESS: Final = 0.5
"""What a plan is worth less that is little: one sits at a table that is a little in the way rather than nowhere."""
LEAST_ADDED: Final = 0.015
"""Share of the picture that a plan fills at least: less is not worth a picture."""
FEW: Final = "Only a few pieces fit in the part of the room the photo shows."
OFFERED: Final = (RoomType.LIVING_ROOM, RoomType.BEDROOM, RoomType.DINING_ROOM, RoomType.OFFICE, RoomType.ENTRYWAY)
"""Room types that a refusal may offer instead, the grandest first."""
SPARSE: Final = 4


def plan_room(
    reading: RoomReading,
    brief: Brief,
    pieces: tuple[Piece, ...],
    pixels: NDArray[np.uint8] | None = None,
    considered: Considered | None = None,
) -> Plan:
    """Furnish a room on paper. Raises CannotStage where nothing sensible fits on the floor the photo shows.

    With the photo's ``pixels`` (h, w, 3) nothing hangs over what is on the walls already. What was ``considered`` on the way
    is noted there, for whoever wants to explain the plan.
    """
    if brief.plan is not None:
        return saved(brief.plan, pieces)
    noted = Considered() if considered is None else considered
    space, choice = Space(reading, pixels), Choice(pieces, brief.room_type, brief.style, brief.seed)
    best = _furnished(space, choice, brief, noted)
    spots = dress(space, best.spots, choice)
    noted.chosen = Candidate(spots, best.terms)
    few = sum(spot.piece.mount == "floor" for spot in spots) < SPARSE and not PROGRAMMES[brief.room_type][0].fitted
    told = (noted.told,) if noted.told else (FEW,) if few else ()
    return Plan(brief.room_type, brief.style, brief.seed, round(best.score, 3), _placed(spots, brief.style), told)


def _furnished(space: Space, choice: Choice, brief: Brief, noted: Considered) -> Candidate:
    """The first step of the room's programme that finds a place, searched. Raises CannotStage where none does."""
    view, refusals = View(space), Counter[str]()
    best: list[Candidate] = []
    chosen, best_value, reached, words = None, -math.inf, -math.inf, next(steps(brief.room_type))
    for step in steps(brief.room_type):
        noted.step = step.words
        noted.refusals.clear()
        for programme in (each for each in step.programmes if not (each.little and best)):
            search = Search(space, view, Rules(space, view, step.allowance, programme), programme, choice)
            found = [each for each in search.plans(noted) if not (step.whole and each.missing)]
            filled = [each for each in search.fill(found) if search.fills(each) >= LEAST_ADDED]
            if filled and not (programme.little and step.allowance is STRICT):
                reached = max(reached, filled[0].value)
            less = step.less + (LITTLE_LESS if programme.little else 0.0)
            if filled and filled[0].value - less > best_value:
                best, best_value, words = [search.candidate(each) for each in filled], filled[0].value - less, step
                chosen = search.candidate(_pick(filled, brief.seed))
        refusals.update(noted.refusals)
        if reached >= (WORTHWHILE_FITTED if step.programmes[0].fitted else WORTHWHILE):
            break
    noted.refusals = noted.refusals if best else refusals
    if chosen is None:
        raise CannotStage(refusing.words(refusals) + refusing.offer(_fitting(space, view, choice.pieces, brief)))
    noted.step, noted.candidates, noted.told = words.words, best[:MOST_SHOWN], words.told
    return chosen


def _fitting(space: Space, view: View, pieces: tuple[Piece, ...], brief: Brief) -> list[RoomType]:
    """Other room types whose furniture would find a place, at most two."""
    found: list[RoomType] = []
    for room_type in (other for other in OFFERED if other is not brief.room_type and furnishes(other, brief.style)):
        choice = Choice(pieces, room_type, brief.style, brief.seed)
        programme = PROGRAMMES[room_type][0]
        search = Search(space, view, Rules(space, view, LENIENT, programme), programme, choice)
        if any(not each.missing for each in search.plans(Considered())):
            found.append(room_type)
    return found[:2]


def saved(document: dict[str, Any], pieces: tuple[Piece, ...]) -> Plan:
    """A plan kept from earlier. Raises InvalidInput for one that is no plan or names unknown pieces or styles."""
    try:
        plan = msgspec.convert(document, Plan)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"This is not a plan: {error}.") from error
    if not 0 < len(plan.pieces) <= MOST_PIECES:
        raise InvalidInput(f"A plan has at least one and at most {MOST_PIECES} pieces.")
    unknown = {placed.piece for placed in plan.pieces} - {piece.name for piece in pieces}
    if unknown:
        raise InvalidInput(f"The plan names pieces that do not exist: {', '.join(sorted(unknown))}.")
    if strange := {placed.style for placed in plan.pieces} - set(Style):
        raise InvalidInput(f"The plan names styles that do not exist: {', '.join(sorted(strange))}.")
    return plan


def _pick(found: list[Found], seed: int) -> Found:
    """The best plan for seed 0; for others their turn among those about as good, the nearest first, so that seeds differ in place."""
    good = [each for each in found if each.value >= found[0].value - max(AS_GOOD, AS_GOOD_SHARE * found[0].value)]
    by_place = sorted(good, key=lambda each: math.hypot(each.spots[0].x, each.spots[0].y))
    return by_place[seed % len(by_place)] if seed else found[0]


def _placed(spots: tuple[Spot, ...], style: str) -> tuple[Placed, ...]:
    return tuple(
        Placed(s.piece.name, style, s.seed, round(s.x, 3), round(s.y, 3), round(s.z, 3), round(s.rotation, 4))
        for s in spots
    )
