"""The few things that are read of Exif (CIPA DC-008, Exif 3.0): tolerantly, and never written back.

Cameras and editors write numbers that no writer would take again; what cannot be read counts as not said.
"""

from __future__ import annotations

import struct
from typing import Final

import msgspec

ORIENTATION: Final = 0x0112
EXIF_IFD: Final = 0x8769
EXPOSURE_BIAS: Final = 0x9204
COLOR_SPACE: Final = 0xA001
INTEROP_IFD: Final = 0xA005
EXPOSURE_MODE: Final = 0xA402
INTEROP_INDEX: Final = 0x0001

SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""Orientations that lie on their side (tag 274)."""
AUTO_BRACKET: Final = 2
_MOST_ENTRIES: Final = 1000
_INTEGERS: Final = {1: "B", 3: "H", 4: "I"}
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


class Exif(msgspec.Struct, frozen=True):
    orientation: int = 1
    """1 to 8; 1 is upright."""
    adobe_rgb: bool = False
    """By the design rule for camera files (DCF 2.0): index R03. Some writers say colour space 2 instead."""
    srgb: bool = False
    """Colour space 1."""
    exposure_bias: float | None = None
    """In stops."""
    bracketed: bool = False
    """One of a series of exposures."""


def read(data: bytes) -> Exif:
    """From the bytes of an Exif block, with or without the six that name it."""
    tiff = data[6:] if data[:6] in {b"Exif\0\0", b"Exif\0\xff"} else data
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return Exif()
    main = _directory(tiff, order, _integer_at(tiff, order, 4))
    camera = _directory(tiff, order, main.get(EXIF_IFD, 0))
    interop = _directory(tiff, order, camera.get(INTEROP_IFD, 0))
    space = camera.get(COLOR_SPACE)
    orientation, bias = main.get(ORIENTATION), camera.get(EXPOSURE_BIAS)
    return Exif(
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        adobe_rgb=space == 2 or (interop.get(INTEROP_INDEX) == "R03" and space != 1),
        srgb=space == 1,
        exposure_bias=bias if isinstance(bias, float) else None,
        bracketed=camera.get(EXPOSURE_MODE) == AUTO_BRACKET,
    )


def _integer_at(tiff: bytes, order: str, place: int) -> int:
    if place + 4 > len(tiff):
        return 0
    value: int = struct.unpack_from(order + "I", tiff, place)[0]
    return value


def _directory(tiff: bytes, order: str, offset: object) -> dict[int, object]:
    """Tag → value, of what is a whole number, a text or a signed fraction; the rest is left out."""
    found: dict[int, object] = {}
    if not isinstance(offset, int) or not 8 <= offset <= len(tiff) - 2:
        return found
    (count,) = struct.unpack_from(order + "H", tiff, offset)
    for entry in range(min(count, _MOST_ENTRIES)):
        place = offset + 2 + 12 * entry
        if place + 12 > len(tiff):
            break
        tag, kind, number = struct.unpack_from(order + "HHI", tiff, place)
        size = _SIZES.get(kind, 0) * number
        at = place + 8 if size <= 4 else _integer_at(tiff, order, place + 8)
        if 0 < size <= 1024 and at + size <= len(tiff):
            value = _value(tiff[at : at + size], order, kind)
            if value is not None:
                found.setdefault(tag, value)
    return found


def _value(data: bytes, order: str, kind: int) -> int | float | str | None:
    if kind in _INTEGERS:
        value: int = struct.unpack_from(order + _INTEGERS[kind], data)[0]
        return value
    if kind == 2:
        return data.split(b"\0")[0].decode("latin-1")
    if kind == 10:
        above, below = struct.unpack_from(order + "ii", data)
        return above / below if below else None
    return None
