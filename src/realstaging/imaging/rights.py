"""Who made a photo and whose it is, as its file says: read tolerantly, kept in all that is made of it.

Seven fields are known by name and nothing else is read, so that neither a place nor a person's camera can come along. Read in
another process than the server's: files are written by strangers.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

import msgspec

LONGEST: Final = 500
"""Characters of a field: IPTC's own limits (32 to 128 bytes) are kept by nobody."""
MOST_CREATORS: Final = 10
MOST_BYTES: Final = 2 << 20
"""Of one block of metadata: an XMP packet with a history of edits reaches some hundred KB."""
MOST_BLOCKS: Final = 200
DEEPEST: Final = 64
ARTIST, COPYRIGHT = 0x013B, 0x8298
"""Exif tags (CIPA DC-008)."""
BY_LINE, CREDIT, NOTICE = 80, 110, 116
"""Data sets of the second record (IPTC-NAA IIM 4.2)."""
IIM_RESOURCE: Final = 0x0404
DC: Final = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP_OF_JPEG: Final = b"http://ns.adobe.com/xap/1.0/\0"
# Joiners that scripts need; every other invisible letter may turn a line around or hide a part of it.
JOINERS: Final = "\u200c\u200d"
DAMAGED: Final = (OSError, ValueError, IndexError, KeyError, struct.error, zlib.error, RuntimeError, EOFError)


class Rights(msgspec.Struct, frozen=True):
    """What a file says, field by field, in printable characters; empty where it says nothing."""

    artist: str = ""
    """Exif Artist."""
    copyright: str = ""
    """Exif Copyright."""
    by_line: str = ""
    """IIM By-line."""
    credit: str = ""
    """IIM Credit, or photoshop:Credit."""
    notice: str = ""
    """IIM Copyright Notice."""
    creators: tuple[str, ...] = ()
    """dc:creator."""
    dc_rights: str = ""
    """dc:rights."""

    @property
    def whole(self) -> Rights:
        """The same with what one block of metadata lacks taken from the others: IPTC maps the fields to each other."""
        owner = next((one for one in (self.copyright, self.notice, self.dc_rights) if one), "")
        names = (*self.creators, self.by_line, self.artist)
        creators = tuple(dict.fromkeys(name for name in names if name))
        return Rights(
            artist=self.artist or self.by_line or ", ".join(self.creators)[:LONGEST],
            copyright=self.copyright or owner,
            by_line=self.by_line or self.artist or ", ".join(self.creators)[:LONGEST],
            credit=self.credit,
            notice=self.notice or owner,
            creators=creators,
            dc_rights=self.dc_rights or owner,
        )


def rights_of(photo: Path) -> Rights:
    """What a photo file says of its maker and owner; what is damaged says nothing."""
    told: dict[str, str | tuple[str, ...]] = {}
    try:
        for kind, block in _blocks(photo):
            if len(block) <= MOST_BYTES:
                for name, value in _read(kind, block).items():
                    told.setdefault(name, value)
    except DAMAGED:
        pass
    return msgspec.convert(told, Rights)


def clean(text: str, longest: int = LONGEST) -> str:
    """In one line, without anything that is not shown or that XML cannot hold."""
    shown = "".join(
        letter if letter in JOINERS or unicodedata.category(letter)[0] != "C" else " " for letter in text[: 4 * longest]
    )
    return " ".join(unicodedata.normalize("NFC", shown).split())[:longest].strip()


def _read(kind: str, block: bytes) -> dict[str, str | tuple[str, ...]]:
    try:
        return {name: value for name, value in _READERS[kind](block).items() if value}
    except DAMAGED:
        return {}


def _exif(block: bytes) -> dict[str, str | tuple[str, ...]]:
    """IFD0 of a TIFF header (TIFF 6.0; Exif 3.0, 4.6)."""
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}[block[:2]]
    (start,) = struct.unpack_from(f"{order}I", block, 4)
    (count,) = struct.unpack_from(f"{order}H", block, start)
    told: dict[str, str | tuple[str, ...]] = {}
    for number in range(min(count, 500)):
        at = start + 2 + 12 * number
        tag, _, size = struct.unpack_from(f"{order}HHI", block, at)
        if tag in {ARTIST, COPYRIGHT}:
            place = at + 8 if size <= 4 else struct.unpack_from(f"{order}I", block, at + 8)[0]
            # A copyright may be that of the photographer and that of the editor, one after the other.
            parts = [_text(part) for part in block[place : place + min(size, 4 * LONGEST)].split(b"\0")]
            told["artist" if tag == ARTIST else "copyright"] = clean("; ".join(part for part in parts if part.strip()))
    return told


def _iim(block: bytes) -> dict[str, str | tuple[str, ...]]:
    """Data sets of IPTC's Information Interchange Model."""
    names = {BY_LINE: "by_line", CREDIT: "credit", NOTICE: "notice"}
    told: dict[str, list[str]] = {}
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        record, number, size = struct.unpack_from(">BBH", block, at + 1)
        if size >= 0x8000:
            break
        if record == 2 and number in names and len(told.setdefault(names[number], [])) < MOST_CREATORS:
            told[names[number]].append(clean(_text(block[at + 5 : at + 5 + size])))
        at += 5 + size
    return {name: ", ".join(values)[:LONGEST] for name, values in told.items()}


def _photoshop(block: bytes) -> dict[str, str | tuple[str, ...]]:
    """Image resource blocks (Adobe Photoshop File Formats, 2019)."""
    at = 0
    while block[at : at + 4] == b"8BIM":
        (resource,) = struct.unpack_from(">H", block, at + 4)
        named = (block[at + 6] + 2) & ~1
        (size,) = struct.unpack_from(">I", block, at + 6 + named)
        data = at + 10 + named
        if resource == IIM_RESOURCE:
            return _iim(block[data : data + size])
        at = data + size + size % 2
    return {}


