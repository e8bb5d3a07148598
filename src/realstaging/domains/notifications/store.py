"""Every statement on letters, choices and suppressed addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.notifications.letters import AnyLetter
from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, struct_of, structs_of


class NewRow(msgspec.Struct, frozen=True):
    """A letter to be kept; ``reason`` where it is over already."""

    id: UUID
    account_id: UUID | None
    kind: str
    dedupe_key: str
    address_digest: bytes
    letter: AnyLetter
    message_id: str
    state: str
    reason: str | None
    created_at: datetime


async def insert(connection: Connection, row: NewRow) -> bool:
    """Whether it is the first of its key."""
    inserted = await connection.fetchval(
        """insert into letters (id, account_id, kind, dedupe_key, address_digest, letter, message_id, state, reason, created_at, over_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8::text, $9, $10::timestamptz, case when $8::text <> 'waiting' then $10::timestamptz end)
           on conflict (dedupe_key) do nothing returning true""",
        *(getattr(row, field) for field in NewRow.__struct_fields__),
    )
    return bool(inserted)


class Waiting(msgspec.Struct, frozen=True):
    """A letter to be sent, and what there is against that."""

    id: UUID
    account_id: UUID | None
    address_digest: bytes
    letter: AnyLetter
    message_id: str
    turn: int
    created_at: datetime
    suppressed: bool
    unwanted: bool


async def waiting(connection: Connection, letter_id: UUID, turn: int) -> Waiting | None:
    """None where it is over, or another job's by now."""
    row = await connection.fetchrow(
        """select letters.id, account_id, address_digest, letter, message_id, turn, letters.created_at,
             exists (select from suppressed_addresses where suppressed_addresses.address_digest = letters.address_digest) as suppressed,
             exists (select from letter_choices where letter_choices.address_digest = letters.address_digest
                       and letter_choices.kind = letters.kind and not wanted) as unwanted
           from letters where letters.id = $1 and turn = $2 and state = 'waiting'""",
        letter_id,
        turn,
    )
    return struct_of(Waiting, row)


async def sent_to_address(connection: Connection, digest: bytes, since: datetime, most: int) -> list[datetime]:
    """When the newest letters to an address were sent, newest first."""
    rows = await connection.fetch(
        "select over_at from letters where state = 'sent' and address_digest = $1 and over_at > $2 order by over_at desc limit $3",
        digest,
        since,
        most,
    )
    return [row["over_at"] for row in rows]


async def sent_of_account(
    connection: Connection, account_id: UUID | None, since: datetime, most: int
) -> list[datetime]:
    """As `sent_to_address`, of an account."""
    rows = await connection.fetch(
        "select over_at from letters where state = 'sent' and account_id = $1 and over_at > $2 order by over_at desc limit $3",
        account_id,
        since,
        most,
    )
    return [row["over_at"] for row in rows]


class Outcome(msgspec.Struct, frozen=True):
    """How a letter ends: its state, and why."""

    state: str
    reason: str | None


async def end(connection: Connection, letter_id: UUID, turn: int, outcome: Outcome, at: datetime) -> bool:
    """Whether it was this try's to end."""
    ended = await connection.fetchval(
        # What the link of an invitation ends with opens an account: of what is over nobody keeps it.
        """update letters set state = $3, reason = $4, over_at = $5,
             letter = case when kind = 'invitation' then jsonb_set(letter, '{path}', '"/invitations/"') else letter end
           where id = $1 and turn = $2 and state = 'waiting' returning true""",
        letter_id,
        turn,
        outcome.state,
        outcome.reason,
        at,
    )
    return bool(ended)


async def put_off(connection: Connection, letter_id: UUID, turn: int, reason: str) -> bool:
    """Give the letter to the next try. Whether it was this one's."""
    given = await connection.fetchval(
        "update letters set turn = turn + 1, reason = $3 where id = $1 and turn = $2 and state = 'waiting' returning true",
        letter_id,
        turn,
        reason,
    )
    return bool(given)


async def suppress(connection: Connection, digest: bytes, reason: str, told_by: str) -> bool:
    """Nothing is sent to this address any more. Whether that is new."""
    new = await connection.fetchval(
        """insert into suppressed_addresses (address_digest, reason, told_by) values ($1, $2, $3)
           on conflict (address_digest) do nothing returning true""",
        digest,
        reason,
        told_by,
    )
    return bool(new)


