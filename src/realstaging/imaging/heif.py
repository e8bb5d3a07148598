"""HEIF with HEVC pictures (ISO/IEC 23008-12), as phones and some cameras write it, by libheif."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, Literal

import msgspec
import numpy as np
import pillow_heif
from numpy.typing import NDArray

from realstaging.imaging import colour as colours
from realstaging.imaging import exif as exif_data
from realstaging.imaging import kinds
from realstaging.imaging.colour import Colour
from realstaging.imaging.exif import Exif
from realstaging.imaging.header import Header, damaged

UNSAID: Final = 2
"""Of a code point (H.273)."""
MOST_BOXES: Final = 10_000
_ERASED: Final = b"\xff" * 256


class Heif(msgspec.Struct, frozen=True):
    header: Header
    file: Any
    data: bytes


def read(data: bytes) -> Heif:
    """What the file says of its first picture. The decoder turns it upright itself, so orientation is 1."""
    file = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True, bgr_mode=False)
    picture: Any = file[file.primary_index]
    said = msgspec.structs.replace(exif_data.read(picture.info.get("exif") or b""), orientation=1)
    width, height = picture.size
    kind: Literal["grey", "rgb"] = "grey" if picture.mode.startswith(("L", "I")) else "rgb"
    depth = picture.info.get("bit_depth", 8)
    xmp = picture.info.get("xmp") or b""
    return Heif(
        Header(kinds.HEIC, width, height, depth, 1, _colour(picture.info, said), said, xmp, kind), picture, data
    )


def load(photo: Heif) -> NDArray[np.uint8]:
    """The picture: (height, width, 3), or 4 where parts of it may be transparent."""
    _check_data(photo.data)
    picture = photo.file
    channels = {"RGB": 3, "RGBA": 4, "L": 1}.get(picture.mode)
    if channels is None:
        damaged(f"mode {picture.mode}")
    data, stride = picture.data, picture.stride
    rows = np.frombuffer(data, np.uint8).reshape(-1, stride)[: photo.header.height]
    return rows[:, : photo.header.width * channels].reshape(photo.header.height, photo.header.width, channels)


def _colour(info: dict[str, Any], said: Exif) -> Colour:
    profile = info.get("icc_profile") or b""
    if colours.is_profile(profile):
        return bytes(profile)
    codes = info.get("nclx_profile") or {}
    primaries, curve = codes.get("color_primaries", UNSAID), codes.get("transfer_characteristics", UNSAID)
    if space := colours.by_codes(primaries, curve):
        return space
    return colours.ADOBE_RGB if said.adobe_rgb else None


def _check_data(data: bytes) -> None:
    """Every coded picture fills its place in the file with whole units, and none holds what a unit cannot hold.

    HEVC escapes 00 00 00, 00 00 01 and 00 00 02 within a unit (ITU-T H.265, 7.4.2): zeros there are what was never written.
    """
    boxes = {name: (start, end) for name, start, end in _boxes(data, 0, len(data))}
    if b"meta" not in boxes:
        damaged("there is no description")
    start, end = boxes[b"meta"]
    inner = {name: (begin, stop) for name, begin, stop in _boxes(data, start + 4, end)}
    coded = set(_coded_items(data, *inner.get(b"iinf", (0, 0))))
    for item, extents in _places(data, *inner.get(b"iloc", (0, 0))):
        if item in coded:
            body = b"".join(data[at : at + length] for at, length in extents)
            if len(body) != sum(length for _, length in extents):
                damaged("the file ends within a picture")
            _check_units(body)


def _check_units(body: bytes) -> None:
    place = 0
    while place < len(body):
        length = int.from_bytes(body[place : place + 4], "big")
        if not 0 < length <= len(body) - place - 4:
            damaged("a unit of a picture does not fit")
        unit = body[place + 4 : place + 4 + length]
        if b"\0\0\0" in unit or unit.endswith(_ERASED):
            damaged("a unit of a picture holds zeros, or ends in ones")
        place += 4 + length


def _boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the contents of each box (ISO/IEC 14496-12, 4.2)."""
    for _ in range(MOST_BOXES):
        if place + 8 > end:
            return
        size, name, head = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        size = size or end - place
        if size < head:
            return
        yield name, place + head, min(place + size, end)
        place += size


def _coded_items(data: bytes, start: int, end: int) -> Iterator[int]:
    """Items of type hvc1 (8.11.6)."""
    if end - start < 8:
        return
    first = start + (6 if data[start] == 0 else 8)
    for name, begin, _ in _boxes(data, first, end):
        if name == b"infe" and data[begin] in {2, 3}:
            width = 2 if data[begin] == 2 else 4
            if data[begin + 6 + width : begin + 10 + width] == b"hvc1":
                yield int.from_bytes(data[begin + 4 : begin + 4 + width], "big")


def _places(data: bytes, start: int, end: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where in the file each item lies: offset and length of its parts (8.11.3). Items that lie elsewhere are left out."""
    if end - start < 8:
        return
    version, sizes, place = data[start], data[start + 4 : start + 6], start + 6

    def number(size: int) -> int:
        nonlocal place
        place += size
        return int.from_bytes(data[place - size : place], "big")

    offset_size, length_size, base_size = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4
    index_size = sizes[1] & 15 if version else 0
    for _ in range(number(4 if version == 2 else 2)):
        if place >= end:
            return
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        extents = []
        for _ in range(number(2)):
            number(index_size)
            at = base + number(offset_size)
            extents.append((at, number(length_size)))
            if place > end:
                return
        if method == 0:
            yield item, extents
