"""Every statement on payments, and on what was given back of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.runtime.database import Connection, struct_of, structs_of


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice, or a checkout page that was paid at once, as it was last read at Stripe. ``reference``: `invoice:in_…`, `session:cs_…`.

    ``granted``, ``taken``: credit given for it, and taken back of that.
    """

    reference: str
    id: UUID
    account_id: UUID
    subscription_id: str | None = None
    invoice_id: str | None = None
    pack: str | None = None
    description: str
    state: str
    total_minor: int
    paid_minor: int
    currency: str
    granted: int = 0
    taken: int = 0
    payment_intent: str | None = None
    number: str | None = None
    hosted_url: str | None = None
    pdf_url: str | None = None
    period_start: datetime | None = None
    period_end: datetime | None = None
    failed_at: datetime | None = None
    created_at: datetime
    paid_at: datetime | None = None


class GiveBack(msgspec.Struct, frozen=True, kw_only=True):
    """What was given back of a payment: a refund, what a dispute withdrew, a credit note. ``credit``: to be taken back for
    it; what of that had lapsed was not.
    """

    id: str
    reference: str
    kind: str
    amount_minor: int
    state: str
    reason: str = ""
    credit: int = 0
    created_at: datetime


_PAYMENT = """reference, id, account_id, subscription_id, invoice_id, pack, description, state, total_minor, paid_minor, currency, granted,
  taken, payment_intent, number, hosted_url, pdf_url, period_start, period_end, failed_at, created_at, paid_at"""
_GIVE_BACK = "id, reference, kind, amount_minor, state, reason, credit, created_at"


async def write(connection: Connection, new: Payment, ticket: int) -> None:
    """Write down what was read, unless something later was. What is paid stays paid; what was granted is written by `set_granted`."""
    await connection.execute(
        f"""insert into payments ({_PAYMENT}, ticket)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            on conflict (reference) do update set state = excluded.state, description = excluded.description,
              subscription_id = excluded.subscription_id, invoice_id = coalesce(excluded.invoice_id, payments.invoice_id),
              total_minor = excluded.total_minor, paid_minor = excluded.paid_minor,
              payment_intent = coalesce(excluded.payment_intent, payments.payment_intent), number = coalesce(excluded.number, payments.number),
              hosted_url = coalesce(excluded.hosted_url, payments.hosted_url), pdf_url = coalesce(excluded.pdf_url, payments.pdf_url), period_start = excluded.period_start,
              period_end = excluded.period_end, failed_at = coalesce(payments.failed_at, excluded.failed_at),
              paid_at = coalesce(excluded.paid_at, payments.paid_at), ticket = excluded.ticket
            where payments.ticket < excluded.ticket and (payments.state <> 'paid' or excluded.state = 'paid')""",
        *msgspec.structs.astuple(new),
        ticket,
    )


async def lock(connection: Connection, reference: str) -> Payment | None:
    row = await connection.fetchrow(f"select {_PAYMENT} from payments where reference = $1 for update", reference)
    return struct_of(Payment, row)


async def by_intent(connection: Connection, payment_intent: str) -> Payment | None:
    row = await connection.fetchrow(f"select {_PAYMENT} from payments where payment_intent = $1", payment_intent)
    return struct_of(Payment, row)


async def by_invoice(connection: Connection, invoice_id: str) -> Payment | None:
    row = await connection.fetchrow(f"select {_PAYMENT} from payments where invoice_id = $1", invoice_id)
    return struct_of(Payment, row)


async def set_granted(connection: Connection, reference: str, granted: int) -> None:
    await connection.execute("update payments set granted = $2 where reference = $1", reference, granted)


async def page(connection: Connection, account_id: UUID, before: UUID | None, most: int) -> list[Payment]:
    """The account's payments, newest first."""
    rows = await connection.fetch(
        f"""select {_PAYMENT} from payments where account_id = $1 and ($2::uuid is null or id < $2)
            order by id desc limit $3""",
        account_id,
        before,
        most,
    )
    return structs_of(Payment, rows)


async def of_account(connection: Connection, account_id: UUID) -> list[Payment]:
    """All of them, the oldest first."""
    rows = await connection.fetch(f"select {_PAYMENT} from payments where account_id = $1 order by id", account_id)
    return structs_of(Payment, rows)


async def write_give_back(connection: Connection, new: GiveBack, ticket: int) -> bool:
    """Write down what was read, unless something later was; whether it was. What was taken for it is written by `set_taken`."""
    return bool(
        await connection.fetchval(
            """insert into give_backs (id, reference, kind, amount_minor, state, reason, created_at, ticket)
               values ($1, $2, $3, $4, $5, $6, $7, $8)
               on conflict (id) do update set amount_minor = excluded.amount_minor, state = excluded.state, reason = excluded.reason,
                 ticket = excluded.ticket
               where give_backs.ticket < excluded.ticket returning true""",
            new.id,
            new.reference,
            new.kind,
            new.amount_minor,
            new.state,
            new.reason,
            new.created_at,
            ticket,
        )
    )


async def give_backs(connection: Connection, reference: str) -> list[GiveBack]:
    """What was given back of a payment, the oldest first."""
    rows = await connection.fetch(
        f"select {_GIVE_BACK} from give_backs where reference = $1 order by created_at, id", reference
    )
    return structs_of(GiveBack, rows)


async def give_backs_of(connection: Connection, references: Sequence[str]) -> list[GiveBack]:
    rows = await connection.fetch(
        f"select {_GIVE_BACK} from give_backs where reference = any($1) order by created_at, id", list(references)
    )
    return structs_of(GiveBack, rows)


async def set_taken(connection: Connection, give_back: GiveBack) -> None:
    """What was taken back for it, and of the payment as a whole."""
    await connection.execute("update give_backs set credit = $2 where id = $1", give_back.id, give_back.credit)
    await connection.execute(
        """update payments set taken = (select coalesce(sum(credit), 0) from give_backs where give_backs.reference = payments.reference)
           where reference = $1""",
        give_back.reference,
    )


async def disputed_by(connection: Connection, give_back_id: str) -> UUID | None:
    """Whose payment is disputed; None for what is no dispute."""
    found: UUID | None = await connection.fetchval(
        """select account_id from give_backs join payments using (reference) where give_backs.id = $1 and kind = 'dispute'""",
        give_back_id,
    )
    return found


async def forgive(connection: Connection, give_back_id: str, now: datetime) -> bool:
    """Hold a lost dispute against its account no longer. Whether it was; not where it is none, or was forgiven before."""
    return bool(
        await connection.fetchval(
            """update give_backs set forgiven_at = $2
               where id = $1 and kind = 'dispute' and state = 'back' and forgiven_at is null returning true""",
            give_back_id,
            now,
        )
    )


async def disputes(connection: Connection, account_id: UUID) -> int:
    """Disputes of the account's payments that are open or lost, and not forgiven."""
    return int(
        await connection.fetchval(
            """select count(*) from give_backs join payments using (reference)
               where account_id = $1 and kind = 'dispute' and give_backs.state <> 'undone' and forgiven_at is null""",
            account_id,
        )
    )


async def state_of(connection: Connection, reference: str) -> str | None:
    """None for one that is not known here."""
    found: str | None = await connection.fetchval("select state from payments where reference = $1", reference)
    return found


async def give_back_state(connection: Connection, give_back_id: str) -> str | None:
    """None for what is not known here."""
    found: str | None = await connection.fetchval("select state from give_backs where id = $1", give_back_id)
    return found
