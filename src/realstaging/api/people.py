"""Who has called this process lately: a person's account is known before any row is read, and their row is not read anew for a
minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from realstaging.domains.accounts.service import Member
from realstaging.runtime.identity import Claims

# People whom a process remembers.
REMEMBERED: Final = 10_000
# Seconds for which what their row said is believed: so long may somebody go on who was taken out of an account meanwhile.
BELIEVED: Final = 60.0


class _Known(NamedTuple):
    member: Member
    until: float


class People:
    """Members by who their tokens say they are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], _Known] = {}

    def remember(self, claims: Claims, member: Member) -> None:
        """Their row was just read."""
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[claims.issuer, claims.subject] = _Known(member, self._clock() + BELIEVED)

    def member(self, claims: Claims) -> Member | None:
        """None where their row is to be read (anew)."""
        known = self._known.get((claims.issuer, claims.subject))
        return known.member if known and known.until > self._clock() else None

    def account(self, claims: Claims) -> str | None:
        """The account they worked in when they called last, however long ago; None for who never did."""
        known = self._known.get((claims.issuer, claims.subject))
        return str(known.member.account.id) if known else None
