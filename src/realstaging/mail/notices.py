"""What providers tell of letters that were taken and did not arrive, or were not wanted: verified, then read.

One reader for each provider whose secret is set; without one there is nobody to believe, and nothing is listened to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

Reason = Literal["bounce", "complaint"]


class Notice(msgspec.Struct, frozen=True):
    """Nobody is at this address (`bounce`), or who is called a letter spam (`complaint`)."""

    address: str
    reason: Reason


class Reader(Protocol):
    """How one provider's notices are verified and read."""

    async def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Notice]:
        """What a notice says; nothing where it is about something else. Forged where it is not the provider's. Names of headers are in
        small letters.
        """
        ...
