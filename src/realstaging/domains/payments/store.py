"""Every statement on customers, on checkout pages and on what Stripe told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, count_of, one, struct_of, structs_of


class Customer(msgspec.Struct, frozen=True):
    """Who an account is at Stripe. ``name``, ``email``: as they are, or will be, told there when it is made; ``generation``: of the one it
    has now, as one that is deleted at Stripe never comes back. ``currency``: what its first payment was in.
    """

    account_id: UUID
    customer_id: str | None
    generation: int
    name: str
    email: str
    asked_at: datetime
    currency: str | None


class Session(msgspec.Struct, frozen=True):
    """A checkout page: of a plan, or of a pack."""

    id: UUID
    account_id: UUID
    session_id: str | None
    plan: str | None
    every: str | None
    seats: int | None
    pack: str | None
    currency: str
    state: str
    url: str | None
    created_at: datetime
    expires_at: datetime


class Told(msgspec.Struct, frozen=True):
    """An event that Stripe told, as far as anybody needs it: what happened to which object."""

    id: str
    type: str
    object_id: str
    api_version: str | None
    created_at: datetime


_CUSTOMER = "account_id, customer_id, generation, name, email, asked_at, currency"
_SESSION = "id, account_id, session_id, plan, every, seats, pack, currency, state, url, created_at, expires_at"


async def next_ticket(connection: Connection) -> int:
    """Taken before an object is read at Stripe: a later one is of a later reading."""
    return int(await connection.fetchval("select nextval('stripe_reads')"))


async def ask_customer(connection: Connection, asked: Customer) -> Customer:
    """The account's row, locked: as it is, or as ``asked`` where there is none."""
    await connection.execute(
        """insert into customers (account_id, name, email, asked_at, created_at) values ($1, $2, $3, $4, $4)
           on conflict do nothing""",
        asked.account_id,
        asked.name,
        asked.email,
        asked.asked_at,
    )
    row = await connection.fetchrow(
        f"select {_CUSTOMER} from customers where account_id = $1 for update", asked.account_id
    )
    return struct_of(Customer, one(row))


async def ask_again(connection: Connection, asked: Customer) -> Customer:
    """Ask for another customer, in a new generation: under a key of its own at Stripe."""
    row = await connection.fetchrow(
        f"""update customers set customer_id = null, generation = generation + 1, name = $2, email = $3, asked_at = $4
            where account_id = $1 returning {_CUSTOMER}""",
        asked.account_id,
        asked.name,
        asked.email,
        asked.asked_at,
    )
    return struct_of(Customer, one(row))


async def lock_customer(connection: Connection, account_id: UUID) -> Customer | None:
    """The account's row, locked until the transaction ends; None where it never had to do with money."""
    row = await connection.fetchrow(f"select {_CUSTOMER} from customers where account_id = $1 for update", account_id)
    return struct_of(Customer, row)


async def customer(connection: Connection, account_id: UUID) -> Customer | None:
    row = await connection.fetchrow(f"select {_CUSTOMER} from customers where account_id = $1", account_id)
    return struct_of(Customer, row)


async def account_of(connection: Connection, customer_id: str) -> UUID | None:
    """Whose customer it is."""
    found: UUID | None = await connection.fetchval(
        "select account_id from customers where customer_id = $1", customer_id
    )
    return found


async def is_account(connection: Connection, account_id: UUID) -> bool:
    """Whether there is such an account, and it is not erased."""
    return bool(await connection.fetchval("select true from accounts where id = $1 and erased_at is null", account_id))


async def set_customer(connection: Connection, account_id: UUID, customer_id: str) -> str:
    """Keep which one it is, unless it is known; which one is kept. The row is locked."""
    kept: str = await connection.fetchval(
        "update customers set customer_id = coalesce(customer_id, $2) where account_id = $1 returning customer_id",
        account_id,
        customer_id,
    )
    return kept


async def adopt(connection: Connection, account_id: UUID, customer_id: str, now: datetime) -> None:
    """Write down a customer of an account that has no row, or none at Stripe."""
    await connection.execute(
        """insert into customers (account_id, customer_id, name, email, asked_at, created_at) values ($1, $2, '', '', $3, $3)
           on conflict (account_id) do update set customer_id = coalesce(customers.customer_id, excluded.customer_id)""",
        account_id,
        customer_id,
        now,
    )


async def lose_customer(connection: Connection, customer_id: str) -> UUID | None:
    """It is deleted at Stripe, and nobody's any more. Whose it was; `ask_again` is to follow."""
    found: UUID | None = await connection.fetchval(
        "update customers set customer_id = null where customer_id = $1 returning account_id", customer_id
    )
    return found


