"""What may be uploaded. Pure decisions."""

from __future__ import annotations

from typing import Final

from realstaging.domains.photos.schemas import ItemError, NewFile
from realstaging.imaging import kinds

MAX_BYTES: Final = 50 * 2**20


def refusal(file: NewFile) -> ItemError | None:
    """Why the file cannot be accepted, before a byte of it is sent."""
    if kinds.declared(file.type) is None:
        return ItemError("unsupported_type", kinds.words(file.type))
    if file.size < 1:
        return ItemError("empty_file", "This file is empty. Choose the photo again.")
    if file.size > MAX_BYTES:
        return ItemError("too_large", "This file is larger than 50 MB. Export the photo as JPEG and try again.")
    return None


def sent_as(file: NewFile) -> str:
    """The content type that the address of an accepted file is signed for. What the file is, its content decides later."""
    return kinds.declared(file.type) or kinds.UNSAID
