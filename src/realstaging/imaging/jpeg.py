"""JPEG (ITU-T T.81): its segments, and whether all of its picture is there.

libjpeg paints grey over what is missing and says nothing that Pillow would pass on. So completeness is judged by how much of the
entropy-coded data the decoder uses. A picture in one scan has to end where its data ends: a decoder that is given the data and
little more, and no marker that would let it fill up with zeros, either comes to the last row just then or asks for more. A picture
in many scans is decoded twice, with different bytes behind each scan: they show in the pixels only where a scan was too short.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from math import ceil
from typing import IO, Final, Literal, cast

import msgspec
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from realstaging.imaging import exif as exif_data
from realstaging.imaging import kinds, limits
from realstaging.imaging.colour import ADOBE_RGB, Colour, is_profile
from realstaging.imaging.exif import Exif
from realstaging.imaging.header import Header, damaged
from realstaging.imaging.pieces import Pieces
from realstaging.kit.errors import BadPhoto

SOF: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive, by Huffman codes: all that cameras and editors write."""
OTHER_SOF: Final = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
PROGRESSIVE: Final = 0xC2
DHT, SOI, EOI, SOS, DQT, DRI, APP0, APP1, APP2, APP14 = 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xEE
END: Final = b"\xff\xd9"
MOST_SCANS: Final = 100
"""Ten are usual, and optimizers write up to thirty; each costs a pass over the whole picture."""
MOST_SEGMENTS: Final = 5_000
# Behind the data: what the decoder reads ahead, and the last byte or two of a file that lost them.
SPARE: Final = b"\0" * 24
# Behind each scan: anything but a marker that decodes to something.
OTHER_SPARE: Final = bytes((37 * i * i + 11 * i + 3) % 251 for i in range(64))
MOST_LEFT: Final = 512
"""Bytes that may be left over behind the last row: some cameras round up."""
LONG_RUN: Final = 64
"""Zero bytes in a row that are hardly a picture's (unless it is blank)."""
STRIP: Final = 256
_KINDS: Final[dict[int, Literal["grey", "rgb", "cmyk"]]] = {1: "grey", 3: "rgb", 4: "cmyk"}
"""By the number of components."""

_MARKER: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
_RESTART: Final = re.compile(rb"\xff[\xd0-\xd7]")
_EXIF, _XMP, _ICC = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"


class Component(msgspec.Struct, frozen=True):
    across: int
    """Sampling factors."""
    down: int


class Scan(msgspec.Struct, frozen=True):
    """``head``: the tables since the last scan and the scan's own header, as they are in the file."""

    head: bytes
    start: int
    end: int
    components: tuple[int, ...]
    first: int
    """Coefficients ``first`` to ``last``."""
    last: int
    low: int
    """The lowest bit that is sent of them."""
    restart: int
    """Blocks between restart markers; 0 for none."""
    blank: bool
    """Zero bits mean blocks like the one before: a long run of zero bytes may be a blank wall."""


class Jpeg(msgspec.Struct, frozen=True):
    header: Header
    data: bytes
    progressive: bool
    components: dict[int, Component]
    scans: tuple[Scan, ...]

    @property
    def in_one_scan(self) -> bool:
        return not self.progressive and len(self.scans[0].components) == len(self.components)

    @property
    def memory(self) -> int:
        """Bytes that decoding takes beside the process itself: all coefficients at once where there are several scans."""
        pixels = self.header.width * self.header.height
        across = max(one.across for one in self.components.values())
        down = max(one.down for one in self.components.values())
        share = sum(one.across * one.down for one in self.components.values()) / (across * down)
        picture = pixels * (1 if len(self.components) == 1 else 4)
        return round(len(self.data) + picture + (0 if self.in_one_scan else 2 * share * pixels))


def read(data: bytes) -> Jpeg:
    """All segments up to the end of the photo; what phones append to it is not looked at. BadPhoto where they make no picture."""
    return _Reader(data).read()


def load(photo: Jpeg) -> Image.Image:
    """The picture, as it lies in the file. BadPhoto where a part of it is missing."""
    if photo.memory + limits.PROCESS > limits.MEMORY:
        raise BadPhoto(
            f"This photo is a progressive JPEG of {limits.megapixels(photo.header.width * photo.header.height)} megapixels, "
            "which takes more memory than a photo may. Export it as an ordinary (baseline) JPEG."
        )
    for scan in photo.scans:
        _check_restarts(photo, scan)
    return _load_one_scan(photo) if photo.in_one_scan else _load_many(photo)