async def fix_currency(connection: Connection, account_id: UUID, currency: str) -> None:
    """What the account pays in, from its first payment on."""
    await connection.execute(
        "update customers set currency = $2 where account_id = $1 and currency is null", account_id, currency
    )


async def customers(connection: Connection, after: UUID | None, most: int) -> list[Customer]:
    """Those with a customer at Stripe, in their order, after one."""
    rows = await connection.fetch(
        f"""select {_CUSTOMER} from customers
            where customer_id is not null and ($1::uuid is null or account_id > $1) order by account_id limit $2""",
        after,
        most,
    )
    return structs_of(Customer, rows)


async def sessions_since(connection: Connection, account_id: UUID, since: datetime) -> int:
    """How many checkout pages the account has got. What came to none, as Stripe was away, keeps nobody from trying again."""
    return int(
        await connection.fetchval(
            "select count(session_id) from checkout_sessions where account_id = $1 and created_at > $2",
            account_id,
            since,
        )
    )


async def insert_session(connection: Connection, new: Session) -> None:
    await connection.execute(
        """insert into checkout_sessions (id, account_id, plan, every, seats, pack, currency, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        new.id,
        new.account_id,
        new.plan,
        new.every,
        new.seats,
        new.pack,
        new.currency,
        new.created_at,
        new.expires_at,
    )


async def set_session(connection: Connection, session: Session) -> None:
    """Where the page is."""
    await connection.execute(
        "update checkout_sessions set session_id = $2, url = $3 where id = $1",
        session.id,
        session.session_id,
        session.url,
    )


async def open_plan_sessions(connection: Connection, account_id: UUID, now: datetime) -> list[Session]:
    """Pages of plans that may still be paid."""
    rows = await connection.fetch(
        f"""select {_SESSION} from checkout_sessions
            where account_id = $1 and plan is not null and state = 'open' and session_id is not null and expires_at > $2
            order by id""",
        account_id,
        now,
    )
    return structs_of(Session, rows)


async def session(connection: Connection, session_id: str) -> Session | None:
    row = await connection.fetchrow(f"select {_SESSION} from checkout_sessions where session_id = $1", session_id)
    return struct_of(Session, row)


async def session_of(connection: Connection, ours: UUID) -> Session | None:
    """By our own id, which Stripe is told."""
    row = await connection.fetchrow(f"select {_SESSION} from checkout_sessions where id = $1", ours)
    return struct_of(Session, row)


async def set_session_state(connection: Connection, session: Session, state: str, ticket: int) -> bool:
    """What has become of it, by a reading later than the one before. Whether it was. What is paid stays paid."""
    return bool(
        await connection.fetchval(
            """update checkout_sessions set state = case when state = 'paid' then state else $2 end, session_id = coalesce(session_id, $3),
                 ticket = $4 where id = $1 and ticket < $4 returning true""",
            session.id,
            state,
            session.session_id,
            ticket,
        )
    )


async def forget_sessions(connection: Connection, before: datetime, most: int) -> int:
    """Forget pages that nothing came of; how many."""
    told: str = await connection.execute(
        """delete from checkout_sessions where id in (
             select id from checkout_sessions where expires_at < $1 and state in ('open', 'over') order by id limit $2
             for update skip locked)""",
        before,
        most,
    )
    return count_of(told)


async def take_event(connection: Connection, told: Told, now: datetime) -> bool:
    """Keep what Stripe told; whether it is new."""
    return bool(
        await connection.fetchval(
            """insert into stripe_events (id, type, object_id, api_version, created_at, received_at)
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning true""",
            told.id,
            told.type,
            told.object_id,
            told.api_version,
            told.created_at,
            now,
        )
    )


async def open_event(connection: Connection, event_id: str) -> Told | None:
    """An event that was not handled yet."""
    row = await connection.fetchrow(
        "select id, type, object_id, api_version, created_at from stripe_events where id = $1 and handled_at is null",
        event_id,
    )
    return struct_of(Told, row)


async def end_event(connection: Connection, event_id: str, outcome: str, now: datetime) -> None:
    await connection.execute(
        "update stripe_events set handled_at = $3, outcome = $2 where id = $1 and handled_at is null",
        event_id,
        outcome,
        now,
    )


async def forget_events(connection: Connection, before: datetime, most: int) -> int:
    """Forget what Stripe told long ago; how many."""
    told: str = await connection.execute(
        """delete from stripe_events where id in (
             select id from stripe_events where received_at < $1 and handled_at is not null order by id limit $2
             for update skip locked)""",
        before,
        most,
    )
    return count_of(told)
