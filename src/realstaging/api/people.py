"""Who has called this process lately: a person's account is known before any row is read, and their row is not read anew for a
minute. Whoever changes what somebody may do tells it (`accounts.ACCESS`), and every process reads it anew at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple
from uuid import UUID

from realstaging.domains.accounts.service import ACCESS, Member
from realstaging.domains.keys import service as keys
from realstaging.domains.keys.service import Bearer
from realstaging.kit import bearer_texts
from realstaging.runtime.identity import Claims
from realstaging.runtime.wake_ups import EventMessage

# People whom a process remembers, in each account they work in.
REMEMBERED: Final = 10_000
# Seconds for which what their row said is believed where nobody says otherwise: so long may somebody go on who was taken out of an
# account while Valkey was away.
BELIEVED: Final = 60.0
# Events after which nobody is what they were, and streams are let in anew.
ENDING: Final = ACCESS | {keys.CHANGED}


class _Known(NamedTuple):
    member: Member
    until: float


class _KnownBearer(NamedTuple):
    bearer: Bearer
    until: float


class People:
    """Members by who their tokens say they are, and the account that their request names; and who bears a key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str, UUID | None], _Known] = {}
        self._bearers: dict[bytes, _KnownBearer] = {}
        self.edition = 0
        """How often something was forgotten: what was begun to be read before is not to be remembered after."""

    def remember(
        self, claims: Claims, member: Member, account_id: UUID | None = None, *, edition: int | None = None
    ) -> None:
        """Their row was just read; ``edition`` as it was before that."""
        if edition is not None and edition != self.edition:
            return
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[claims.issuer, claims.subject, account_id] = _Known(member, self._clock() + BELIEVED)

    def member(self, claims: Claims, account_id: UUID | None = None) -> Member | None:
        """None where their row is to be read (anew)."""
        known = self._known.get((claims.issuer, claims.subject, account_id))
        return known.member if known and known.until > self._clock() else None

    def remember_bearer(self, key: str, bearer: Bearer, *, edition: int) -> None:
        """What this key opens was just read; ``edition`` as it was before that."""
        if edition != self.edition:
            return
        if len(self._bearers) >= REMEMBERED:
            self._bearers.clear()
        self._bearers[bearer_texts.digest(key)] = _KnownBearer(bearer, self._clock() + BELIEVED)

    def bearer(self, key: str) -> Bearer | None:
        """Who bears this key; None where its row is to be read (anew)."""
        known = self._bearers.get(bearer_texts.digest(key))
        return known.bearer if known and known.until > self._clock() else None

    def account(self, claims: Claims, account_id: UUID | None = None) -> str | None:
        """The account they worked in when they called last, however long ago; None for who never did."""
        known = self._known.get((claims.issuer, claims.subject, account_id))
        return str(known.member.account.id) if known else None

    def heard(self, event: EventMessage) -> None:
        """Something was told of an account: if it is who may what there, nothing that was read of it holds any more."""
        if event.kind in ENDING:
            self.edition += 1
            # Test accounts have no events of their own people: what is known of those is little, and read anew.
            self._known = {
                who: known
                for who, known in self._known.items()
                if known.member.account.id != event.account_id and not known.member.account.test
            }
            self._bearers = {
                digest: known
                for digest, known in self._bearers.items()
                if event.account_id not in {known.bearer.listed_in, known.bearer.member.account.id}
            }

    def missed(self) -> None:
        """Something may have been told that was not heard."""
        self.edition += 1
        self._known.clear()
        self._bearers.clear()
