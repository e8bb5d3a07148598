"""Use cases of money. Hold, settle and release are called inside the transaction that changes the staging.

Every one is idempotent by its staging: a job that runs twice moves money once. The account's row is locked first, always, so
that neither a race nor a deadlock can spend what is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import structlog

from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import rules, store
from realstaging.domains.billing.errors import BudgetReached, PaymentRequired
from realstaging.domains.billing.schemas import Budget, Spent, Usage
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.runtime.work import Work

__all__ = ["BudgetReached", "PaymentRequired", "grant", "hold", "release", "set_budget", "set_plan", "settle", "usage"]

log = structlog.get_logger()

ALERT = "billing.budget_alert"


async def hold(work: Work, account_id: UUID, project_id: UUID, staging_ids: Sequence[UUID], engine: str) -> None:
    """Set aside what these stagings will cost, all or nothing. PaymentRequired or BudgetReached where that is not there.

    Where not even one more staging fits, whoever catches BudgetReached and commits tells that the budget is used up.
    """
    price = rules.price(engine)
    if price == 0:
        return
    await _grant_of_the_month(work, account_id)
    balances = await store.lock(work.connection, account_id)
    held = await store.held_of(work.connection, staging_ids)
    new = [staging_id for staging_id in staging_ids if staging_id not in held]
    month, budget, amount = rules.month_of(work.now), balances["monthly_budget"], price * len(new)
    committed = await store.committed(work.connection, account_id, month)
    try:
        rules.may_hold(amount, balances["available"], committed, budget)
    except BudgetReached:
        if rules.used_up(committed, budget, price):
            await _alert(work, account_id, rules.ALERTS)
        raise
    for staging_id in new:
        turn = await store.open_hold(work.connection, account_id, project_id, staging_id, price)
        reference = f"{staging_id}:{turn}"
        await store.transfer(work.connection, account_id, "hold", "available", "held", price, reference, engine)
    await _alert(work, account_id, rules.reached(committed + amount, budget))


async def _alert(work: Work, account_id: UUID, percents: Sequence[int]) -> None:
    """Tell that these shares of the budget are reached, each once a month: an event for its people, a line for operators."""
    month = rules.month_of(work.now)
    for percent in await store.new_alerts(work.connection, account_id, month, percents):
        work.publish(account_id, ALERT, {"percent": percent, "month": month})
        log.warning("budget_alert", account=str(account_id), percent=percent, month=f"{month:%Y-%m}")


async def settle(work: Work, staging_id: UUID) -> None:
    """The staging is ready: what was held for it is earned."""
    await _close(work, staging_id, "settled", "settle", "earned")


async def release(work: Work, staging_id: UUID) -> None:
    """The staging ended without a result: what was held for it is the account's again."""
    await _close(work, staging_id, "released", "release", "available")


async def _close(work: Work, staging_id: UUID, state: str, kind: str, credit: str) -> None:
    account_id = await store.account_of(work.connection, staging_id)
    if account_id is None:
        return
    await store.lock(work.connection, account_id)
    closed = await store.close_hold(work.connection, staging_id, state)
    if closed:
        reference = f"{staging_id}:{closed['turn']}"
        await store.transfer(work.connection, account_id, kind, "held", credit, closed["amount"], reference, "")


async def grant(work: Work, account_id: UUID, amount: int, reference: str, note: str) -> bool:
    """Give credit, once for each reference. Returns whether it was new. NotFound where there is no such account."""
    if amount <= 0:
        raise InvalidInput("A grant must be positive.")
    await _require(work, account_id)
    await store.lock(work.connection, account_id)
    return await store.transfer(work.connection, account_id, "grant", "granted", "available", amount, reference, note)


async def _grant_of_the_month(work: Work, account_id: UUID) -> None:
    """What the plan gives this month, at the month's first use."""
    balances = await store.lock(work.connection, account_id)
    month = rules.month_of(work.now)
    amount = rules.monthly_grant(balances["plan"])
    await store.transfer(
        work.connection, account_id, "grant", "granted", "available", amount, f"plan:{month:%Y-%m}", balances["plan"]
    )


async def set_plan(work: Work, account_id: UUID, plan: str) -> None:
    """Change the plan. The larger grant of a larger plan comes with the next month. NotFound as for a grant."""
    rules.monthly_grant(plan)
    await _require(work, account_id)
    await store.lock(work.connection, account_id)
    await store.set_plan(work.connection, account_id, plan)


async def _require(work: Work, account_id: UUID) -> None:
    if not await store.exists(work.connection, account_id):
        raise NotFound(f"There is no account {account_id}.")


async def set_budget(work: Work, caller: Member, budget: Budget) -> Usage:
    limit = None if budget.monthly_usd is None else rules.micro(budget.monthly_usd)
    await store.lock(work.connection, caller.account.id)
    await store.set_budget(work.connection, caller.account.id, limit)
    committed = await store.committed(work.connection, caller.account.id, rules.month_of(work.now))
    if committed:
        await _alert(work, caller.account.id, rules.reached(committed, limit))
    return await usage(work, caller)


async def usage(work: Work, caller: Member) -> Usage:
    account_id, month = caller.account.id, rules.month_of(work.now)
    await _grant_of_the_month(work, account_id)
    balances = await store.lock(work.connection, account_id)
    spent = await store.spent(work.connection, account_id, month)
    budget = balances["monthly_budget"]
    return Usage(
        plan=balances["plan"],
        monthly_grant_usd=rules.dollars(rules.monthly_grant(balances["plan"])),
        available_usd=rules.dollars(balances["available"]),
        held_usd=rules.dollars(balances["held"]),
        spent_usd=rules.dollars(spent["amount"]),
        stagings=spent["stagings"],
        monthly_budget_usd=None if budget is None else rules.dollars(budget),
        alerts=await store.alerts(work.connection, account_id, month),
        projects=[
            Spent(row["project_id"], row["name"], row["stagings"], rules.dollars(row["amount"]))
            for row in await store.by_project(work.connection, account_id)
        ],
        prices_usd={engine: rules.dollars(price) for engine, price in rules.PRICES.items()},
    )
