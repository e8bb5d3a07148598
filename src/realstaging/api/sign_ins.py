"""Who has signed in today from which device, which sign-ins were used this hour, and which keys: the first request is put down, the
others cost a look-up.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from realstaging.domains.accounts.service import Member
from realstaging.domains.audit import service as audit
from realstaging.domains.keys import service as keys
from realstaging.domains.sessions import service as sessions
from realstaging.runtime import acting
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform

# People whose devices a process remembers.
REMEMBERED: Final = 10_000
MOST_DEVICES: Final = 50
"""Of one person in a day that are put down by a process: a caller may name itself anew with each request."""


class SignIns:
    """What this process has put down today. The row decides: two processes put the same down once."""

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
