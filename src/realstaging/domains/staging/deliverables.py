"""The files made of one result. Runs in a process of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from realstaging.imaging import decode, encode, metadata
from realstaging.imaging.metadata import DigitalSourceType

WEB: Final = 2048
THUMB: Final = 640
THUMB_QUALITY: Final = 80
# What the strictest listing services take: 2048 pixels on the long side, 3 MB.
MLS: Final = 2048
MLS_BYTES: Final = 3_000_000
MLS_QUALITY: Final = 92

MIME: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}


class Deliverables(msgspec.Struct, frozen=True):
    """Encoded pictures by file name, and the digest of the master they were made of."""

    digest: str
    files: dict[str, bytes]


def deliver(master: Path, overlay: Path, source: DigitalSourceType, description: str) -> Deliverables:
    """Every file of a result, from the lossless master and the picture of what changed. Each says how it was made."""
    data = master.read_bytes()
    pixels = decode.decode(data)
    told = metadata.xmp(source, creator_tool="Real Staging", description=description)
    web, thumb = encode.fit(pixels, WEB), encode.fit(pixels, THUMB)
    web_webp = encode.webp(web, xmp=told)
    files = {
        "master.png": metadata.into_png(data, told),
        "master.jpg": encode.jpeg(pixels, 95, xmp=told),
        "mls.jpg": encode.jpeg_within(encode.fit(pixels, MLS), MLS_BYTES, best=MLS_QUALITY, xmp=told),
        "web.avif": encode.avif(web, xmp=told),
        "web.webp": web_webp,
        "thumb.webp": web_webp if thumb is pixels else encode.webp(thumb, THUMB_QUALITY, xmp=told),
        "overlay.webp": overlay.read_bytes(),
    }
    return Deliverables(hashlib.sha256(data).hexdigest(), files)


def mime(name: str) -> str:
    return MIME[name.rpartition(".")[2]]
