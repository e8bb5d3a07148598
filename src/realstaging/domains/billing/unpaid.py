"""What providers charge us for an account without a result: counted from the attempts, held below the caps (decision 60).

Called with the account's ledger row locked, where money is held and again where an attempt is opened. The domain whose attempts
they are calls this one, so that the rows are read here. What all accounts together may cost in a day is looked at with the day's row
locked, where an attempt is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from realstaging.domains.billing import rules, store
from realstaging.domains.billing.errors import UnpaidReached
from realstaging.domains.billing.rules import Life, Unpaid
from realstaging.domains.billing.rules import Wanted as Wanted
from realstaging.domains.billing.schemas import UnpaidUsage
from realstaging.kit import money
from realstaging.runtime import telemetry
from realstaging.runtime.database import Connection
from realstaging.runtime.unpaid import Caps

log = structlog.get_logger()


async def stake(connection: Connection, caps: Caps, account_id: UUID, now: datetime, wanted: Wanted) -> int:
    """What all attempts of the request may cost together, set aside below the caps until its staging is over. Locks the account,
    and at the request's first attempt the day.

    0 where others that are under way have to end first. UnpaidReached where the caps leave no room whatever they do.
    """
    try:
        # Hundreds that wait for their turn ask every few seconds: who spends or is paid back meanwhile must not wait for all of them.
        if not await _stake(connection, caps, account_id, now, wanted):
            return 0
    except UnpaidReached:
        # A last word is said of what is locked.
        pass
    await store.lock(connection, account_id)
    if not (await store.life(connection, wanted.staging_id, wanted.request_key)).stake:
        await store.lock_day(connection, now)
    return await _stake(connection, caps, account_id, now, wanted)


async def _stake(connection: Connection, caps: Caps, account_id: UUID, now: datetime, wanted: Wanted) -> int:
    """The same, by what is known at this moment."""
    plan = (await store.plan_held(connection, account_id)).plan
    life = await store.life(connection, wanted.staging_id, wanted.request_key)
    unpaid = await _unpaid(connection, account_id, now, wanted.request_key)
    return rules.stake(wanted, life, unpaid, rules.limits(caps, plan))


async def refusals(
    connection: Connection, caps: Caps, account: tuple[UUID, str], now: datetime, prices: Sequence[tuple[UUID, int]]
) -> dict[UUID, UnpaidReached]:
    """The stagings for which no provider would be asked, and why: each with what its first picture costs (0: no provider).

    ``account``: its id and plan; its ledger row is locked.
    """
    asked = {staging_id: price for staging_id, price in prices if price}
    if not asked:
        return {}
    lives = await store.lives(connection, list(asked))
    unpaid = await _unpaid(connection, account[0], now, "")
    limits = rules.limits(caps, account[1])
    found = {one: rules.unpaid_refusal(price, lives.get(one, Life()), unpaid, limits) for one, price in asked.items()}
    return {one: refused for one, refused in found.items() if refused}


async def _unpaid(connection: Connection, account_id: UUID, now: datetime, request_key: str) -> Unpaid:
    """The account's, with that of all accounts."""
    mine = await store.unpaid(connection, account_id, now, request_key)
    return replace(mine, everybodys=await store.everybodys(connection, now, request_key))


async def today(connection: Connection, caps: Caps, now: datetime) -> str:
    """What operators are told of this day (UTC)."""
    spent, since = await store.everybodys(connection, now, ""), await store.paused_at(connection, now)
    told = (
        f"Without a result today, all accounts: US$ {money.dollars(spent.day)}, and US$ {money.dollars(spent.at_stake)} at stake, of at "
        f"most US$ {money.dollars(caps.service_day_cents * money.CENT)}."
    )
    return (
        told
        if since is None
        else f"{told} Reached at {since:%H:%M} UTC; no provider is asked beyond until midnight UTC."
    )


async def paused(connection: Connection, caps: Caps, now: datetime) -> None:
    """Providers are asked for nothing more this day: each time is counted, the first of a day is told to operators."""
    telemetry.UNPAID_PAUSED.inc()
    if await store.paused_at(connection, now) is None and await store.pause(connection, now):
        log.error("unpaid.paused_for_all", most_cents=caps.service_day_cents, resumes="midnight UTC")


async def usage(connection: Connection, caps: Caps, account: tuple[UUID, str], now: datetime) -> UnpaidUsage:
    unpaid, limits = await store.unpaid(connection, account[0], now, ""), rules.limits(caps, account[1])
    return UnpaidUsage(
        day_usd=money.dollars(unpaid.day),
        day_limit_usd=money.dollars(limits.day),
        month_usd=money.dollars(unpaid.month),
        month_limit_usd=money.dollars(limits.month),
        at_stake_usd=money.dollars(unpaid.at_stake),
        staging_limit_usd=money.dollars(limits.staging),
        staging_tries=limits.tries,
    )


__all__ = ["Life", "Unpaid", "paused", "refusals", "stake", "today", "usage"]
