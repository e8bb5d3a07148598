"""Sign-ins that were ended: what their tokens say is believed no more, in any process, though the tokens themselves are good.

Every process of the API has them all in memory (`rows_in_memory`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, count_of
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.rows_in_memory import LOOK, RowsInMemory
from realstaging.runtime.wake_ups import EventMessage
from realstaging.runtime.work import Work

KIND: Final = "session.ended"
KEPT: Final = timedelta(days=30)
"""For so long an access token of Auth0's may live at most (2,592,000 s), and a refresh token that nobody has revoked goes on."""
# Rows are seen when they are committed, which is after their time: so much is read again.
LATE: Final = timedelta(minutes=2)


class Told(msgspec.Struct, frozen=True):
    """Sessions that were ended at one moment."""

    ids: list[UUID]
    at: datetime


class EndedSessions(RowsInMemory):
    """What one process knows of them: nothing without a platform."""

    def __init__(self, platform: Platform | None, *, look: float = LOOK) -> None:
        super().__init__(look)
        self._platform = platform
        self._ended: dict[UUID, datetime] = {}
        self._newest: datetime | None = None
        self.told: Callable[[UUID], None] = lambda _: None
        """Called with each that this process learns of."""

    def refuses(self, claims: Claims) -> bool:
        """Whether the sign-in of these claims was ended.

        Who shows anew who they are in the same session of the issuer's is let in again. Where a token does not say when that was, a
        session that has a name stays ended; of sign-ins that cannot be told apart, the tokens are refused that had been given by then.
        """
        ended_at = self._ended.get(claims.session)
        if ended_at is None:
            return False
        if claims.authenticated_at:
            return claims.authenticated_at <= ended_at.timestamp()
        return bool(claims.issuer_session) or claims.issued_at <= ended_at.timestamp()

    def heard(self, event: EventMessage) -> None:
        """A message has come: if it is of ended sessions, they are from now on."""
        if event.kind == KIND:
            told = msgspec.json.decode(event.data, type=Told)
            self._add(dict.fromkeys(told.ids, told.at))

    def _add(self, found: dict[UUID, datetime]) -> None:
        new = [one for one in found if self._ended.get(one) != found[one]]
        self._ended.update(found)
        for one in new:
            self.told(one)

    async def load(self) -> None:
        """Read what was ended since the last time; all of it at the first."""
        if self._platform is None:
            return
        over = self._platform.clock() - KEPT
        since = self._newest - LATE if self._newest else over
        rows = await self._platform.database.fetch(
            "select id, ended_at from ended_sessions where ended_at > $1 order by ended_at", since
        )
        self._add({row["id"]: row["ended_at"] for row in rows})
        self._newest = rows[-1]["ended_at"] if rows else self._newest
        self._ended = {one: at for one, at in self._ended.items() if at > over}


async def end(work: Work, ids: Sequence[UUID]) -> None:
    """End sign-ins, once ``work`` is committed: their tokens are refused everywhere, and their event streams end."""
    await work.connection.execute(
        """insert into ended_sessions (id, ended_at) select id, $2 from unnest($1::uuid[]) as id
           on conflict (id) do update set ended_at = excluded.ended_at""",
        sorted(ids),
        work.now,
    )
    work.tell(KIND, Told(sorted(ids), work.now))


async def forget(database: Connection, now: datetime, most: int) -> int:
    """Delete some of those whose tokens are over; how many."""
    told: str = await database.execute(
        "delete from ended_sessions where id in (select id from ended_sessions where ended_at < $1 order by id limit $2)",
        now - KEPT,
        most,
    )
    return count_of(told)
