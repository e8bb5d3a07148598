"""Decisions about invitations. Pure."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LIFE: Final = timedelta(days=14)
A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 50
"""Letters with invitations that one account has sent in a day."""
MOST_TO_ADDRESS: Final = 3
"""Letters with invitations that one address gets in a day, from all accounts together: nobody is to be buried in them."""
KEPT_FOR: Final = timedelta(days=90)
"""For which an invitation that is over can still be told from one that never was."""
LETTERS: Final = 43
"""Of a token: 256 bits in base64."""


class State(StrEnum):
    """How an invitation stands."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ACCEPTED = "accepted"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token: it has 256 random bits, so that its SHA-256 gives nothing away."""
    return hashlib.sha256(token.encode()).digest()


def state(expires_at: datetime, now: datetime, *, accepted: bool, revoked: bool) -> State:
    if accepted:
        return State.ACCEPTED
    if revoked:
        return State.REVOKED
    return State.OPEN if now < expires_at else State.EXPIRED


def is_theirs(invited: str, address: str, *, verified: bool) -> bool:
    """Whether it was this person who was meant: by an address that the issuer has seen to be theirs, and by no other."""
    return verified and invited.casefold() == address.casefold()
