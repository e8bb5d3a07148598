"""What a plan is, for whoever keeps one or takes one back edited. How one is made: ``layout``."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec

from realstaging.kit import bounds

MOST_PIECES: Final = 80


class Placed(msgspec.Struct, frozen=True):
    """A piece of the furniture catalogue that stands (or hangs) in the room.

    ``x``, ``y``, ``z`` is the piece's origin in metres (see ``pieces.build`` of the render program); ``rotation`` is in
    radians, counter-clockwise seen from above; at 0 the piece faces -Y, towards the camera.
    """

    piece: bounds.Word
    style: bounds.Word
    seed: bounds.Seed
    x: bounds.Metres
    y: bounds.Metres
    z: bounds.Metres
    rotation: bounds.Turn


class Plan(msgspec.Struct, frozen=True):
    """What stands where: a JSON document that can be kept, edited and rendered again."""

    room_type: bounds.Word
    style: bounds.Word
    seed: bounds.Seed
    score: bounds.Score
    pieces: Annotated[tuple[Placed, ...], msgspec.Meta(max_length=MOST_PIECES)]
    warnings: bounds.Sentences = ()
    version: bounds.Version = 1

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain
