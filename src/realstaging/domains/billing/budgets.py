"""An account's budget, and what people are told of its money."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import alerts, lots, rules, store, unpaid
from realstaging.domains.billing.events import BillingChanged, ToldBilling
from realstaging.domains.billing.schemas import Budget, CreditLeft, Quota, Spent, Usage
from realstaging.domains.billing.service import limits_of, own_month
from realstaging.engines import catalog
from realstaging.kit import money
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

MOST_LOTS_SHOWN: Final = 100


async def set_budget(work: Work, caller: Member, budget: Budget) -> Usage:
    limit = None if budget.monthly_usd is None else money.micro(Decimal(budget.monthly_usd))
    before = (await store.lock(work.connection, caller.account.id)).monthly_budget
    await store.set_budget(work.connection, caller.account.id, limit)
    if limit != before:
        held = await store.plan_held(work.connection, caller.account.id)
        work.publish(caller.account.id, BillingChanged(ToldBilling(held.plan, held.seats)))
    work.record(
        caller.account.id,
        Action.BUDGET_CHANGED,
        caller.account.id,
        before_usd=None if before is None else money.dollars(before),
        after_usd=budget.monthly_usd,
    )
    committed = await store.committed(work.connection, caller.account.id, rules.month_of(work.now))
    if committed:
        await alerts.tell(work, caller.account.id, rules.reached(committed, limit), limit)
    return await usage(work, caller)


async def usage(work: Work, caller: Member) -> Usage:
    account_id, month = caller.account.id, rules.month_of(work.now)
    credit = await lots.credit(work, account_id)
    balances = credit.balances
    spent = await store.spent(work.connection, account_id, month)
    budget = balances.monthly_budget
    used = await work.platform.quotas.used(work.connection, account_id)
    limits = await limits_of(work.connection, account_id)
    own = await own_month(work, caller)
    return Usage(
        plan=balances.plan,
        monthly_grant_usd=money.dollars(rules.monthly_grant(balances.plan)),
        available_usd=money.dollars(balances.available),
        held_usd=money.dollars(balances.held),
        spent_usd=money.dollars(spent.amount),
        stagings=spent.stagings,
        monthly_budget_usd=None if budget is None else money.dollars(budget),
        own_spent_usd=money.dollars(own.committed),
        own_limit_usd=None if own.limit is None else money.dollars(own.limit),
        alerts=await store.alerts(work.connection, account_id, month),
        projects=[
            Spent(row.project_id, row.name, row.stagings, money.dollars(row.amount))
            for row in await store.by_project(work.connection, account_id)
        ],
        quotas=[Quota(resource, used[resource], limit) for resource, limit in limits.items() if resource in used],
        unpaid=await unpaid.usage(work.connection, work.platform.caps, (account_id, balances.plan), work.now),
        prices_usd={name: money.dollars(price) for name, price in _prices(work).items()},
        standing=balances.standing,
        standing_reason=balances.standing_reason,
        credit=[
            CreditLeft(lot.source, money.dollars(lot.remaining), lot.expires_at)
            for lot in credit.lots[:MOST_LOTS_SHOWN]
            if lot.remaining
        ],
    )


def _prices(work: Work) -> dict[str, int]:
    """What a staging costs by each engine that costs anything."""
    prices = {name: rules.price(engine.can.cost) for name, engine in catalog.running(work.platform.engines).items()}
    return {name: price for name, price in prices.items() if price}
