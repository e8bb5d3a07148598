"""Use cases of operators at their pages: find accounts and people, see what waits and what went wrong, and put it right.

No picture is seen without a reason, which the account reads in its audit trail. Nobody acts as somebody else.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from uuid import UUID

from realstaging.domains.billing import service as billing
from realstaging.domains.notifications import service as notifications
from realstaging.domains.operations import operator_store as store
from realstaging.domains.operations.operator_store import Sought as Sought
from realstaging.domains.operations.schemas import (
    DeadJob,
    DeadJobs,
    FailingEndpoint,
    GrantGiven,
    LaneNow,
    LetterNow,
    LettersNow,
    Looked,
    NewGrant,
    OperatedAccount,
    OperatedAccounts,
    OperatedPeople,
    OperatedPerson,
    OperatedStagings,
    QueueNow,
    WebhooksNow,
)
from realstaging.domains.photos.service import original_keys
from realstaging.domains.staging import lifecycle
from realstaging.kit import addresses, money
from realstaging.kit.errors import NotFound
from realstaging.runtime import jobs
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

MOST_SHOWN: Final = 50
"""Of anything: who looks for more has to ask for less."""


async def accounts(platform: Platform, words: str) -> OperatedAccounts:
    rows = await store.accounts(platform.database, words.strip(), MOST_SHOWN)
    return OperatedAccounts(
        [
            OperatedAccount(
                row.id, row.name, row.kind, row.test, row.created_at, row.suspended_at, row.erased_at, row.members, row.plan,
                money.dollars(row.available),
            )
            for row in rows
        ]
    )  # fmt: skip


async def people(work: Work, words: str) -> OperatedPeople:
    """Somebody's name and address are theirs: that an operator looked for them is put down."""
    rows = await store.people(work.connection, words.strip(), MOST_SHOWN)
    within = await store.memberships(work.connection, [row.id for row in rows])
    work.record(None, Action.PEOPLE_SEARCHED, None, found=len(rows))
    return OperatedPeople(
        [
            OperatedPerson(row.id, row.name, row.email, row.email_verified, row.created_at, within.get(row.id, []))
            for row in rows
        ]
    )


async def stagings(platform: Platform, sought: store.Sought) -> OperatedStagings:
    return OperatedStagings(await store.stagings(platform.database, sought, MOST_SHOWN))


async def dead_jobs(platform: Platform) -> DeadJobs:
    rows = await jobs.dead(platform, MOST_SHOWN)
    return DeadJobs([DeadJob(row.id, row.kind, row.run, row.error, row.finished_at) for row in rows])


async def queue(platform: Platform) -> QueueNow:
    rows = await store.lanes(platform.database)
    lanes = [
        LaneNow(row.lane, row.waiting, row.later, row.running, row.silent, round(row.oldest_seconds, 1)) for row in rows
    ]
    return QueueNow(lanes, await store.dead(platform.database))


async def webhooks(platform: Platform) -> WebhooksNow:
    """Of an address only its host: what is behind that may hold a secret."""
    failing = [
        FailingEndpoint(
            row.id, row.account_id, row.account, addresses.host(row.url), row.enabled, row.disabled_reason, row.failures,
            row.failing_since, row.waiting,
        )
        for row in await store.failing_endpoints(platform.database, MOST_SHOWN)
    ]  # fmt: skip
    return WebhooksNow(failing, await store.notices(platform.database, MOST_SHOWN))


async def letters(platform: Platform) -> LettersNow:
    rows = await notifications.newest(platform, MOST_SHOWN)
    return LettersNow(
        [LetterNow(row.id, row.kind, row.state, row.turn + 1, row.reason, row.created_at, row.over_at) for row in rows]
    )


async def grant(work: Work, account_id: UUID, new: NewGrant) -> GrantGiven:
    """Once for each reference."""
    amount = money.micro(Decimal(new.usd))
    return GrantGiven(await billing.grant(work, account_id, amount, new.reference, new.note))


async def replay(platform: Platform, job_id: UUID) -> None:
    if not await jobs.replay(platform, job_id):
        raise NotFound("There is no such job that was given up. It may run again already.")


async def cancel(work: Work, staging_id: UUID) -> None:
    """As its account would: nothing is charged."""
    account_id = await store.account_of_staging(work.connection, staging_id)
    if account_id is None:
        raise NotFound("There is no such staging.")
    await lifecycle.cancel_of_account(work, account_id, staging_id)


async def look(work: Work, staging_id: UUID, reason: str) -> Looked:
    """Links to a staging's pictures. The account is told that they were seen, and why."""
    found = await store.pictures(work.connection, staging_id)
    if found is None:
        raise NotFound("There is no such staging, or its photo is gone.")
    work.record(found.account_id, Action.STAGING_SEEN, staging_id, reason=reason)
    sign = work.platform.signer()
    after = sign(f"{found.result_key}/web.webp") if found.result_key else None
    return Looked(sign(original_keys(found.original_key)[1]), after)
