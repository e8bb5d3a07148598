"""Who has called this process lately, and what was put down of it: a person's account is known before any row is read, and their row is
not read anew for a minute. Whoever changes what somebody may do tells it (`accounts.ACCESS`), and every process reads it anew at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from realstaging.domains.accounts.service import ACCESS, Member
from realstaging.domains.audit import service as audit
from realstaging.domains.keys import service as keys
from realstaging.domains.keys.service import Bearer
from realstaging.domains.sessions import service as sessions
from realstaging.kit import bearer_texts
from realstaging.runtime import acting
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.wake_ups import EventMessage

# People whom a process remembers, in each account they work in; their devices, their sign-ins, and keys.
REMEMBERED: Final = 10_000
# Seconds for which what their row said is believed where nobody says otherwise: so long may somebody go on who was taken out of an
# account while Valkey was away.
BELIEVED: Final = 60.0
MOST_DEVICES: Final = 50
"""Of one person in a day that are put down by a process: a caller may name itself anew with each request."""
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


class SignIns:
    """Who has signed in today from which device, which sign-ins were used this hour, and which keys: the first request is put down, the others
    cost a look-up. The row decides: two processes put the same down once.
    """

    def __init__(self) -> None:
        self._day = date.min
        self._devices: dict[UUID, set[str]] = {}
        self._keys: dict[UUID, date] = {}
        self._sessions: dict[tuple[UUID, float], datetime] = {}

    async def note(self, platform: Platform, member: Member, claims: Claims) -> None:
        """The member calls, from the device that acts."""
        now = platform.clock()
        await self._note_session(platform, member, claims, sessions.hour_of(now))
        today = now.date()
        if today != self._day or len(self._devices) >= REMEMBERED:
            self._day, self._devices = today, {}
        devices, device = self._devices.setdefault(member.id, set()), acting.current().device
        if device not in devices and len(devices) < MOST_DEVICES:
            await audit.note_sign_in(platform, member)
            devices.add(device)

    async def _note_session(self, platform: Platform, member: Member, claims: Claims, hour: datetime) -> None:
        # Who shows anew who they are in a session that was ended is put down anew.
        which = (claims.session, claims.authenticated_at)
        if self._sessions.get(which) == hour:
            return
        if len(self._sessions) >= REMEMBERED:
            self._sessions.clear()
        await sessions.note(platform, member, claims)
        self._sessions[which] = hour

    async def note_key(self, platform: Platform, key_id: UUID) -> None:
        """This key is used: kept with it, once a day and process."""
        today = platform.clock().date()
        if self._keys.get(key_id) != today:
            if len(self._keys) >= REMEMBERED:
                self._keys.clear()
            await keys.note_use(platform, key_id)
            self._keys[key_id] = today
