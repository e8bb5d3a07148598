"""Why nothing was planned, in words: those of the rule that refused most candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from realstaging.engines.brief import RoomType
from realstaging.engines.local.layout.rules import (
    CUT,
    LOOMS,
    MEETS,
    NEAR,
    NOT_BARE,
    OUTSIDE,
    SLOPES,
    STANDING,
    WORKED_AT,
)

NO_FLOOR: Final = "There is not enough free floor in view for this furniture"
REASONS: Final[Mapping[str, str]] = {
    OUTSIDE: "the room, as it was read, is too small. Where it is larger, correct its scale.",
    NEAR: "what floor there is lies at the camera's feet. Photograph from further back.",
    LOOMS: "what floor there is lies close to the camera. Photograph from further back.",
    CUT: "what floor there is runs out of the picture. Photograph from further back, or from a corner.",
    NOT_BARE: "much of the floor is not seen to be bare. Clear it, or correct the floor's corners.",
    STANDING: "what stands there, or what is to be kept clear, takes the floor. Clear it, or keep less clear.",
    WORKED_AT: "what floor there is belongs to whoever works at what is built in. Photograph from further back.",
    SLOPES: "the ceiling slopes too low over what floor there is.",
    MEETS: "pieces would meet. Another room type may need fewer.",
}
"""What goes on after ``NO_FLOOR`` and a colon."""
BEFORE: Final = "before a "
OPENING: Final = "it would stand before what looks like a {}. Try another room type, or a photo from another corner."
NO_WAY: Final = "it would leave no way to a door. Try another room type."
OTHERWISE: Final = "photograph more of the floor, or try another room type."


def words(refusals: Counter[str]) -> str:
    """The reason for a refusal, from how many candidates each rule refused."""
    for rule, _ in refusals.most_common(1):
        if rule.startswith(BEFORE):
            return f"{NO_FLOOR}: {OPENING.format(rule.removeprefix(BEFORE))}"
        if rule.startswith("no way"):
            return f"{NO_FLOOR}: {NO_WAY}"
        return f"{NO_FLOOR}: {REASONS.get(rule, OTHERWISE)}"
    # Nothing was small enough to be tried.
    return f"{NO_FLOOR}: {REASONS[OUTSIDE]}"


def offer(room_types: list[RoomType]) -> str:
    """A sentence that names the room types that would fit; none, no sentence."""
    if not room_types:
        return ""
    names = [str(room_type).replace("_", " ") for room_type in room_types]
    return f" It would do as {' or '.join(f'{_article(name)} {name}' for name in names)}."


def _article(name: str) -> str:
    return "an" if name[0] in "aeiou" else "a"
