"""Turning an uploaded file into a photo: checked, measured, previewed. Runs in a process of its own, which loads Pillow,
pillow-heif and NumPy and nothing else of size.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from realstaging.imaging.seen import Seen

WEB: Final = 2048
THUMB: Final = 640


class Prepared(msgspec.Struct, frozen=True):
    """A photo that decodes from its first byte to its last. Sizes are of the upright picture."""

    sha256: str
    mime: str
    size: int
    width: int
    height: int
    web: bytes
    thumb: bytes
    seen: Seen


def prepare(path: Path) -> Prepared:
    """Read the whole file. BadPhoto when it is broken, too large, or no photo."""
    # Only the process that reads photos loads what that takes (tests/architecture/test_loaded.py).
    from realstaging.imaging import decode, preview  # noqa: PLC0415
    from realstaging.imaging.look import look  # noqa: PLC0415

    header = decode.header(path)
    pixels = decode.decode(path)
    height, width = pixels.shape[:2]
    web = preview.fitted(pixels, WEB)
    thumb = preview.fitted(pixels, THUMB)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Prepared(
        digest,
        header.mime,
        path.stat().st_size,
        width,
        height,
        preview.webp(web, 82),
        preview.webp(thumb, 80),
        look(web, header),
    )
