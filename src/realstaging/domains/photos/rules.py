"""What may be uploaded. Pure decisions."""

from __future__ import annotations

from typing import Final

from realstaging.domains.photos.schemas import ItemError, NewFile

TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"})
MAX_BYTES: Final = 50 * 2**20


def refusal(file: NewFile) -> ItemError | None:
    """Why the file cannot be accepted, before a byte of it is sent."""
    if file.type not in TYPES:
        return ItemError(
            "unsupported_type",
            "Only JPEG, PNG, WebP and HEIC photos can be staged. Export the photo as JPEG and try again.",
        )
    if file.size < 1:
        return ItemError("empty_file", "This file is empty. Choose the photo again.")
    if file.size > MAX_BYTES:
        return ItemError("too_large", "This file is larger than 50 MB. Export the photo as JPEG and try again.")
    return None


def same_kind(declared: str, found: str) -> bool:
    """Whether the file is what its sender said. HEIC goes by two names."""
    heic = {"image/heic", "image/heif"}
    return declared == found or {declared, found} <= heic
