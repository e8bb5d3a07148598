"""Cursors: a page of a list ends with the id it stopped at, opaque to the caller."""

from __future__ import annotations

import base64
import binascii
from typing import Final
from uuid import UUID

from realstaging.kit.errors import InvalidInput

LARGEST_PAGE: Final = 100


def encode(last: UUID) -> str:
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def decode(cursor: str | None) -> UUID | None:
    """The id a cursor stands for. InvalidInput when it is not one of ours."""
    if cursor is None:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput("This cursor is not one we gave out. Start again without one.") from error