async def suppressed(connection: Connection, digest: bytes) -> str | None:
    """Why nothing is sent to this address."""
    reason: str | None = await connection.fetchval(
        "select reason from suppressed_addresses where address_digest = $1", digest
    )
    return reason


async def lift(connection: Connection, digest: bytes) -> bool:
    """Write to this address again. Whether that is new."""
    lifted = await connection.fetchval(
        "delete from suppressed_addresses where address_digest = $1 returning true", digest
    )
    return bool(lifted)


async def unwanted(connection: Connection, digest: bytes) -> set[str]:
    """The kinds that were switched off for this address."""
    rows = await connection.fetch("select kind from letter_choices where address_digest = $1 and not wanted", digest)
    return {row["kind"] for row in rows}


async def choose(connection: Connection, digest: bytes, kinds: Sequence[str], wanted: Sequence[bool]) -> None:
    await connection.execute(
        """insert into letter_choices (address_digest, kind, wanted)
           select $1, kind, wanted from unnest($2::text[], $3::boolean[]) as chosen (kind, wanted) order by kind
           on conflict (address_digest, kind) do update set wanted = excluded.wanted, changed_at = now()""",
        digest,
        list(kinds),
        list(wanted),
    )


class Kept(msgspec.Struct, frozen=True):
    """A letter as the outbox shows it: to whom, nobody is told."""

    id: UUID
    kind: str
    state: str
    turn: int
    reason: str | None
    created_at: datetime
    over_at: datetime | None


async def newest(connection: Connection, most: int) -> list[Kept]:
    rows = await connection.fetch(
        "select id, kind, state, turn, reason, created_at, over_at from letters order by id desc limit $1", most
    )
    return structs_of(Kept, rows)


async def forget(connection: Connection, before: datetime, most: int) -> int:
    """Delete letters that were over before then; how many they were."""
    told: str = await connection.execute(
        "delete from letters where id in (select id from letters where over_at < $1 order by id limit $2 for update)",
        before,
        most,
    )
    return count_of(told)


async def give_up_before(connection: Connection, before: datetime, reason: str, at: datetime, most: int) -> int:
    """End letters that were asked for before then and are not over; how many they were."""
    told: str = await connection.execute(
        """update letters set state = 'given_up', reason = $2, over_at = $3
           where id in (select id from letters where state = 'waiting' and created_at < $1 order by id limit $4 for update)""",
        before,
        reason,
        at,
        most,
    )
    return count_of(told)


async def oldest_waiting(connection: Connection) -> timedelta | None:
    """How long the oldest letter that is not over has waited."""
    age: timedelta | None = await connection.fetchval(
        "select now() - min(created_at) from letters where state = 'waiting'"
    )
    return age


# Not the link of an invitation, which opens an account: whoever may read what an account has may not be who may make somebody its owner.
EXPORTED: Final = """select id::text as at,
    case when kind = 'invitation' then jsonb_set(to_jsonb(letters), '{letter,path}', '"/invitations/"') else to_jsonb(letters) end
      - array['address_digest', 'dedupe_key'] as said
  from letters"""


async def exported(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        f"""{EXPORTED} where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_to(connection: Connection, digest: bytes, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        f"""{EXPORTED} where address_digest = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        digest,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def erase(connection: Connection, account_id: UUID, most: int) -> int:
    told: str = await connection.execute(
        "delete from letters where id in (select id from letters where account_id = $1 order by id limit $2 for update)",
        account_id,
        most,
    )
    return count_of(told)


async def erase_to(connection: Connection, digest: bytes, most: int) -> int:
    """Delete letters to an address, whichever account they were about."""
    told: str = await connection.execute(
        "delete from letters where id in (select id from letters where address_digest = $1 order by id limit $2 for update)",
        digest,
        most,
    )
    return count_of(told)


async def erase_choices(connection: Connection, digest: bytes) -> int:
    told: str = await connection.execute(
        """delete from letter_choices where (address_digest, kind) in (
             select address_digest, kind from letter_choices where address_digest = $1 order by kind for update)""",
        digest,
    )
    return count_of(told)
