"""Use cases of money. Hold, settle and release are called inside the transaction that changes the staging.

Every one is idempotent by its staging: a job that runs twice moves money once. The account's row is locked first, always, so
that neither a race nor a deadlock can spend what is not there. What is given comes in lots, which `lots` looks after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

import msgspec
import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.billing import alerts, invariants_store, lots, lots_rules, lots_store, rules, store, unpaid
from realstaging.domains.billing.errors import (
    BudgetReached,
    PaymentRequired,
    SpendingStopped,
    UnpaidPaused,
    UnpaidReached,
)
from realstaging.domains.billing.invariants_store import INVARIANTS
from realstaging.domains.billing.lots import (
    GiveAgain,
    NewLot,
    Paid,
    Source,
    TakeBack,
    credit_back,
    give_again,
    grant_lot,
    grant_lots,
    lapse,
    monthly,
    take_back,
)
from realstaging.domains.billing.lots_store import Entry
from realstaging.domains.billing.offers import FREE
from realstaging.domains.billing.plans import QUOTAS
from realstaging.engines.engine import CostClass
from realstaging.kit.errors import AppError
from realstaging.runtime.database import Connection
from realstaging.runtime.quotas import Limits
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

__all__ = [
    "BudgetReached",
    "Checked",
    "GiveAgain",
    "NewLot",
    "Order",
    "Paid",
    "PaymentRequired",
    "Source",
    "SpendingStopped",
    "Standing",
    "TakeBack",
    "UnpaidReached",
    "check",
    "credit_back",
    "give_again",
    "grant",
    "grant_lot",
    "grant_lots",
    "hold",
    "hold_each",
    "lapse",
    "limits_of",
    "locked_standing",
    "monthly",
    "paid_since",
    "plan_held",
    "release",
    "set_plan",
    "set_standing",
    "settle",
    "take_back",
]

log = structlog.get_logger()
MOST_TOLD: Final = 20
"""Of what violates one invariant."""


@dataclass(frozen=True)
class Order:
    """Stagings by one engine that are paid for together or not at all. ``picture``: what its provider asks for the first one."""

    project_id: UUID
    engine: str
    staging_ids: Sequence[UUID]
    cost: CostClass
    picture: int = 0


class Checked(NamedTuple):
    """Whether an invariant of money holds: how many ``times`` it does not, and the first of those."""

    invariant: str
    times: int
    told: list[str]


async def check(connection: Connection) -> list[Checked]:
    """Ask every invariant (docs/explanation/money.md)."""
    found = await invariants_store.disagreements(connection)
    told = {name: [f"{one.account_id}: {one.told}" for one in found if one.invariant == name] for name in INVARIANTS}
    return [Checked(name, len(lines), lines[:MOST_TOLD]) for name, lines in told.items()]


class Left(NamedTuple):
    """An account's credit, and what is left of this month's budget (None: it has none)."""

    available: int
    budget_left: int | None


async def left(work: Work, account_id: UUID) -> Left:
    balances = (await lots.credit(work, account_id)).balances
    budget = balances.monthly_budget
    if budget is None:
        return Left(balances.available, None)
    committed = await store.committed(work.connection, account_id, rules.month_of(work.now))
    return Left(balances.available, max(0, budget - committed))


class Standing(msgspec.Struct, frozen=True):
    """Whether an account may spend: ``good``; ``grace``, where a payment failed and there is time to mend that; ``stopped``. ``reason`` is
    told to its people, with what to do.
    """

    state: Literal["good", "grace", "stopped"] = "good"
    reason: str = ""


def price_of(order: Order) -> int:
    """Of one picture of an order."""
    return rules.price(order.cost)


async def hold(work: Work, caller: Member, order: Order) -> AppError | None:
    """Set aside what an order will cost, all or nothing; what stands in the way, if anything.

    That is returned, so that the transaction is committed with the alert that the budget is used up.
    """
    [refused] = await hold_each(work, caller, [order])
    return refused


async def hold_each(work: Work, caller: Member, orders: Sequence[Order]) -> list[AppError | None]:
    """Set aside what each order will cost, all of it or nothing, in their order; what stands in the way of each, if anything:
    PaymentRequired, by the account's budget, by the caller's own limit or by its credit; or UnpaidReached where the provider would not be
    asked.

    The number of statements is the same for any number of orders. Where not even one more staging fits into the budget,
    that it is used up is told.
    """
    account_id = caller.account.id
    asked = [staging_id for order in orders if rules.price(order.cost) for staging_id in order.staging_ids]
    if not asked:
        return [None] * len(orders)
    credit = await lots.credit(work, account_id)
    balances = credit.balances
    held = await store.held_of(work.connection, asked)
    new = [[one for one in order.staging_ids if one not in held] for order in orders]
    stopped = _stopped(balances)
    barred = [stopped] * len(orders) if stopped else await _barred(work, (account_id, balances.plan), orders)
    amounts = [
        0 if bar else rules.price(order.cost) * len(ids) for order, ids, bar in zip(orders, new, barred, strict=True)
    ]
    before = await store.committed(work.connection, account_id, rules.month_of(work.now))
    budget = balances.monthly_budget
    own = await own_month(work, caller)
    unpayable = rules.refusals(amounts, balances.available, rules.Month(before, budget), own)
    refusals: list[AppError | None] = [bar or refused for bar, refused in zip(barred, unpayable, strict=True)]
    accepted = [(order, ids) for order, ids, refused in zip(orders, new, refusals, strict=True) if not refused]
    await _set_aside(work, caller, credit, accepted)
    committed = before + sum(amount for amount, refused in zip(amounts, refusals, strict=True) if not refused)
    over = any(
        isinstance(refused, BudgetReached) and rules.used_up(committed, budget, rules.price(order.cost))
        for order, refused in zip(orders, refusals, strict=True)
    )
    reached = rules.ALERTS if over else rules.reached(committed, budget) if committed > before else ()
    if reached:
        await alerts.tell(work, account_id, reached, budget)
    return refusals


async def own_month(work: Work, caller: Member) -> rules.Month:
    """What the caller's stagings have come to this month, of what they may. The account's ledger row is locked, so that it stays so."""
    month = rules.month_of(work.now)
    committed = await store.committed_of(work.connection, caller.account.id, caller.id, month)
    return rules.Month(committed, await accounts.monthly_limit_of(work.connection, caller.account.id, caller.id))


def _stopped(balances: store.Balances) -> SpendingStopped | None:
    return SpendingStopped(balances.standing_reason or None) if balances.standing == "stopped" else None


async def _barred(work: Work, account: tuple[UUID, str], orders: Sequence[Order]) -> list[AppError | None]:
    """Why the provider would be asked for nothing of an order, if it would not."""
    prices = [(one, order.picture) for order in orders for one in order.staging_ids]
    refused = await unpaid.refusals(work.connection, work.platform.caps, account, work.now, prices)
    for told in refused.values():
        if isinstance(told, UnpaidPaused):
            work.at_end(_paused, told)
    return [next((refused[one] for one in order.staging_ids if one in refused), None) for order in orders]


async def _paused(work: Work, _told: Sequence[UnpaidPaused]) -> None:
    """Once for all orders of a transaction that is kept: a quote tells nobody."""
    await unpaid.paused(work.connection, work.platform.caps, work.now)


async def _set_aside(
    work: Work, caller: Member, credit: lots.Credit, orders: Sequence[tuple[Order, Sequence[UUID]]]
) -> None:
    holds = [
        store.NewHold(one, order.project_id, rules.price(order.cost), order.engine)
        for order, ids in orders
        if rules.price(order.cost)
        for one in ids
    ]
    if not holds:
        return
    account_id = caller.account.id
    turns = await store.open_holds(work.connection, account_id, caller.id, holds)
    entries = [Entry(hold.amount, f"{hold.staging_id}:{turns[hold.staging_id]}", hold.note) for hold in holds]
    parts = lots_rules.taken(credit.lots, [lots_rules.Wanted(entry.reference, entry.amount) for entry in entries])
    await lots_store.post(work.connection, account_id, "hold", entries, parts)


async def settle(work: Work, staging_id: UUID) -> bool:
    """The staging is ready: what was held for it is earned. Whether anything was."""
    closed = await _close(work, staging_id, "settled")
    if closed:
        entry = Entry(closed.amount, f"{staging_id}:{closed.turn}")
        await lots_store.post(work.connection, closed.account_id, "settle", [entry])
    return closed is not None


async def release(work: Work, staging_id: UUID) -> bool:
    """The staging ended without a result: what was held for it is the account's again, in the lots it was taken from. Whether anything
    was.
    """
    closed = await _close(work, staging_id, "released")
    if closed:
        await lots.give_back(work, closed.account_id, f"{staging_id}:{closed.turn}", closed.amount)
    return closed is not None


async def release_all(work: Work, staging_ids: Sequence[UUID]) -> None:
    """`release`, for those of these stagings that something is held for. The caller has locked the stagings: nobody holds more."""
    for staging_id in await store.still_held(work.connection, staging_ids):
        await release(work, staging_id)


async def _close(work: Work, staging_id: UUID, state: str) -> store.Closed | None:
    account_id = await store.account_of(work.connection, staging_id)
    if account_id is None:
        return None
    await store.lock(work.connection, account_id)
    return await store.close_hold(work.connection, staging_id, state)


async def paid_since(connection: Connection, account_id: UUID, since: datetime) -> int:
    """How many stagings the account paid for since then, and did not give back."""
    return await store.paid_since(connection, account_id, since)


async def grant(work: Work, account_id: UUID, amount: int, reference: str, note: str) -> bool:
    """Give credit that does not lapse, once for each reference; whether it was new. NotFound where there is no such account."""
    return await grant_lot(work, account_id, NewLot(Source.GRANT, reference, amount, note=note))


async def set_plan(work: Work, account_id: UUID, plan: str, *, given: bool, seats: int | None = None) -> None:
    """Change the plan, and how many seats were bought: the fewest, where that is not said. NotFound as for a grant.

    What a plan that is paid for grants comes with its payments (`grant_lot`). The free plan, and one that is ``given`` by an operator, are
    granted by the calendar; a larger one's larger grant comes with the next month.
    """
    rules.monthly_grant(plan)
    await lots.require_account(work, account_id)
    await store.lock(work.connection, account_id)
    before = await store.plan_held(work.connection, account_id)
    held = store.PlanHeld(plan, seats or rules.least_seats(plan), given or plan == FREE)
    if before == held:
        return
    await store.set_plan(work.connection, account_id, held)
    work.record(account_id, Action.PLAN_CHANGED, account_id, before=before.plan, after=plan, seats=held.seats)


async def plan_held(connection: Connection, account_id: UUID) -> store.PlanHeld:
    """What the account may use now."""
    return await store.plan_held(connection, account_id)


async def locked_standing(work: Work, account_id: UUID) -> Standing:
    """Whether the account may spend, and why; so until the transaction ends. NotFound as for a grant."""
    await lots.require_account(work, account_id)
    now = await store.lock(work.connection, account_id)
    return msgspec.convert({"state": now.standing, "reason": now.standing_reason}, Standing)


async def set_standing(work: Work, account_id: UUID, standing: Standing) -> None:
    """Say whether the account may spend: where it is stopped, nothing that is paid for is begun. NotFound as for a grant."""
    await lots.require_account(work, account_id)
    before = await store.lock(work.connection, account_id)
    if (before.standing, before.standing_reason) == (standing.state, standing.reason):
        return
    await store.set_standing(work.connection, account_id, standing.state, standing.reason)
    if before.standing != standing.state:
        work.record(
            account_id,
            Action.STANDING_CHANGED,
            account_id,
            before=before.standing,
            after=standing.state,
            reason=standing.reason,
        )


async def limits_of(connection: Connection, account_id: UUID) -> Limits:
    """What the account's plan lets it have."""
    held = await store.plan_held(connection, account_id)
    return QUOTAS[held.plan] if held.given else rules.with_seats(QUOTAS[held.plan], held.plan, held.seats)
