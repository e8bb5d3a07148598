"""What will become of a photo, told from its reading: whether it can be staged, as what, and why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from realstaging.engines.brief import Brief, Prediction, RoomType, Style
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout import plan_room
from realstaging.engines.local.room.reading import OpeningKind, RoomReading
from realstaging.imaging.decode import decode
from realstaging.kit.errors import CannotStage

SURE: Final = 0.6
"""Confidence of a reading below which a person should check the corners (decision 82)."""
THERE: Final = 0.5
"""Probability from which an opening is told of."""
FRONTS: Final = 2.4
"""Metres of cupboards from which a room is taken for a kitchen: four units."""
NARROW: Final = 1.9
"""Metres: narrower rooms are halls."""
LARGE: Final = 15.0
"""Square metres from which a room is rather a living room than a bedroom."""
TRIED_IN: Final = Style.CONTEMPORARY
"""Whether a room's furniture finds a place hardly depends on the style: every one has small pieces."""
_WORDS: Final = {
    OpeningKind.WINDOW: ("a window", "windows"),
    OpeningKind.DOOR: ("a door", "doors"),
    OpeningKind.DOORWAY: ("an open doorway", "open doorways"),
    OpeningKind.CLOSET: ("a closet", "closets"),
    OpeningKind.FIREPLACE: ("a fireplace", "fireplaces"),
    OpeningKind.RADIATOR: ("a radiator", "radiators"),
    OpeningKind.BUILTIN: ("built-in furniture", "pieces of built-in furniture"),
}
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six")


def predict(photo: Path, named: RoomType | None) -> Prediction:
    """See ``Predicts.predict``: the photo read, and furnished on paper as what its name says and as what it looks like."""
    from realstaging.engines.local.room.confidence import NO_EDGE  # noqa: PLC0415 - with SciPy, as below
    from realstaging.engines.local.room.read import read_room  # noqa: PLC0415 - brings SciPy: only who computes pays for it

    pixels = decode(photo)
    try:
        reading = read_room(pixels)
    except CannotStage as refused:
        by_hand = str(refused) == NO_EDGE
        return Prediction("with_corrections" if by_hand else "no", refused=True, reasons=(str(refused),))
    unfit: dict[RoomType, str] = {}
    likely = room_type_of(reading)
    for room_type in dict.fromkeys(each for each in (named, likely) if each):
        try:
            plan_room(reading, Brief(room_type, TRIED_IN), pieces(), pixels)
        except CannotStage as refused:
            unfit[room_type] = str(refused)
    sure = reading.confidence >= SURE
    return Prediction(
        "yes" if sure else "with_corrections",
        reasons=() if sure else reading.warnings,
        seen=seen(reading),
        room_type=likely,
        unfit=unfit,
    )


def room_type_of(reading: RoomReading) -> RoomType:
    """What an empty room looks like: a hearth and cupboards tell, else its size does."""
    there = [opening for opening in reading.openings if opening.confidence >= THERE]
    if any(opening.kind is OpeningKind.FIREPLACE for opening in there):
        return RoomType.LIVING_ROOM
    fronts = {OpeningKind.CLOSET, OpeningKind.BUILTIN}
    if sum(opening.t1 - opening.t0 for opening in there if opening.kind in fronts) >= FRONTS:
        return RoomType.KITCHEN
    width, depth = _size(reading)
    if min(width, depth) < NARROW:
        return RoomType.ENTRYWAY
    return RoomType.LIVING_ROOM if width * depth >= LARGE else RoomType.BEDROOM


def seen(reading: RoomReading) -> tuple[str, ...]:
    """What was made out of a room, in sentences."""
    width, depth = _size(reading)
    size = f"About {width:.1f} m wide and {depth:.1f} m deep, {reading.box.ceiling:.1f} m high."
    kinds = Counter(opening.kind for opening in reading.openings if opening.confidence >= THERE)
    parts = [_counted(count, *_WORDS[kind]) for kind, count in sorted(kinds.items())]
    if not parts:
        return (size,)
    listed = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
    return size, f"{listed[0].upper()}{listed[1:]}."


def _size(reading: RoomReading) -> tuple[float, float]:
    """Width, and depth as far as the photo shows the floor, in metres."""
    box = reading.box
    return box.x_max - box.x_min, box.y_max - max(box.y_min, 0.0)


def _counted(count: int, one: str, several: str) -> str:
    return one if count == 1 else f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {several}"
