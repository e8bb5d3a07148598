"""What a photo file says of itself before any of it is decoded."""

from __future__ import annotations

from typing import Literal, NoReturn

import msgspec

from realstaging.imaging.colour import Colour
from realstaging.imaging.exif import SIDEWAYS, Exif
from realstaging.kit.errors import BadPhoto

DAMAGED = "This photo is damaged or incomplete. Export it again and retry."


class Header(msgspec.Struct, frozen=True):
    """Width and height in pixels as they lie in the file; ``orientation`` (Exif, 1 to 8) turns them upright."""

    mime: str
    width: int
    height: int
    depth: int = 8
    """Bits of each channel."""
    orientation: int = 1
    colour: Colour = None
    exif: Exif = Exif()
    xmp: bytes = b""
    kind: Literal["rgb", "grey", "cmyk"] = "rgb"

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as people see them."""
        return (self.height, self.width) if self.orientation in SIDEWAYS else (self.width, self.height)


def damaged(why: str) -> NoReturn:
    """End reading: ``why`` is kept for whoever looks into it, and not shown."""
    raise BadPhoto(DAMAGED, why=why)
