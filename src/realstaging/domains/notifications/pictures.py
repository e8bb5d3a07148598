"""Small pictures that come with a letter. They are part of it: a link to a file would show the picture to whoever has the letter, for
as long as the link is good, or be dead when the letter is read.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

LONG_SIDE: Final = 512
QUALITY: Final = 72


def small(data: bytes) -> bytes:
    """A finished picture's own small file (WebP, which Outlook does not show) as a smaller JPEG without anything besides its pixels."""
    from PIL import Image  # noqa: PLC0415 - in a process for pixels

    with Image.open(BytesIO(data)) as picture:
        shown = picture.convert("RGB")
        shown.thumbnail((LONG_SIDE, LONG_SIDE))
        written = BytesIO()
        shown.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
