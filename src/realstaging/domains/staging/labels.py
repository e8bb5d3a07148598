"""What the files of a result say."""

from __future__ import annotations

import msgspec

from realstaging.imaging.metadata import DigitalSourceType


class Labels(msgspec.Struct, frozen=True):
    """What is told of a result in its files: how it was made, what a listing has to say; and whether it is for trying only, which is
    written across the picture.
    """

    source: DigitalSourceType
    description: str
    marked: bool = False
