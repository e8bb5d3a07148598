"""WebP (RFC 9649), decoded by Pillow's own libwebp without Pillow's animation decoder: that takes four times the memory."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import _webp

from realstaging.imaging import exif as exif_data
from realstaging.imaging import kinds
from realstaging.imaging.colour import ADOBE_RGB, Colour, is_profile
from realstaging.imaging.exif import Exif
from realstaging.imaging.header import Header, damaged
from realstaging.kit.errors import BadPhoto

ANIMATED: Final = 0x02
MOST_CHUNKS: Final = 1000
LONG_RUN: Final = 256
"""Equal bytes at the end of the picture's data, where the rest of the file was never written or was erased."""


class WebP(msgspec.Struct, frozen=True):
    header: Header
    data: bytes
    transparent: bool


def read(data: bytes) -> WebP:
    """All chunks. BadPhoto where the file is shorter than it says."""
    chunks: dict[bytes, bytes] = {}
    for name, body in _chunks(data):
        chunks.setdefault(name, body)
    if b"ANIM" in chunks or chunks.get(b"VP8X", b"\0")[0] & ANIMATED:
        raise BadPhoto("This file is an animation. Send a photo.")
    picture = chunks.get(b"VP8 ") or chunks.get(b"VP8L")
    if not picture:
        damaged("there is no picture")
    if picture.endswith((bytes(LONG_RUN), b"\xff" * LONG_RUN)):
        damaged("the picture's data ends in zeros or ones")
    width, height = _lossy_size(picture) if b"VP8 " in chunks else _lossless_size(picture)
    transparent = b"ALPH" in chunks if b"VP8 " in chunks else bool(picture[4] >> 4 & 1)
    said = exif_data.read(chunks[b"EXIF"]) if b"EXIF" in chunks else Exif()
    header = Header(
        kinds.WEBP, width, height, 8, said.orientation, _colour(chunks, said), said, chunks.get(b"XMP ", b"")
    )
    return WebP(header, data, transparent)


def load(photo: WebP) -> NDArray[np.uint8]:
    """The picture: (height, width, 3), or 4 where parts of it may be transparent. BadPhoto where it does not decode."""
    channels, decode = (4, _LIBRARY.WebPDecodeRGBAInto) if photo.transparent else (3, _LIBRARY.WebPDecodeRGBInto)
    pixels = np.empty((photo.header.height, photo.header.width, channels), np.uint8)
    done = decode(photo.data, len(photo.data), pixels.ctypes.data, pixels.nbytes, photo.header.width * channels)
    if not done:
        damaged("libwebp does not decode it")
    return pixels


def _library() -> ctypes.CDLL:
    """The libwebp that Pillow's module is linked to: symbols are looked for in what a library needs, too."""
    library = ctypes.CDLL(_webp.__file__)
    for function in (library.WebPDecodeRGBInto, library.WebPDecodeRGBAInto):
        function.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        function.restype = ctypes.c_void_p
    return library


_LIBRARY: Final = _library()


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) + 1:
        damaged("the file is shorter than it says")
    place = 12
    for _ in range(MOST_CHUNKS):
        if place + 8 > min(end, len(data)):
            return
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + length > len(data):
            damaged("a chunk is cut short")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + (length & 1)
    damaged("there are too many chunks")


def _lossy_size(picture: bytes) -> tuple[int, int]:
    """RFC 6386, 9.1."""
    if len(picture) < 10 or picture[3:6] != b"\x9d\x01\x2a":
        damaged("this is no key frame")
    return int.from_bytes(picture[6:8], "little") & 0x3FFF, int.from_bytes(picture[8:10], "little") & 0x3FFF


def _lossless_size(picture: bytes) -> tuple[int, int]:
    """RFC 9649, 3.4."""
    if len(picture) < 5 or picture[0] != 0x2F:
        damaged("this is no lossless picture")
    bits = int.from_bytes(picture[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _colour(chunks: dict[bytes, bytes], said: Exif) -> Colour:
    profile = chunks.get(b"ICCP", b"")
    if is_profile(profile):
        return profile
    return ADOBE_RGB if said.adobe_rgb else None
