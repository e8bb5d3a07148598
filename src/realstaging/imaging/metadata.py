"""What a staged file says of itself: that it is a composite, in the field's own words, and whose photo it was made of."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from realstaging.imaging.rights import ARTIST, BY_LINE, COPYRIGHT, CREDIT, IIM_RESOURCE, NOTICE, Rights

PACKET_ID: Final = "W5M0MpCehiHzreSzNTczkc9d"
ASCII: Final = 2
"""Type of an Exif field (TIFF 6.0). What programs write into it is UTF-8."""
UTF8: Final = b"\x1b%G"
"""How a record of IPTC's says that it is in UTF-8 (IIM 4.2, 1:90)."""
CREATOR_TOOL: Final = "Real Staging"


class DigitalSourceType(StrEnum):
    """How a picture came to be (https://cv.iptc.org/newscodes/digitalsourcetype)."""

    COMPOSITE_SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
    """A photo with elements that were rendered, none by a trained model."""
    COMPOSITE_WITH_TRAINED_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


class Told(msgspec.Struct, frozen=True):
    """Blocks of metadata, each as a file has it; empty where there is nothing to say."""

    xmp: bytes = b""
    exif: bytes = b""
    """With the six bytes before its TIFF header that JPEG and Pillow want."""
    photoshop: bytes = b""
    """A whole APP13 segment, for JPEG alone."""


def told(
    source: DigitalSourceType | None, *, creator_tool: str, description: str = "", rights: Rights | None = None
) -> Told:
    """What every file of a result carries. ``rights``: those of the photo; nothing else of its metadata is handed on."""
    kept = (rights or Rights()).whole
    return Told(
        xmp(source, creator_tool=creator_tool, description=description, rights=kept), _exif(kept), _photoshop(kept)
    )


def is_ours(path: Path) -> bool:
    """Whether a file says that this program made it."""
    return f"xmp:CreatorTool={quoteattr(CREATOR_TOOL)}".encode() in path.read_bytes()


def carried(blocks: Mapping[Any, object], segments: Sequence[tuple[str, bytes]]) -> Told:
    """What a JPEG of ours says, to be said on by what is made of it: its blocks and application segments, as Pillow gives them."""
    packet, exif = (blocks.get(name) for name in ("xmp", "exif"))
    photoshop = b"".join(
        b"\xff\xed" + struct.pack(">H", len(data) + 2) + data for name, data in segments if name == "APP13"
    )
    return Told(packet if isinstance(packet, bytes) else b"", exif if isinstance(exif, bytes) else b"", photoshop)


def xmp(
    source: DigitalSourceType | None, *, creator_tool: str, description: str = "", rights: Rights | None = None
) -> bytes:
    """An XMP packet (ISO 16684-1) with the digital source type of the IPTC Photo Metadata Standard 2023.1, where that is known."""
    typed = f" Iptc4xmpExt:DigitalSourceType={quoteattr(source)}" if source else ""
    kept = rights or Rights()
    names = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in kept.creators)
    parts = (
        _alternatives("description", description),
        f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>" if names else "",
        _alternatives("rights", kept.dc_rights),
        f"<photoshop:Credit>{escape(kept.credit)}</photoshop:Credit>" if kept.credit else "",
    )
    return (
        f'<?xpacket begin="\ufeff" id="{PACKET_ID}"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f"xmp:CreatorTool={quoteattr(creator_tool)}{typed}>"
        f"{''.join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def chunks(said: Told) -> list[tuple[bytes, bytes]]:
    """The same as chunks of a PNG file: XMP as uncompressed iTXt (PNG, third edition, 11.3.3.4) under the keyword of the XMP
    specification, part 3, 1.1.5; Exif as eXIf (11.3.4.4).
    """
    packet = b"XML:com.adobe.xmp\0\0\0\0\0" + said.xmp
    exif = said.exif.removeprefix(b"Exif\0\0")
    return [(b"iTXt", packet), *([(b"eXIf", exif)] if exif else [])]


def _alternatives(name: str, text: str) -> str:
    """A property of dc that may be in several languages, in none."""
    one = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
    return f"<dc:{name}>{one}</dc:{name}>" if text else ""


def _exif(rights: Rights) -> bytes:
    """A TIFF header with one directory of at most two fields (TIFF 6.0, section 2)."""
    fields = [
        (tag, text.encode() + b"\0") for tag, text in ((ARTIST, rights.artist), (COPYRIGHT, rights.copyright)) if text
    ]
    if not fields:
        return b""
    entries, data = b"", b""
    start = 8 + 2 + 12 * len(fields) + 4
    for tag, text in fields:
        place = text.ljust(4, b"\0") if len(text) <= 4 else struct.pack(">I", start + len(data))
        entries += struct.pack(">HHI", tag, ASCII, len(text)) + place
        data += text + bytes(len(text) % 2) if len(text) > 4 else b""
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, len(fields)) + entries + bytes(4) + data


def _photoshop(rights: Rights) -> bytes:
    """An APP13 segment with an image resource of IPTC's data sets (IIM 4.2)."""
    sets = [(BY_LINE, rights.by_line), (CREDIT, rights.credit), (NOTICE, rights.notice)]
    if not any(text for _, text in sets):
        return b""
    iim = _data_set(1, 90, UTF8) + b"".join(_data_set(2, number, text.encode()) for number, text in sets if text)
    resource = b"8BIM" + struct.pack(">HHI", IIM_RESOURCE, 0, len(iim)) + iim + bytes(len(iim) % 2)
    block = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def _data_set(record: int, number: int, data: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(data)) + data
