"""Every statement by which what is kept of payments is exported and erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.account_data import Exported
from realstaging.runtime.database import Connection, count_of, structs_of


async def exported_customers(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select account_id::text as at, to_jsonb(customers) as said from customers
           where account_id = $1 and ($2::text is null or account_id > $2::text::uuid) limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_sessions(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select id::text as at, to_jsonb(checkout_sessions) - array['ticket', 'url'] as said from checkout_sessions
           where account_id = $1 and ($2::text is null or id > $2::text::uuid) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_subscriptions(
    connection: Connection, account_id: UUID, after: str | None, most: int
) -> list[Exported]:
    rows = await connection.fetch(
        """select id as at, to_jsonb(subscriptions) - 'ticket' as said from subscriptions
           where account_id = $1 and ($2::text is null or id > $2) order by id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


async def exported_payments(connection: Connection, account_id: UUID, after: str | None, most: int) -> list[Exported]:
    rows = await connection.fetch(
        """select payments.id::text as at, to_jsonb(payments) - 'ticket' || jsonb_build_object('given_back', coalesce((
             select jsonb_agg(to_jsonb(give_backs) - 'ticket' order by give_backs.id) from give_backs
             where give_backs.reference = payments.reference), '[]')) as said
           from payments where account_id = $1 and ($2::text is null or payments.id > $2::text::uuid)
           order by payments.id limit $3""",
        account_id,
        after,
        most,
    )
    return structs_of(Exported, rows)


class Erased(msgspec.Struct, frozen=True):
    """A customer whose row is gone. ``customer_id``: None where it never arrived; ``asked_at``: when Stripe was asked to make one."""

    customer_id: str | None
    asked_at: datetime


async def erase_customer(connection: Connection, account_id: UUID) -> list[Erased]:
    """Delete the account's customer: which one it was. Empty where there is no row."""
    rows = await connection.fetch(
        "delete from customers where account_id = $1 returning customer_id, asked_at", account_id
    )
    return structs_of(Erased, rows)


async def erase_sessions(connection: Connection, account_id: UUID, most: int) -> int:
    told: str = await connection.execute(
        """delete from checkout_sessions where id in (
             select id from checkout_sessions where account_id = $1 order by id limit $2 for update)""",
        account_id,
        most,
    )
    return count_of(told)


async def erase_subscriptions(connection: Connection, account_id: UUID, most: int) -> int:
    told: str = await connection.execute(
        """delete from subscriptions where id in (
             select id from subscriptions where account_id = $1 order by id limit $2 for update)""",
        account_id,
        most,
    )
    return count_of(told)


async def unlink_payments(connection: Connection, account_id: UUID) -> None:
    """Forget where their documents are."""
    await connection.execute(
        """update payments set hosted_url = null, pdf_url = null
           where account_id = $1 and (hosted_url is not null or pdf_url is not null)""",
        account_id,
    )
