"""What a staged file says of itself: that it is a composite, in the field's own words."""

from __future__ import annotations

import struct
import zlib
from enum import StrEnum
from typing import Final
from xml.sax.saxutils import escape, quoteattr

HEADER: Final = 8 + 25
"""Bytes of a PNG file up to the end of its IHDR chunk."""
PACKET_ID: Final = "W5M0MpCehiHzreSzNTczkc9d"


class DigitalSourceType(StrEnum):
    """How a picture came to be (https://cv.iptc.org/newscodes/digitalsourcetype)."""

    COMPOSITE_SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"
    """A photo with elements that were rendered, none by a trained model."""
    COMPOSITE_WITH_TRAINED_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


def xmp(source: DigitalSourceType, *, creator_tool: str, description: str = "") -> bytes:
    """An XMP packet (ISO 16684-1) with the digital source type of the IPTC Photo Metadata Standard 2023.1."""
    told = (
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(description)}</rdf:li></rdf:Alt></dc:description>'
        if description
        else ""
    )
    return (
        f'<?xpacket begin="\ufeff" id="{PACKET_ID}"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f"xmp:CreatorTool={quoteattr(creator_tool)} Iptc4xmpExt:DigitalSourceType={quoteattr(source)}>"
        f"{told}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def into_png(data: bytes, packet: bytes) -> bytes:
    """The PNG file with an XMP packet put behind its header; no pixel is touched.

    An uncompressed iTXt chunk (PNG, third edition, 11.3.3.4) under the keyword of the XMP specification, part 3, 1.1.5.
    """
    body = b"iTXt" + b"XML:com.adobe.xmp" + b"\0" + b"\0\0" + b"\0" + b"\0" + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:HEADER] + chunk + data[HEADER:]