def _xmp(block: bytes) -> dict[str, str | tuple[str, ...]]:
    """An XMP packet (ISO 16684-1), as far as it is well-formed."""
    reader = _XmpReader()
    reader.read(block)
    return {
        "creators": tuple(dict.fromkeys(filter(None, map(clean, reader.found["creator"][:MOST_CREATORS])))),
        "dc_rights": clean((reader.found["rights"] or [""])[0]),
        "credit": clean((reader.found["Credit"] or [""])[0]),
    }


class _XmpReader:
    """Collects three properties. A document type, and with it every entity, ends the reading: no packet needs one."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {"creator": [], "rights": [], "Credit": []}
        self._path: list[str] = []
        self._text: list[str] = []

    def read(self, packet: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(packet.rstrip(b"\0"), True)
        except expat.ExpatError:
            return

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise ValueError("nested too deep")
        self._text = []
        if name == f"{RDF} Description":
            for attribute, value in attributes.items():
                self._keep(attribute, value)

    def _end(self, name: str) -> None:
        owner = self._path[-3] if name == f"{RDF} li" and len(self._path) >= 3 else name
        self._keep(owner, "".join(self._text))
        self._text = []
        self._path.pop()

    def _keep(self, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        told = self.found.get(local) if namespace == (PHOTOSHOP if local == "Credit" else DC) else None
        if told is not None and len(told) < MOST_CREATORS and value.strip():
            told.append(value)

    def _characters(self, text: str) -> None:
        if len(self._text) < LONGEST:
            self._text.append(text[: 4 * LONGEST])


def _png_text(block: bytes) -> dict[str, str | tuple[str, ...]]:
    """Keywords of PNG's own (third edition, 11.3.3.1)."""
    keyword, _, text = block.partition(b"\0")
    name = {b"Author": "artist", b"Copyright": "copyright"}.get(keyword)
    return {name: clean(text[: 4 * LONGEST].decode("latin-1"))} if name else {}


_READERS: Final[dict[str, Callable[[bytes], dict[str, str | tuple[str, ...]]]]] = {
    "exif": _exif,
    "xmp": _xmp,
    "photoshop": _photoshop,
    "png": _png_text,
}


def _blocks(photo: Path) -> Iterator[tuple[str, bytes]]:
    """The blocks of metadata in a photo file, by kind."""
    with photo.open("rb") as file:
        first = file.read(12)
        if first.startswith(b"\xff\xd8"):
            yield from _of_jpeg(file)
        elif first.startswith(b"\x89PNG"):
            yield from _of_png(file)
        elif first[:4] == b"RIFF" and first[8:] == b"WEBP":
            yield from _of_webp(file)
        elif first[4:8] == b"ftyp":
            yield from _of_heif(photo)


def _of_jpeg(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Segments before the first scan (ITU-T T.81, B.1.1)."""
    file.seek(2)
    for _ in range(MOST_BLOCKS):
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] in {0xD9, 0xDA}:
            return
        (size,) = struct.unpack(">H", file.read(2))
        data = file.read(size - 2)
        if marker[1] == 0xE1 and data.startswith(b"Exif\0\0"):
            yield "exif", data
        elif marker[1] == 0xE1 and data.startswith(XMP_OF_JPEG):
            yield "xmp", data.removeprefix(XMP_OF_JPEG)
        elif marker[1] == 0xED and data.startswith(b"Photoshop 3.0\0"):
            yield "photoshop", data.removeprefix(b"Photoshop 3.0\0")


def _of_png(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    file.seek(8)
    found = 0
    while found < MOST_BLOCKS and len(head := file.read(8)) == 8:
        size, kind = struct.unpack(">I4s", head)
        if kind not in {b"eXIf", b"iTXt", b"tEXt"} or size > MOST_BYTES:
            file.seek(size + 4, 1)
            continue
        found += 1
        data = file.read(size)
        file.seek(4, 1)
        if kind == b"iTXt" and data.startswith(b"XML:com.adobe.xmp\0"):
            yield "xmp", _international(data)
        elif kind != b"iTXt":
            yield ("exif" if kind == b"eXIf" else "png"), data


def _international(data: bytes) -> bytes:
    """The text of an iTXt chunk (PNG, third edition, 11.3.3.4)."""
    _, _, rest = data.partition(b"\0")
    text = rest[2:].split(b"\0", 2)[2]
    return zlib.decompressobj().decompress(text, MOST_BYTES) if rest[0] else text


def _of_webp(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """RIFF chunks (RFC 9649, 2.7)."""
    for _ in range(MOST_BLOCKS):
        head = file.read(8)
        if len(head) < 8:
            return
        kind, size = struct.unpack("<4sI", head)
        if kind in {b"EXIF", b"XMP "} and size <= MOST_BYTES:
            yield ("exif" if kind == b"EXIF" else "xmp"), file.read(size)
            file.seek(size % 2, 1)
        else:
            file.seek(size + size % 2, 1)


def _of_heif(photo: Path) -> Iterator[tuple[str, bytes]]:
    import pillow_heif  # noqa: PLC0415 - the words for rights are known to processes that open no picture

    picture = pillow_heif.open_heif(photo)
    for kind in ("exif", "xmp"):
        block = picture.info.get(kind)
        if isinstance(block, bytes):
            yield kind, block


def _text(data: bytes) -> str:
    """UTF-8, or what older cameras and programs write."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
