"""An account's monthly budget is reached, or nearly: its browsers, its people and operators are told, once for each share and month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Permission
from realstaging.domains.billing import rules, store
from realstaging.domains.billing.events import BudgetAlert, ReachedShare
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import BudgetSpent, Recipient
from realstaging.kit import money
from realstaging.runtime.work import Work

log = structlog.get_logger()


class Reached(NamedTuple):
    """So many percent of an account's budget for the month that begins on this day."""

    account_id: UUID
    percent: int
    month: date
    budget: int


async def tell(work: Work, account_id: UUID, percents: Sequence[int], budget: int | None) -> None:
    """Tell that these shares of the budget are reached, each once a month: an event for its people, a letter to who may change it, a line
    for operators.
    """
    month = rules.month_of(work.now)
    for percent in await store.new_alerts(work.connection, account_id, month, percents):
        work.publish(account_id, BudgetAlert(ReachedShare(percent, month)))
        work.at_end(_write, Reached(account_id, percent, month, budget or 0))


async def _write(work: Work, reached: Sequence[Reached]) -> None:
    for one in reached:
        log.warning("budget_alert", account=str(one.account_id), percent=one.percent, month=f"{one.month:%Y-%m}")
        shown = await accounts.shown(work.connection, one.account_id)
        for contact in await accounts.contacts_with(work.connection, one.account_id, Permission.SETTINGS):
            letter = BudgetSpent(
                to=Recipient(contact.name, contact.email),
                key=f"budget:{one.account_id}:{one.month:%Y-%m}:{one.percent}:{contact.email}",
                account_id=one.account_id,
                office=shown.name,
                percent=one.percent,
                budget_usd=str(money.dollars(one.budget)),
                month=one.month,
                path="/usage",
            )
            await notifications.send(work, letter)
