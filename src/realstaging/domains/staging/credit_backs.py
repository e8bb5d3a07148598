"""A picture is given back: its price is the account's again, the picture is withdrawn, and why is kept for operators (decision 106).

Addresses of its files that were handed out before end when a job has removed them, within seconds; so do those of ZIPs with it, which
`archives` withdraws.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.accounts.service import Member
from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.billing.errors import CreditBackOver, CreditBacksUsedUp
from realstaging.domains.staging import credit_backs_store, store
from realstaging.domains.staging.events import StagingChanged
from realstaging.domains.staging.payloads import Free
from realstaging.domains.staging.reading import require, staging_of
from realstaging.domains.staging.schemas import CreditBackReason, CreditBacks, CreditBacksOf, NewCreditBack, Staging
from realstaging.kit.errors import Conflict, InvalidInput
from realstaging.kit.money import dollars
from realstaging.runtime.credit_backs import Allowance
from realstaging.runtime.database import Connection
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

__all__ = ["CreditBackReason", "CreditBacks", "give_back", "report", "too_late"]

MONTH: Final = timedelta(days=30)
MOST_RECENT: Final = 100
"""Shown to operators with what people wrote."""


async def give_back(work: Work, caller: Member, staging_id: UUID, asked: NewCreditBack) -> Staging:
    """Give a paid picture back for its price. Once: what is withdrawn stays so, and is answered as it is.

    Conflict where there is no picture, or it cost nothing; CreditBackOver after the days in which it can be given back;
    CreditBacksUsedUp where the account has given back as many as it may.
    """
    if asked.reason is CreditBackReason.OTHER and not asked.words.strip():
        raise InvalidInput("Say in words what is wrong with the picture.")
    row = await require(work.connection, caller, staging_id, lock=True)
    if row.state == "withdrawn":
        return staging_of(work.platform.signer(), row)
    if row.state != "ready" or row.finished_at is None:
        raise Conflict("This staging has no picture that could be given back. Nothing was charged for it.")
    allowance = work.platform.credit_backs
    if late := too_late(row.finished_at, work.now, allowance):
        raise late
    account_id = caller.account.id
    amount = await billing.credit_back(work, account_id, staging_id)
    if not amount:
        raise Conflict("This picture cost nothing. Delete it, or request another one.")
    # Looked at with the account locked, where money has moved: of many at once, none passes beyond.
    since = work.now - MONTH
    given = await credit_backs_store.given_since(work.connection, account_id, since)
    paid = given + 1 + await billing.paid_since(work.connection, account_id, since)
    if given >= allowance.most(paid):
        raise CreditBacksUsedUp
    made = await attempts.made(work.connection, staging_id)
    new = credit_backs_store.NewRow(
        staging_id,
        account_id,
        caller.id,
        asked.reason,
        asked.words.strip(),
        amount,
        row.engine,
        made.model if made else None,
        made.prompt_version if made else None,
        work.now,
    )
    await credit_backs_store.insert(work.connection, new)
    staging = staging_of(work.platform.signer(), await store.withdraw(work.connection, staging_id))
    work.enqueue(Free(staging_id), account_id=account_id)
    work.publish(account_id, StagingChanged(staging))
    usd = dollars(amount)
    work.record(
        account_id, Action.STAGING_CREDITED_BACK, staging_id, reason=asked.reason, amount_usd=usd, photo=row.photo_id
    )
    return staging


def too_late(finished_at: datetime, now: datetime, allowance: Allowance) -> CreditBackOver | None:
    """Why a picture cannot be given back any more, if so."""
    if now - finished_at <= timedelta(days=allowance.days):
        return None
    return CreditBackOver(
        f"A picture can be given back for {allowance.days} days after it was made. Write to us if something is wrong with this one."
    )


async def report(connection: Connection, since: datetime) -> CreditBacks:
    """What was given back since then by engine, model and version of our prompts, with how many pictures they made."""
    rows = await credit_backs_store.report(connection, since)
    return CreditBacks(
        [
            CreditBacksOf(
                row.engine,
                row.model,
                row.prompt_version,
                row.pictures,
                row.given_back,
                {str(reason): getattr(row, reason) for reason in CreditBackReason},
                dollars(row.amount),
            )
            for row in rows
        ],
        await credit_backs_store.recent(connection, since, MOST_RECENT),
    )
