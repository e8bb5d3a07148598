"""Every statement on sessions and the devices that people sign in from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, structs_of


class Seen(msgspec.Struct, frozen=True):
    """A sign-in as it was just used."""

    id: UUID
    person_id: UUID
    issuer_session: str
    device: str
    address: str
    hour: datetime
    signed_in_at: float


async def see(connection: Connection, seen: Seen) -> bool:
    """Whether this sign-in is new here. One that was ended meanwhile is not written again."""
    return bool(
        await connection.fetchval(
            """insert into sessions (id, person_id, issuer_session, device, address, first_seen, last_seen)
               select $1, $2, $3, $4, $5, $6, $6
               where not exists (select from ended_sessions where id = $1 and ended_at >= to_timestamp($7))
               on conflict (id) do update set device = excluded.device, address = excluded.address,
                 last_seen = greatest(sessions.last_seen, excluded.last_seen)
               returning xmax = 0""",
            seen.id,
            seen.person_id,
            seen.issuer_session,
            seen.device,
            seen.address,
            seen.hour,
            seen.signed_in_at,
        )
    )


async def see_device(connection: Connection, person_id: UUID, device: str, hour: datetime) -> bool:
    """Whether the person has signed in before, and never from this device."""
    return bool(
        await connection.fetchval(
            """with before as (select device from devices where person_id = $1)
               insert into devices (person_id, device, first_seen, last_seen) values ($1, $2, $3, $3)
               on conflict (person_id, device) do update set last_seen = greatest(devices.last_seen, excluded.last_seen)
               returning exists (select from before) and not exists (select from before where before.device = $2)""",
            person_id,
            device,
            hour,
        )
    )


async def forget_sessions_beyond(connection: Connection, person_id: UUID, most: int) -> None:
    """Forget those that were used longest ago, where somebody has more than so many."""
    await connection.execute(
        """delete from sessions where id in (
             select id from sessions
             where id in (select id from sessions where person_id = $1 order by last_seen desc, id offset $2)
             order by id for update)""",
        person_id,
        most,
    )


async def forget_devices_beyond(connection: Connection, person_id: UUID, most: int) -> None:
    """The same."""
    await connection.execute(
        """delete from devices where person_id = $1 and device in (
             select device from devices where person_id = $1
               and device in (select device from devices where person_id = $1 order by last_seen desc, device offset $2)
             order by device for update)""",
        person_id,
        most,
    )


class Listed(msgspec.Struct, frozen=True):
    id: UUID
    device: str
    address: str
    first_seen: datetime
    last_seen: datetime


async def listed(connection: Connection, person_id: UUID, since: datetime) -> list[Listed]:
    """Those used since then, the one used last first."""
    rows = await connection.fetch(
        """select id, device, address, first_seen, last_seen from sessions
           where person_id = $1 and last_seen >= $2 order by last_seen desc, first_seen desc, id""",
        person_id,
        since,
    )
    return structs_of(Listed, rows)


class Removed(msgspec.Struct, frozen=True):
    id: UUID
    issuer_session: str


async def remove(
    connection: Connection, person_id: UUID, ids: Sequence[UUID] | None, but: UUID | None
) -> list[Removed]:
    """Take sessions of a person out: those with these ids, or all; never ``but``."""
    rows = await connection.fetch(
        """delete from sessions where id in (
             select id from sessions where person_id = $1 and ($2::uuid[] is null or id = any($2)) and id is distinct from $3
             order by id for update)
           returning id, issuer_session""",
        person_id,
        ids,
        but,
    )
    return structs_of(Removed, rows)


async def forget(connection: Connection, before: datetime, most: int) -> int:
    """Forget sessions that nobody has used since, at most so many; how many they were."""
    rows = await connection.fetch(
        """delete from sessions where id in (
             select id from sessions where last_seen < $1 order by id limit $2 for update skip locked)
           returning id""",
        before,
        most,
    )
    return len(rows)


async def exported_sessions(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(sessions) - 'issuer_session' as said from sessions
           where person_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        person_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_devices(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select device as at, to_jsonb(devices) as said from devices
           where person_id = $1 and ($2::text is null or device > $2) order by device limit $3""",
        person_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def forget_person(connection: Connection, person_id: UUID) -> int:
    """Delete a person's sessions and devices; how many sessions they had."""
    told: str = await connection.execute(
        "delete from sessions where id in (select id from sessions where person_id = $1 order by id for update)",
        person_id,
    )
    await connection.execute(
        """delete from devices where (person_id, device) in (
             select person_id, device from devices where person_id = $1 order by device for update)""",
        person_id,
    )
    return count_of(told)