def _load_one_scan(photo: Jpeg) -> Image.Image:
    scan = photo.scans[0]
    data = memoryview(photo.data)[scan.start : scan.end]
    run = _zeros(photo, scan)
    # The picture may be whole without the zeros; else they are a part of it, or what a part of it is missing.
    whole = min(run + len(SPARE), len(data)) if run < len(data) else 0
    left = len(SPARE) if whole else min(MOST_LEFT, max(len(SPARE), len(data) // 100))
    early = max(whole, len(data) - left)
    stream = Pieces([_start(scan), data[:whole], data[whole:early], data[early:], SPARE])
    picture = _decoded(stream)
    if stream.reached == 2:
        damaged("the picture ends long before its data does")
    if whole and stream.reached > 1 and not scan.blank:
        damaged("there are zeros within the picture")
    return picture


def _zeros(photo: Jpeg, scan: Scan) -> int:
    """Where in the scan's data a long run of zeros begins that may not be the picture's; the end where there is none."""
    if not scan.blank:
        found = photo.data.find(bytes(LONG_RUN), scan.start, scan.end)
        return found - scan.start if found >= 0 else scan.end - scan.start
    end = _without_zeros(photo, scan)
    return (end if scan.end - end >= LONG_RUN else scan.end) - scan.start


def _without_zeros(photo: Jpeg, scan: Scan) -> int:
    """Where the zeros at the end of a scan begin."""
    data = photo.data[scan.start : scan.end].rstrip(b"\0")
    # An FF of the data is written as FF 00 (T.81, B.1.1.5).
    return min(scan.start + len(data) + data.endswith(b"\xff"), scan.end)


def _load_many(photo: Jpeg) -> Image.Image:
    _check_coverage(photo)
    other = _digests(_decoded(Pieces(_scans(photo, OTHER_SPARE))))
    picture = _decoded(Pieces(_scans(photo, b"")))
    if _digests(picture) != other:
        damaged("a scan ends before the picture does")
    return picture


def _decoded(stream: Pieces) -> Image.Image:
    picture = JpegImageFile(cast("IO[bytes]", stream))
    picture.load()
    return picture


def _start(scan: Scan) -> bytes:
    return b"\xff\xd8" + scan.head


def _scans(photo: Jpeg, spare: bytes) -> list[bytes | memoryview]:
    whole = memoryview(photo.data)
    pieces: list[bytes | memoryview] = []
    for number, scan in enumerate(photo.scans):
        head = scan.head if number else _start(scan)
        # Of blank parts these scans say nothing, at length: zeros at their end are no part of the picture.
        filled = scan.first and photo.data.endswith(bytes(LONG_RUN), scan.start, scan.end)
        end = _without_zeros(photo, scan) if filled else scan.end
        pieces += [head, whole[scan.start : end], spare]
    return [*pieces, END]


def _digests(picture: Image.Image) -> list[int]:
    strips = range(0, picture.height, STRIP)
    return [
        zlib.crc32(picture.crop((0, top, picture.width, min(top + STRIP, picture.height))).tobytes()) for top in strips
    ]


def _check_restarts(photo: Jpeg, scan: Scan) -> None:
    """Restart markers count the blocks: each that is missing is a part of the picture that is."""
    if not scan.restart:
        return
    expected = ceil(_blocks(photo, scan) / scan.restart) - 1
    found = 0
    for marker in _RESTART.finditer(photo.data, scan.start, scan.end):
        if marker[0][1] & 7 != found & 7 or found > expected:
            damaged("restart markers are out of order")
        found += 1
    if found < expected:
        damaged("restart markers are missing")


def _blocks(photo: Jpeg, scan: Scan) -> int:
    """Minimum coded units of a scan (T.81, A.2)."""
    across = max(one.across for one in photo.components.values())
    down = max(one.down for one in photo.components.values())
    width, height = photo.header.width, photo.header.height
    if len(scan.components) > 1:
        return ceil(width / (8 * across)) * ceil(height / (8 * down))
    one = photo.components[scan.components[0]]
    columns, rows = ceil(width * one.across / across), ceil(height * one.down / down)
    return ceil(columns / 8) * ceil(rows / 8)


def _check_coverage(photo: Jpeg) -> None:
    """Every bit of every coefficient is sent in some scan."""
    missing = {(component, k): 1 for component in photo.components for k in range(64)}
    for scan in photo.scans:
        for component in scan.components:
            missing.update(((component, k), scan.low) for k in range(scan.first, scan.last + 1))
    if any(missing.values()):
        damaged("scans are missing")


class _Reader:
    """Goes through the segments once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 2
        self._tables: list[bytes] = []
        self._scans: list[Scan] = []
        self._components: dict[int, Component] = {}
        self._size = (0, 0)
        self._frame = 0
        self._restart = 0
        self._shortest: dict[int, int] = {}
        self._exif = Exif()
        self._xmp = b""
        self._profile: dict[int, bytes] = {}

    def read(self) -> Jpeg:
        for marker, segment in self._segments():
            if marker == SOS:
                self._scan(segment)
            else:
                self._take(marker, segment)
        if not self._scans:
            damaged("there is no scan")
        width, height = self._size
        header = Header(
            kinds.JPEG,
            width,
            height,
            orientation=self._exif.orientation,
            colour=self._colour(),
            exif=self._exif,
            xmp=self._xmp,
            kind=_KINDS[len(self._components)],
        )
        return Jpeg(header, self._data, self._frame == PROGRESSIVE, self._components, tuple(self._scans))

    def _segments(self) -> Iterator[tuple[int, bytes]]:
        """Marker and segment (from its length on), until the end marker, or the end of what makes sense."""
        for _ in range(MOST_SEGMENTS):
            found = _MARKER.search(self._data, self._place)
            if found is None:
                return
            marker, start = found[1][0], found.end()
            if marker == EOI or (self._frame and self._done(marker)):
                return
            if marker in {SOI, 0x01}:
                self._place = start
                continue
            length = int.from_bytes(self._data[start : start + 2], "big")
            if length < 2 or start + length > len(self._data):
                return
            self._place = start + length
            yield marker, self._data[start : start + length]
        damaged("there are too many segments")

    def _done(self, marker: int) -> bool:
        """Whether what follows is of no more use: the one scan of a picture is over."""
        whole = self._scans and self._frame != PROGRESSIVE and len(self._scans[0].components) == len(self._components)
        return bool(whole) or (bool(self._scans) and (marker in SOF or marker == SOI))

    def _take(self, marker: int, segment: bytes) -> None:
        if marker in OTHER_SOF:
            raise BadPhoto("This is an unusual kind of JPEG (lossless or arithmetic). Export it as an ordinary JPEG.")
        if marker in SOF:
            self._take_frame(marker, segment)
        elif marker == DRI and len(segment) >= 4:
            self._restart = int.from_bytes(segment[2:4], "big")
        elif marker == DHT:
            self._take_codes(segment[2:])
        elif marker == APP1 and segment[2:].startswith(_EXIF):
            self._exif = self._exif if self._exif != Exif() else exif_data.read(segment[2:])
        elif marker == APP1 and segment[2:].startswith(_XMP):
            self._xmp = self._xmp or segment[2 + len(_XMP) :]
        elif marker == APP2 and segment[2:].startswith(_ICC) and len(segment) > 16:
            self._profile.setdefault(segment[14], segment[16:])
        if marker in SOF or marker in {DHT, DQT, DRI, APP0, APP14}:
            self._tables.append(b"\xff" + bytes([marker]) + segment)

    def _take_frame(self, marker: int, segment: bytes) -> None:
        if self._frame or len(segment) < 8:
            damaged("there are two frames, or half a one")
        depth, height, width, number = struct.unpack_from(">BHHB", segment, 2)
        if depth != 8:
            raise BadPhoto(f"This JPEG has {depth} bits a colour. Export it as an ordinary JPEG, with 8.")
        parts = segment[8 : 8 + 3 * number]
        if number not in {1, 3, 4} or len(parts) < 3 * number or not width or not height:
            damaged("the frame makes no sense")
        self._frame, self._size = marker, (width, height)
        for name, factors in zip(parts[::3], parts[1::3], strict=True):
            if not (1 <= factors >> 4 <= 4 and 1 <= factors & 15 <= 4):
                damaged("sampling factors make no sense")
            self._components[name] = Component(factors >> 4, factors & 15)
        if refused := limits.too_large(width, height) or limits.too_small(width, height):
            raise BadPhoto(refused)

    def _take_codes(self, tables: bytes) -> None:
        """Of each table of Huffman codes, which symbol has the code of zeros (T.81, B.2.4.2 and annex C)."""
        while len(tables) > 17:
            self._shortest[tables[0]] = tables[17]
            tables = tables[17 + sum(tables[1:17]) :]

    def _blank(self, selectors: bytes) -> bool:
        """Whether zeros mean: no difference to the block before, and nothing but its mean."""
        names = [name for both in selectors for name in (both >> 4, 0x10 | both & 15)]
        return all(self._shortest.get(name) == 0 for name in names)

    def _scan(self, segment: bytes) -> None:
        number = segment[2] if len(segment) > 2 else 0
        names = tuple(segment[3 : 3 + 2 * number : 2])
        if not self._frame or len(segment) < 6 + 2 * number or not names or not set(names) <= set(self._components):
            damaged("a scan makes no sense")
        if len(self._scans) == MOST_SCANS:
            raise BadPhoto(
                f"This JPEG draws its picture more than {MOST_SCANS} times over. Export it as an ordinary (baseline) JPEG."
            )
        first, last, bits = segment[3 + 2 * number : 6 + 2 * number]
        if self._frame != PROGRESSIVE:
            first, last, bits = 0, 63, 0
        found = _MARKER.search(self._data, self._place)
        data = self._data[self._place : found.start() if found else len(self._data)]
        # Any number of FF may stand before a marker (T.81, B.1.1.2).
        end = self._place + len(data.rstrip(b"\xff"))
        self._tables.append(b"\xff\xda" + segment)
        head, self._tables = b"".join(self._tables), []
        self._scans.append(
            Scan(
                head,
                self._place,
                end,
                names,
                min(first, 63),
                min(last, 63),
                bits & 15,
                self._restart,
                self._blank(segment[4 : 4 + 2 * number : 2]),
            )
        )
        self._place = end

    def _colour(self) -> Colour:
        profile = b"".join(self._profile[number] for number in sorted(self._profile))
        if is_profile(profile):
            return profile
        return ADOBE_RGB if self._exif.adobe_rgb else None
