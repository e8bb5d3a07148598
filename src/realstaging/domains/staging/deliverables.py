"""The files made of one result. Runs in a process of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from realstaging.imaging import decode, encode

WEB: Final = 2048
THUMB: Final = 640


class Deliverables(msgspec.Struct, frozen=True):
    """Encoded pictures, and the digest of the master they were made of."""

    digest: str
    jpg: bytes
    web: bytes
    thumb: bytes


def deliver(master: Path) -> Deliverables:
    """JPEG at full size, WebP previews, from the lossless master."""
    data = master.read_bytes()
    pixels = decode.decode(data)
    web = encode.fit(pixels, WEB)
    return Deliverables(
        hashlib.sha256(data).hexdigest(),
        encode.jpeg(pixels, 95),
        encode.webp(web, 84),
        encode.webp(encode.fit(web, THUMB), 80),
    )
