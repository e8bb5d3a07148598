"""Every statement on subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.billing.offers import Every
from realstaging.domains.payments.rules import Held, Status, Subscribed
from realstaging.runtime.database import Connection, structs_of


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription as it was last read at Stripe. ``next_…``: what it will be for from ``next_at`` on. ``by_request``: it was ended, or
    made smaller, by somebody of the account, and not for want of a payment. ``resumes_at``: when a pause ends by itself. ``unpaid``: the
    invoice of the period it is in is void, as those are that come in a pause; told by its payments, not by its row.
    """

    id: str
    account_id: UUID
    status: Status
    plan: str
    every: Every
    seats: int
    currency: str
    item_id: str
    anchor: datetime
    period_start: datetime
    period_end: datetime
    trial_end: datetime | None
    cancels_at: datetime | None
    late_since: datetime | None
    paused_at: datetime | None
    schedule_id: str | None
    next_plan: str | None = None
    next_every: Every | None = None
    next_seats: int | None = None
    next_at: datetime | None = None
    by_request: bool = False
    ended_at: datetime | None = None
    created_at: datetime
    resumes_at: datetime | None = None
    unpaid: bool = False

    @property
    def rests_from(self) -> datetime | None:
        """From when on nothing of it is there, as it is paused, or the period after a pause was not paid."""
        if self.unpaid:
            return min(self.period_start, self.paused_at or self.period_start)
        return self.paused_at

    def is_late_for(self, period_start: datetime) -> bool:
        """Whether it was late with that period already."""
        return self.status is Status.PAST_DUE and self.period_start == period_start

    @property
    def held(self) -> Held:
        return Held(self.plan, self.every, self.seats)

    @property
    def next(self) -> Held | None:
        """What it will be for."""
        if self.next_plan is None or self.next_every is None or self.next_seats is None:
            return None
        return Held(self.next_plan, self.next_every, self.next_seats)

    @property
    def subscribed(self) -> Subscribed:
        """As decisions are made about it."""
        return Subscribed(
            id=self.id,
            held=self.held,
            status=self.status,
            period_start=self.period_start,
            period_end=self.period_end,
            late_since=self.late_since,
            paused_at=self.rests_from,
            created_at=self.created_at,
        )


_COLUMNS = """id, account_id, status, plan, every, seats, currency, item_id, anchor, period_start, period_end, trial_end, cancels_at,
  late_since, paused_at, schedule_id, next_plan, next_every, next_seats, next_at, by_request, ended_at, created_at,
  resumes_at"""
_UNPAID = """exists (
  select from payments where payments.subscription_id = subscriptions.id and payments.state = 'void'
    and payments.period_start = subscriptions.period_start) as unpaid"""


async def write(connection: Connection, new: Subscription, ticket: int) -> bool:
    """Write down what was read; whether it was, as nothing later had been read before.

    Since when it is late, and until when it was paid when it was paused, is kept from the first reading that finds it so.
    """
    return bool(
        await connection.fetchval(
            f"""insert into subscriptions ({_COLUMNS}, ticket)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
                on conflict (id) do update set status = excluded.status, plan = excluded.plan, every = excluded.every,
                  seats = excluded.seats, currency = excluded.currency, item_id = excluded.item_id, anchor = excluded.anchor,
                  period_start = excluded.period_start, period_end = excluded.period_end, trial_end = excluded.trial_end,
                  cancels_at = excluded.cancels_at, schedule_id = excluded.schedule_id, next_plan = excluded.next_plan,
                  next_every = excluded.next_every, next_seats = excluded.next_seats, next_at = excluded.next_at,
                  by_request = excluded.by_request, ended_at = excluded.ended_at, resumes_at = excluded.resumes_at, ticket = excluded.ticket,
                  late_since = case when excluded.late_since is not null then coalesce(subscriptions.late_since, excluded.late_since) end,
                  paused_at = case when excluded.paused_at is not null then coalesce(subscriptions.paused_at, excluded.paused_at) end
                where subscriptions.ticket < excluded.ticket
                returning true""",
            *msgspec.structs.astuple(new)[:-1],
            ticket,
        )
    )


async def of_account(connection: Connection, account_id: UUID) -> list[Subscription]:
    """All of them, the newest first."""
    rows = await connection.fetch(
        f"select {_COLUMNS}, {_UNPAID} from subscriptions where account_id = $1 order by created_at desc, id",
        account_id,
    )
    return structs_of(Subscription, rows)


async def accounts_at_a_turn(connection: Connection, now: datetime, after: UUID, most: int) -> list[UUID]:
    """Accounts whose plan may be another by time alone: a subscription is alive in which a moment has passed that matters."""
    rows = await connection.fetch(
        """select account_id from subscriptions
           where ended_at is null and account_id > $2 and (period_end < $1 or late_since is not null or paused_at is not null)
           group by account_id order by account_id limit $3""",
        now,
        after,
        most,
    )
    return [row["account_id"] for row in rows]


async def mark_extra(connection: Connection, account_id: UUID, ids: Sequence[str], now: datetime) -> list[str]:
    """These, and no others of the account's that have not ended, are one too many; which of them were not before."""
    rows = await connection.fetch(
        """with before as (
             select id from subscriptions
             where account_id = $1 and ended_at is null and extra_at is null and id = any($2)),
           marked as (
             update subscriptions set extra_at = case when id = any($2) then coalesce(extra_at, $3) end
             where account_id = $1 and ended_at is null)
           select id from before order by id""",
        account_id,
        list(ids),
        now,
    )
    return [row["id"] for row in rows]


async def is_extra(connection: Connection, subscription_id: str) -> bool:
    return bool(
        await connection.fetchval("select extra_at is not null from subscriptions where id = $1", subscription_id)
    )


async def extra_left(connection: Connection, account_id: UUID | None = None) -> list[str]:
    """Of an account or of all: those that are one too many and still to be ended, or of which something paid is still to be given back."""
    rows = await connection.fetch(
        """select id from subscriptions
           where extra_at is not null and ($1::uuid is null or account_id = $1)
             and (ended_at is null or exists (
               select from payments where payments.subscription_id = subscriptions.id and payments.state = 'paid'
                 and payments.paid_minor > (
                   select coalesce(sum(amount_minor), 0) from give_backs
                   where give_backs.reference = payments.reference and give_backs.state <> 'undone')))
           order by id""",
        account_id,
    )
    return [row["id"] for row in rows]
