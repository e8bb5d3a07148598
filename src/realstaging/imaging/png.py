"""PNG (third edition, W3C 2025): its chunks with their checksums, its colours in the order the standard gives, 16-bit pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO, Final, Literal, cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from realstaging.imaging import colour as colours
from realstaging.imaging import exif as exif_data
from realstaging.imaging import kinds
from realstaging.imaging.colour import Chromaticities, Colour, Space
from realstaging.imaging.exif import Exif
from realstaging.imaging.header import Header, damaged
from realstaging.imaging.pieces import Pieces
from realstaging.kit.errors import BadPhoto

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS: Final = 200_000
MOST_PROFILE: Final = 8 * 2**20
"""Bytes of a profile or of XMP after decompression."""
STRIP: Final = 256
_XMP: Final = b"XML:com.adobe.xmp\0"
_TWO_BYTES: Final = frozenset({"RGB;16B", "RGBA;16B"})
"""What Pillow calls the unpacking that keeps the first of each two bytes, and can do for the second."""


class Png(msgspec.Struct, frozen=True):
    header: Header
    pieces: list[bytes | memoryview]
    """The file without what is said about the picture: header, palette, transparency, pixels, end."""
    whole_depth: bool
    """All of 16 bits can be unpacked: not of grey with transparency, nor where one colour is transparent."""


def read(data: bytes) -> Png:
    """All chunks. BadPhoto where a checksum is wrong."""
    kept: list[bytes | memoryview] = [SIGNATURE]
    told: dict[bytes, bytes] = {}
    for name, body, whole in _chunks(memoryview(data)):
        if name == b"acTL" and len(body) >= 4 and int.from_bytes(body[:4], "big") > 1:
            raise BadPhoto("This file is an animation. Send a photo.")
        if name in {b"IHDR", b"PLTE", b"tRNS", b"IDAT"}:
            kept.append(whole)
        elif name == b"iTXt":
            if bytes(body[: len(_XMP)]) == _XMP:
                told.setdefault(name, bytes(body))
        else:
            told.setdefault(name, bytes(body))
    if len(kept) < 3 or kept[1][4:8] != b"IHDR" or len(kept[1]) != 25:
        damaged("there is no header or no picture")
    width, height, depth, colour_type = struct.unpack_from(">IIBB", kept[1], 8)
    said = exif_data.read(told[b"eXIf"]) if b"eXIf" in told else Exif()
    colour = _colour(told) or (colours.ADOBE_RGB if said.adobe_rgb and not _says_colour(told) else None)
    kind: Literal["grey", "rgb"] = "grey" if colour_type in {0, 4} else "rgb"
    header = Header(kinds.PNG, width, height, depth, said.orientation, colour, said, _xmp(told.get(b"iTXt", b"")), kind)
    keyed = any(whole[4:8] == b"tRNS" for whole in kept[2:])
    return Png(header, [*kept, _chunk(b"IEND", b"")], not keyed and colour_type != 4)


def load(photo: Png) -> Image.Image:
    """The picture of 8 bits or less, as it lies in the file."""
    picture = PngImageFile(cast("IO[bytes]", Pieces(photo.pieces)))
    picture.load()
    return picture


def load_deep(photo: Png) -> tuple[NDArray[np.uint8], Colour]:
    """A picture of 16 bits as 8 (height, width, 1, 3 or 4 channels), and the colours of that.

    Where the file gives its curve in numbers the picture is taken to sRGB's curve before it loses bits: eight bits of light
    are too few for shadows. Pillow keeps one byte of each two, so the picture is unpacked twice, first high bytes, then low.
    """
    colour = photo.header.colour
    table = _table(colour)
    if isinstance(colour, Space):
        colour = Space(colour.primaries)
    picture = _deep(photo, "B")
    if picture.mode.startswith("I;16"):
        picture.load()
        grey = np.empty((picture.height, picture.width, 1), np.uint8)
        for top, strip in _strips(picture):
            grey[top : top + STRIP, :, 0] = table[strip]
        return grey, colour
    whole = str(picture.tile[0].args) in _TWO_BYTES
    picture.load()
    values = np.empty((picture.height, picture.width, len(picture.getbands())), np.uint8)
    for top, strip in _strips(picture):
        values[top : top + STRIP] = strip
    del picture
    if not whole:
        # Grey with transparency: high bytes alone.
        return table[values.astype(np.uint16) * 257] if values.shape[2] < 4 else _keep_alpha(values, table), colour
    again = _deep(photo, "L")
    again.load()
    for top, strip in _strips(again):
        high = values[top : top + STRIP]
        high[..., :3] = table[(high[..., :3].astype(np.uint16) << 8) | strip[..., :3]]
    return values, colour


def values(photo: Png) -> NDArray[np.uint16]:
    """A picture of 16 bits as it lies in the file: (height, width, 1, 2, 3 or 4 channels)."""
    picture = _deep(photo, "B")
    if picture.mode.startswith("I;16"):
        picture.load()
        return np.asarray(picture, np.uint16)[..., None]
    found = np.zeros((picture.height, picture.width, len(picture.getbands())), np.uint16)
    orders: list[tuple[Literal["B", "L"], int]] = [("B", 8), ("L", 0)]
    for order, shift in orders:
        picture = _deep(photo, order)
        picture.load()
        for top, strip in _strips(picture):
            found[top : top + STRIP] |= strip.astype(np.uint16) << shift
    return found


def _deep(photo: Png, order: Literal["B", "L"]) -> PngImageFile:
    """The file opened so that of each two bytes the first or the second is unpacked: Pillow keeps one, as of that byte order."""
    picture = PngImageFile(cast("IO[bytes]", Pieces(photo.pieces)))
    rawmode = str(picture.tile[0].args)
    if rawmode in _TWO_BYTES:
        picture.tile = [picture.tile[0]._replace(args=rawmode[:-1] + order)]
    return picture


def _keep_alpha(values: NDArray[np.uint8], table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    for top in range(0, len(values), STRIP):
        part = values[top : top + STRIP, :, :3]
        part[...] = table[part.astype(np.uint16) * 257]
    return values


def _strips(picture: Image.Image) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    for top in range(0, picture.height, STRIP):
        yield top, np.asarray(picture.crop((0, top, picture.width, min(top + STRIP, picture.height))))


def _table(colour: Colour) -> NDArray[np.uint8]:
    """8 bits for each of 65,536 values."""
    values = np.linspace(0, 1, 65536)
    if isinstance(colour, Space):
        values = colours.encoded(colour.light(values))
    return np.round(np.clip(values, 0, 1) * 255).astype(np.uint8)


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview, bytes | memoryview]]:
    """Name, body, and the whole chunk. Ends at IEND, or where the file does: then the last is what is left of it."""
    place = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        if place + 8 > len(data):
            return
        length, name = struct.unpack_from(">I4s", data, place)
        whole = data[place : place + 12 + length]
        body = whole[8 : 8 + length]
        place += 12 + length
        if len(whole) < 12 + length:
            # Cut short: its own checksum, or more. What is missing of the pixels, the decoder will miss.
            if name == b"IDAT":
                yield name, body, _chunk(name, bytes(body))
            return
        if name == b"IEND":
            return
        if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
            if name[0] & 0x20:
                # Not needed to show the picture (5.4): as if it were not there.
                continue
            damaged(f"checksum of {name!r}")
        yield name, body, whole
    damaged("there are too many chunks")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _says_colour(told: dict[bytes, bytes]) -> bool:
    return any(name in told for name in (b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM"))


def _colour(told: dict[bytes, bytes]) -> Colour:
    """By the first of cICP, iCCP, sRGB, gAMA with cHRM that says something usable (third edition, 4.3)."""
    codes = told.get(b"cICP", b"")
    if len(codes) == 4 and codes[2] == 0 and (space := colours.by_codes(codes[0], codes[1], narrow=codes[3] == 0)):
        return space
    profile = _inflated(told[b"iCCP"].partition(b"\0")[2][1:]) if b"iCCP" in told else b""
    if colours.is_profile(profile):
        return profile
    if len(told.get(b"sRGB", b"")) == 1:
        return None
    gamma, primaries = told.get(b"gAMA", b""), told.get(b"cHRM", b"")
    power = 100_000 / int.from_bytes(gamma, "big") if len(gamma) == 4 and any(gamma) else None
    return colours.by_numbers(power, _chromaticities(primaries) if len(primaries) == 32 else None)


def _chromaticities(body: bytes) -> Chromaticities:
    """Of cHRM, which begins with white."""
    wx, wy, rx, ry, gx, gy, bx, by = (number / 100_000 for number in struct.unpack(">8I", body))
    return rx, ry, gx, gy, bx, by, wx, wy


def _xmp(text: bytes) -> bytes:
    """The packet in an iTXt chunk: keyword, compressed or not, language, keyword again, text."""
    if not text:
        return b""
    rest = text[len(_XMP) :]
    packet = rest[2:].split(b"\0", 2)[-1]
    return _inflated(packet) if rest[:1] == b"\1" else packet


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_PROFILE)
    except zlib.error:
        return b""
