"""The photo of a person: a small square of what they send, made in the process that reads what strangers send."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SIDE: Final = 256
"""Pixels: what a page shows at 64, on the densest screens."""
QUALITY: Final = 84


def square(path: Path) -> bytes:
    """The middle of a picture, upright, as WebP without anything but its pixels. BadPhoto where it is none."""
    # Only the process that reads photos loads what that takes (tests/architecture/test_loaded.py).
    from PIL import Image  # noqa: PLC0415

    from realstaging.imaging import decode, preview  # noqa: PLC0415

    pixels = decode.decode(path)
    height, width = pixels.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    picture = preview.fitted(pixels[top : top + side, left : left + side], 2 * SIDE)
    return preview.webp(picture.resize((SIDE, SIDE), Image.Resampling.BOX), QUALITY)
