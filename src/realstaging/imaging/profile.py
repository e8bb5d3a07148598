"""The colour profile of everything we write: sRGB (IEC 61966-2-1), the same bytes in every process."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final

from PIL.ImageCms import ImageCmsProfile, createProfile

CREATED: Final = slice(24, 36)
"""Where a profile's header has its date, as six numbers of two bytes (ICC.1:2022, 7.2.1)."""


def _dated(profile: bytes) -> bytes:
    """Little CMS writes the time of the call, so that the same picture would be another file in every process."""
    whole = bytearray(profile)
    whole[CREATED] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return bytes(whole)


SRGB: Final = _dated(ImageCmsProfile(createProfile("sRGB")).tobytes())


def srgb() -> ImageCmsProfile:
    """The profile, opened."""
    return ImageCmsProfile(BytesIO(SRGB))
