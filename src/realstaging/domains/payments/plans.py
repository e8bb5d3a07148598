"""What an account may use, by its rows: its plan and seats, and whether it may spend. Written whenever a row or the time has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple
from uuid import UUID

import structlog

from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Permission
from realstaging.domains.billing import service as billing
from realstaging.domains.billing.events import BillingChanged, ToldBilling
from realstaging.domains.billing.offers import FREE
from realstaging.domains.billing.service import Standing
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import PaymentTrouble, Recipient
from realstaging.domains.payments import payment_store, rules, store, subscription_store
from realstaging.domains.payments.payloads import FitMembers
from realstaging.domains.payments.rules import Status, Trouble
from realstaging.domains.payments.subscription_store import Subscription
from realstaging.kit.errors import NotFound
from realstaging.runtime.jobs import Claim
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

AT_ONCE: Final = 200
PATH: Final = "/settings/billing"
"""Of our page that letters, and Stripe's pages, lead to."""
DISPUTED: Final = "A payment of your account is disputed with your bank, so nothing new is paid for until that is decided. Write to us."
LATE: Final = "Your last payment failed. Your plan stays until {until} (UTC); pay the open invoice, or update your card, on the billing page before that."


async def apply(work: Work, account_id: UUID, *, news: bool) -> None:
    """Have the account's plan, seats and standing be what its rows say now. Its row of ``customers`` is locked first, before any row of
    its payments. ``news``: something was just written; else its pages are told only of another plan.
    """
    await store.lock_customer(work.connection, account_id)
    rows = await subscription_store.of_account(work.connection, account_id)
    grace = work.platform.paying.grace
    subscriptions = [one.subscribed for one in rows]
    before = await billing.plan_held(work.connection, account_id)
    paid = rules.entitled(subscriptions, work.now, grace)
    disputes = await payment_store.disputes(work.connection, account_id)
    found = rules.trouble(subscriptions, disputes, work.now, grace)
    if may_change(await billing.locked_standing(work, account_id)):
        await billing.set_standing(work, account_id, standing(found, paid))
    keeps = not rows or (paid.plan == FREE and before.given)
    now = Held(before.plan, before.seats) if keeps else Held(paid.plan, paid.seats)
    if not keeps:
        await billing.set_plan(work, account_id, now.plan, given=False, seats=now.seats)
    if rules.most_members(now.plan, now.seats) < rules.most_members(before.plan, before.seats) and chosen(rows):
        work.enqueue(FitMembers(account_id), account_id=account_id)
    if before.plan not in {FREE, now.plan} and now.plan == FREE:
        tell(work, News(account_id, "ended", f"{rows[0].id}:{rows[0].period_end}", rows[0]))
    if news or now != Held(before.plan, before.seats):
        work.publish(account_id, BillingChanged(ToldBilling(now.plan, now.seats)))


class Held(NamedTuple):
    """What an account may use, whoever paid for it or gave it."""

    plan: str
    seats: int


class News(NamedTuple):
    """What those who look after an account's payments are written about: once about each thing."""

    account_id: UUID
    trouble: Literal["late", "disputed", "ended"]
    about: str
    of: Subscription | None = None


def tell(work: Work, news: News) -> None:
    """Have it written at the end of this transaction."""
    work.at_end(_write, news)


async def _write(work: Work, found: Sequence[News]) -> None:
    for news in found:
        of, account_id = news.of, news.account_id
        account = await accounts.shown(work.connection, account_id)
        until = rules.entitled_until(of.subscribed, work.platform.paying.grace) if of else None
        for owner in await accounts.contacts_with(work.connection, account_id, Permission.BILLING):
            letter = PaymentTrouble(
                to=Recipient(owner.name, owner.email),
                key=f"payment:{news.trouble}:{news.about}:{owner.email}",
                account_id=account_id,
                account=account.name,
                trouble=news.trouble,
                plan=rules.plan_of(of.plan).name if of else "",
                until=until,
                path=PATH,
            )
            await notifications.send(work, letter)


def standing(found: Trouble | None, now: rules.Entitled) -> Standing:
    """As the account's people are told."""
    match found:
        case Trouble.DISPUTED:
            return Standing("stopped", DISPUTED)
        case Trouble.LATE:
            return Standing("grace", LATE.format(until=f"{now.until:%-d %B %Y}"))
    return Standing()


def may_change(now: Standing) -> bool:
    """Whether payments may say another standing: not where an operator stopped the account. By the reason, which is kept as it was told: who
    words DISPUTED anew rewrites it where it stands.
    """
    return now.state != "stopped" or now.reason == DISPUTED


def chosen(rows: Sequence[Subscription]) -> bool:
    """Whether the account became smaller by its own wish: it changed or ended its plan, and did not just fail to pay or pause."""
    newest = rows[0]
    if newest.status in {Status.ACTIVE, Status.TRIALING}:
        return newest.paused_at is None
    return newest.status is Status.CANCELED and newest.by_request


async def follow_time(platform: Platform) -> None:
    """A chore: what ends by time alone, ends: days of grace, pauses, and periods of which Stripe has told nothing more."""
    after = UUID(int=0)
    while found := await subscription_store.accounts_at_a_turn(platform.database, platform.clock(), after, AT_ONCE):
        for account_id in found:
            async with transaction(platform) as work:
                await apply(work, account_id, news=False)
        after = found[-1]


async def forgive(platform: Platform, dispute_id: str) -> None:
    """An operator has looked at a dispute that was lost: the account may spend again. NotFound where there is none."""
    async with transaction(platform) as work:
        account_id = await payment_store.disputed_by(work.connection, dispute_id)
        if account_id:
            await store.lock_customer(work.connection, account_id)
        if account_id is None or not await payment_store.forgive(work.connection, dispute_id, work.now):
            raise NotFound(f"There is no lost dispute {dispute_id} that is held against anybody.")
        await apply(work, account_id, news=True)


async def fit_members(platform: Platform, job: Claim[FitMembers]) -> None:
    """Suspend who has no seat any more, as was said before it was chosen."""
    account_id = job.payload.account_id
    async with transaction(platform) as work:
        most = (await platform.quotas.limits_of(work.connection, account_id))[Resource.MEMBERS]
        losing = await office.fit(work, account_id, most)
    if losing:
        log.info("payments.members_suspended", account=str(account_id), members=len(losing))
