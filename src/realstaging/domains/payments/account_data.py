"""What is kept of payments, for exports and erasures (decision 105)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from realstaging.domains.payments import account_data_store, customers, following
from realstaging.domains.payments.payloads import ForgetAsked, ForgetCustomer
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.jobs import Claim
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work

log = structlog.get_logger()

LATER: Final = timedelta(hours=1)
"""Each time it is given up leaves a dead job: few in an outage of hours, and yet soon enough for what renews by the month."""


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Pages, subscriptions and the customer, whom a job then deletes at Stripe: nothing is charged any more. Of payments the links to
    documents with a name in them.
    """
    erased = await account_data_store.erase_customer(work.connection, account_id)
    for one in erased:
        if one.customer_id:
            work.enqueue(ForgetCustomer(one.customer_id))
        else:
            work.enqueue(ForgetAsked(account_id, one.asked_at), run_at=work.now + customers.UNDER_WAY)
    gone = {
        "customers": len(erased),
        "checkout_sessions": await account_data_store.erase_sessions(work.connection, account_id, most),
        "subscriptions": await account_data_store.erase_subscriptions(work.connection, account_id, most),
    }
    await account_data_store.unlink_payments(work.connection, account_id)
    return {table: count for table, count in gone.items() if count}


async def forget_customer(platform: Platform, job: Claim[ForgetCustomer]) -> None:
    """Delete a customer at Stripe, with its cards and addresses; its subscriptions end at once. Done again, it is the same."""
    await customers.forget(following.client(platform), job.payload.customer_id)
    log.info("payments.customer_forgotten", customer=job.payload.customer_id)


async def forget_asked(platform: Platform, job: Claim[ForgetAsked]) -> None:
    """Delete at Stripe what was made for an account, and whose id never arrived. Done again, it is the same."""
    at = following.client(platform)
    for customer_id in await customers.made_for(at, job.payload.account_id, job.payload.asked_at):
        await customers.forget(at, customer_id)
        log.info("payments.customer_forgotten", customer=customer_id)


async def bury(work: Work, job: Claim[ForgetCustomer], error: str) -> None:
    """Given up, and tried again later, for as long as it takes: whoever is not deleted at Stripe is charged there for ever."""
    log.error("payments.customer_not_forgotten", customer=job.payload.customer_id, error=error)
    work.enqueue(ForgetCustomer(job.payload.customer_id), run_at=work.now + LATER)


async def bury_asked(work: Work, job: Claim[ForgetAsked], error: str) -> None:
    """Given up, and tried again later, for as long as it takes: a name and an address are left at Stripe."""
    log.error("payments.customer_not_forgotten", account=str(job.payload.account_id), error=error)
    work.enqueue(ForgetAsked(job.payload.account_id, job.payload.asked_at), run_at=work.now + LATER)


DATA: Final = AccountData(
    tables=frozenset({"customers", "checkout_sessions", "subscriptions", "payments", "give_backs"}),
    of_account=(
        Section("customers", account_data_store.exported_customers),
        Section("checkout_sessions", account_data_store.exported_sessions),
        Section("subscriptions", account_data_store.exported_subscriptions),
        Section("payments", account_data_store.exported_payments),
    ),
    erase=erase,
    kept=(
        "Payments and refunds, which tax law has kept for ten years: amounts, days, numbers of invoices, and no name.",
        "Invoices at Stripe, for as long; the customer there, with cards and addresses, is deleted.",
    ),
)
