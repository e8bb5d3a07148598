"""How much of a picture is taken. Every part that decodes, announces or tells a limit reads it here."""

from __future__ import annotations

from typing import Final

MAX_PIXELS: Final = 64_500_000
"""What phones and cameras sell as 64 megapixels is up to 9280 x 6944 pixels, and all of those are taken."""
SHORTEST_SIDE: Final = 64
"""Pixels: below this it is an icon."""

MLS_LEAST: Final = 1024
"""Pixels of the long side that listing services ask for (SmartMLS, most others)."""

MLS_MOST: Final = 2048
"""Pixels of the long side that the strictest of them take."""

MLS_BYTES: Final = 3_000_000
"""Bytes that the strictest of them take."""


def small_for_mls(width: int, height: int) -> bool:
    """Whether many listing services refuse a picture of this size."""
    return max(width, height) < MLS_LEAST


def megapixels(pixels: int) -> str:
    """A number of pixels as people say it, for a refusal: never rounded down to the limit that it exceeds."""
    tenths = -(-pixels // 100_000)
    return f"{tenths / 10:g}"


def too_large(width: int, height: int) -> str | None:
    """Why a picture of this size is not taken, with both sizes; None where it is."""
    if width * height <= MAX_PIXELS:
        return None
    return (
        f"This photo has {megapixels(width * height)} megapixels ({width} by {height} pixels); "
        f"the most that can be staged are {megapixels(MAX_PIXELS)}. Export it smaller."
    )


def too_small(width: int, height: int) -> str | None:
    """Why a picture of this size is not taken; None where it is."""
    if min(width, height) >= SHORTEST_SIDE:
        return None
    return (
        f"This photo is only {width} by {height} pixels; each side needs at least {SHORTEST_SIDE}. "
        "Send the original from the camera."
    )


MEMORY: Final = 700_000_000
"""Bytes that a process may take to decode any photo."""
PROCESS: Final = 60_000_000
"""Bytes of that which are the process itself, before it has a photo."""
