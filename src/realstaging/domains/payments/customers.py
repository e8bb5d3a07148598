"""Who an account is at Stripe: one customer, however many ask at once, and found again where our note of it was lost.

the account's row locked    what is to be asked is written down: the same words at every try
Stripe                      makes the customer under the account's own key; sent twice, it is one
the account's row locked    which one it is is kept; who comes second keeps the first
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Permission
from realstaging.domains.payments import records, store
from realstaging.domains.payments.store import Customer
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work, transaction
from realstaging.stripe.errors import NothingThere

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe

UNDER_WAY: Final = timedelta(minutes=10)
"""Longer than any request of ours lasts: what came of it can be looked for by then. Its key is of no more use, as Stripe tells a failure
again to each who asks with it, for a day (https://docs.stripe.com/api/idempotent_requests)."""
CLOCKS_APART: Final = timedelta(hours=1)
"""By so much Stripe's clock may differ from ours where somebody is looked for by when they came."""


async def of(platform: Platform, at: Stripe, account_id: UUID) -> str:
    """The account's customer, made at the first use."""
    async with transaction(platform) as work:
        row = await store.ask_customer(work.connection, await as_now(work, account_id))
    if row.customer_id:
        return row.customer_id
    if platform.clock() - row.asked_at > UNDER_WAY:
        if found := await made_for(at, account_id, row.asked_at):
            return await _keep(platform, account_id, found[0])
        async with transaction(platform) as work:
            locked = await store.ask_customer(work.connection, row)
            same = locked.generation == row.generation and locked.customer_id is None
            row = await store.ask_again(work.connection, await as_now(work, account_id)) if same else locked
    from realstaging.stripe.customers import NewCustomer  # noqa: PLC0415 - the SDK is loaded where people can pay

    new = NewCustomer(row.email, row.name, {records.ACCOUNT: str(account_id)})
    made = await at.customers.create(new, f"customer:{account_id}:{row.generation}")
    return await _keep(platform, account_id, made.id)


async def as_now(work: Work, account_id: UUID) -> Customer:
    """As its longest owner is called, at the address they sign in with."""
    owners = await accounts.contacts_with(work.connection, account_id, Permission.BILLING)
    email = owners[0].email if owners else ""
    name = (await accounts.shown(work.connection, account_id)).name
    return Customer(account_id, None, 1, name, email, work.now, None)


async def _keep(platform: Platform, account_id: UUID, customer_id: str) -> str:
    async with transaction(platform) as work:
        await store.lock_customer(work.connection, account_id)
        return await store.set_customer(work.connection, account_id, customer_id)


async def made_for(at: Stripe, account_id: UUID, asked_at: datetime) -> list[str]:
    """Who was made for an account that asked then, and whose id never arrived here; by the time, as not every account has an address."""
    until = asked_at + UNDER_WAY + CLOCKS_APART
    found = await at.customers.since(asked_at - CLOCKS_APART, until)
    return [one.id for one in found if records.account_of(one.metadata) == account_id and not one.deleted]


async def is_gone(at: Stripe, customer_id: str) -> bool:
    """Whether it is deleted at Stripe, or not known there at all."""
    try:
        return (await at.customers.one(customer_id)).deleted
    except NothingThere:
        return True


async def forget(at: Stripe, customer_id: str) -> None:
    """Delete a customer at Stripe: subscriptions end at once, nothing is charged any more. Done again, it is the same."""
    if not await is_gone(at, customer_id):
        await at.customers.delete(customer_id, f"forget:{customer_id}")
