"""What providers charge us for an account without a result: counted from the attempts, held below the caps (decision 60).

Called with the account's ledger row locked, where money is held and again where an attempt is opened. The domain whose attempts
they are calls this one, so that the rows are read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from realstaging.domains.billing import rules, store
from realstaging.domains.billing.errors import UnpaidReached
from realstaging.domains.billing.rules import Life, Unpaid
from realstaging.domains.billing.schemas import UnpaidUsage
from realstaging.runtime.database import Connection
from realstaging.runtime.unpaid import Caps


async def stake(connection: Connection, caps: Caps, account_id: UUID, now: datetime, wanted: rules.Wanted) -> int:
    """What all attempts of the wish may cost together, set aside below the caps until its staging is over. Locks the account.

    0 where others that are under way have to end first. UnpaidReached where the caps leave no room whatever they do.
    """
    plan = (await store.lock(connection, account_id))["plan"]
    life = await store.life(connection, wanted.staging_id, wanted.wish)
    unpaid = await store.unpaid(connection, account_id, now, wanted.wish)
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
    unpaid = await store.unpaid(connection, account[0], now, "")
    limits = rules.limits(caps, account[1])
    found = {one: rules.unpaid_refusal(price, lives.get(one, Life()), unpaid, limits) for one, price in asked.items()}
    return {one: refused for one, refused in found.items() if refused}


async def usage(connection: Connection, caps: Caps, account: tuple[UUID, str], now: datetime) -> UnpaidUsage:
    unpaid, limits = await store.unpaid(connection, account[0], now, ""), rules.limits(caps, account[1])
    return UnpaidUsage(
        day_usd=rules.dollars(unpaid.day),
        day_limit_usd=rules.dollars(limits.day),
        month_usd=rules.dollars(unpaid.month),
        month_limit_usd=rules.dollars(limits.month),
        at_stake_usd=rules.dollars(unpaid.at_stake),
        staging_limit_usd=rules.dollars(limits.staging),
        staging_tries=limits.tries,
    )


__all__ = ["Life", "Unpaid", "refusals", "stake", "usage"]
