"""What may be uploaded. Pure decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from realstaging.domains.photos.schemas import NewFile, Note
from realstaging.engines.brief import Prediction, RoomType
from realstaging.imaging import kinds
from realstaging.imaging.limits import MLS_LEAST, small_for_mls
from realstaging.imaging.seen import Seen
from realstaging.kit.errors import ItemError

MAX_BYTES: Final = 50 * 2**20


def refusal(file: NewFile) -> ItemError | None:
    """Why the file cannot be accepted, before a byte of it is sent."""
    if kinds.declared(file.type) is None:
        return ItemError("unsupported_type", kinds.words(file.type))
    if file.size < 1:
        return ItemError("empty_file", "This file is empty. Choose the photo again.")
    if file.size > MAX_BYTES:
        return ItemError("too_large", "This file is larger than 50 MB. Export the photo as JPEG and try again.")
    return None


def sent_as(file: NewFile) -> str:
    """The content type that the address of an accepted file is signed for. What the file is, its content decides later."""
    return kinds.declared(file.type) or kinds.UNSAID


STRIP: Final = 2.75
"""Long side to short: beyond what film cameras made on purpose (65:24), less than what phones stitch."""
# Values of 255. In a room that is exposed three stops too low, white walls are at 99 at most: what is lighter is a window or a
# lamp. Of 43 real photos at their own exposure the darkest has 95 % below 178.
NOTHING_LIT: Final = 105.0
DARK_BUT_WINDOWS: Final = 100.0
BLACK: Final = (40.0, 50.0)
"""Half, and three quarters, of a picture that is dark but for its windows."""
# Three stops too high, 43 to 99 % of 41 of the same photos have no detail left, and 20 % of a dim hallway; at their own exposure it
# is 6 % at most.
BURNT: Final = 0.4
PARTLY_BURNT: Final = 0.15
WHITE: Final = 205.0
"""Three quarters of a picture that is partly burnt are lighter."""
FAR_OFF: Final = 2.0
"""Stops of a camera's exposure compensation that make a frame one of a bracket."""

_ASK_FOR_MIDDLE: Final = "Choose the middle exposure of the series, or merge them."
_WORDS: Final = {
    "panorama": "This is a 360° panorama. Rooms are staged in photos with straight walls: send one, or take a view out of the panorama.",
    "strip": "This photo is a strip, much longer than it is high. Furniture would look wrong in it: send an ordinary photo.",
    "too_dark": f"This photo is too dark to be staged well. {_ASK_FOR_MIDDLE}",
    "too_bright": f"This photo is overexposed: large parts of it are plain white. {_ASK_FOR_MIDDLE}",
    "small_for_mls": f"This photo is smaller than the {MLS_LEAST} pixels that most listing services ask for. Send the original.",
}
KEEP_FROM_STAGING: Final = ("panorama", "strip", "too_dark", "too_bright")
CAN_BE_INSISTED_ON: Final = frozenset({"strip", "too_dark", "too_bright"})


def noted(seen: Seen) -> list[str]:
    """The codes of what was seen of a photo, to be kept with it."""
    found = {
        "panorama": seen.sphere,
        "strip": max(seen.width, seen.height) > STRIP * min(seen.width, seen.height),
        "too_dark": _too_dark(seen),
        "too_bright": _too_bright(seen),
    }
    return [code for code, is_so in found.items() if is_so]


def _too_dark(seen: Seen) -> bool:
    if seen.most < NOTHING_LIT:
        return True
    told = seen.bracketed or (seen.exposure_bias or 0.0) <= -FAR_OFF
    half, three_quarters = BLACK
    black = seen.half < half and seen.three_quarters < three_quarters
    return seen.larger_part < DARK_BUT_WINDOWS and (told or black)


def _too_bright(seen: Seen) -> bool:
    told = seen.bracketed or (seen.exposure_bias or 0.0) >= FAR_OFF
    return seen.clipped >= BURNT or (
        seen.quarter >= WHITE and seen.clipped >= (PARTLY_BURNT / 2 if told else PARTLY_BURNT)
    )


def notes(codes: Sequence[str], width: int, height: int) -> list[Note]:
    """What is told of a photo."""
    small = ["small_for_mls"] if small_for_mls(width, height) else []
    return [Note(code, _WORDS[code], _staging(code)) for code in (*codes, *small) if code in _WORDS]


def _staging(code: str) -> Literal["possible", "insist", "impossible"]:
    """What a note means for the staging of its photo."""
    if code in CAN_BE_INSISTED_ON:
        return "insist"
    return "impossible" if code in KEEP_FROM_STAGING else "possible"


def kept_from_staging(codes: Sequence[str], *, insists: bool) -> ItemError | None:
    """The first reason not to stage a photo; some give way to somebody who insists."""
    for code in KEEP_FROM_STAGING:
        if code in codes and not (insists and code in CAN_BE_INSISTED_ON):
            more = " To stage it all the same, ask with insist." if code in CAN_BE_INSISTED_ON else ""
            return ItemError(code, _WORDS[code] + more)
    return None


def foreseen(prediction: Prediction | None, room_type: RoomType) -> ItemError | None:
    """Why a photo that was read will be refused in a room type; None where it won't be, or nobody knows."""
    if prediction is None:
        return None
    reason = next(iter(prediction.reasons), "") if prediction.refused else prediction.unfit.get(room_type)
    if reason is None:
        return None
    return ItemError("foreseen", f"{reason} To try it all the same, ask with insist.")
