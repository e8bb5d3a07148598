"""HTTP of operators' pages. What changes something is put down with who did it; 403 for who is no operator."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from realstaging.domains.accounts.service import Permission, needs
from realstaging.domains.billing import service as billing
from realstaging.domains.operations import costs, incidents_routes, operating, storage, switches_routes
from realstaging.domains.operations.schemas import (
    DayCosts,
    DeadJobs,
    GrantGiven,
    LettersNow,
    Look,
    Looked,
    NewGrant,
    OperatedAccounts,
    OperatedPeople,
    OperatedStagings,
    PlanChosen,
    QueueNow,
    StorageNow,
    WebhooksNow,
)
from realstaging.kit import bounds
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["operator"]
OPERATE = needs(Permission.OPERATE)
CHANGE = needs(Permission.OPERATE, fresh=True)
Search = Annotated[str, QueryParameter(max_length=bounds.LONGEST_NAME, pattern=bounds.LINE)]
Named = Annotated[str, QueryParameter(min_length=3, max_length=bounds.LONGEST_NAME, pattern=bounds.LINE)]
Id = Annotated[str, QueryParameter(max_length=36, pattern=bounds.ID)]
State = Annotated[
    str,
    QueryParameter(
        max_length=10,
        pattern=f"^(queued|running|ready|failed|canceled|withdrawn)?{bounds.END}",
        schema_extra={"enum": ["", "queued", "running", "ready", "failed", "canceled", "withdrawn"]},
    ),
]
Days = Annotated[int, QueryParameter(ge=1, le=366)]


@get("/operator/accounts", tags=TAGS, opt=OPERATE)
async def find_accounts(platform: NamedDependency[Platform], search: Search = "") -> OperatedAccounts:
    """Accounts by a part of their name or of a member's address, or by their id; the newest 50."""
    return await operating.accounts(platform, search)


@get("/operator/people", tags=TAGS, opt=OPERATE)
async def find_people(platform: NamedDependency[Platform], search: Named) -> OperatedPeople:
    """People by a part of their name or address, or by their id. That you looked is put down."""
    async with transaction(platform) as work:
        return await operating.people(work, search)


@put("/operator/accounts/{account_id:uuid}/grants", tags=TAGS, opt=CHANGE)
async def give_credit(
    platform: NamedDependency[Platform], account_id: FromPath[UUID], data: JSONBody[NewGrant]
) -> GrantGiven:
    """Give an account credit, once for each reference."""
    async with transaction(platform) as work:
        return await operating.grant(work, account_id, data)


@put("/operator/accounts/{account_id:uuid}/plan", tags=TAGS, status_code=204, opt=CHANGE)
async def set_account_plan(
    platform: NamedDependency[Platform], account_id: FromPath[UUID], data: JSONBody[PlanChosen]
) -> None:
    """Change an account's plan: what it is granted from next month on."""
    async with transaction(platform) as work:
        await billing.set_plan(work, account_id, data.plan, given=True)


@get("/operator/stagings", tags=TAGS, opt=OPERATE)
async def find_stagings(
    platform: NamedDependency[Platform], account: Id = "", staging: Id = "", in_state: State = ""
) -> OperatedStagings:
    """The newest 50 stagings, of an account or of all, or a single one, without their pictures: at what they are, and what went wrong."""
    sought = operating.Sought(UUID(account) if account else None, UUID(staging) if staging else None, in_state)
    return await operating.stagings(platform, sought)


@post("/operator/stagings/{staging_id:uuid}/cancel", tags=TAGS, status_code=204, opt=CHANGE)
async def cancel_any_staging(platform: NamedDependency[Platform], staging_id: FromPath[UUID]) -> None:
    """Cancel a staging as its account would: nothing is charged for it."""
    async with transaction(platform) as work:
        await operating.cancel(work, staging_id)


@post("/operator/stagings/{staging_id:uuid}/look", tags=TAGS, status_code=200, opt=CHANGE)
async def look_at_staging(
    platform: NamedDependency[Platform], staging_id: FromPath[UUID], data: JSONBody[Look]
) -> Looked:
    """Links to a staging's pictures, for a reason that the account's admins read in its audit trail."""
    async with transaction(platform) as work:
        return await operating.look(work, staging_id, data.reason)


@get("/operator/jobs", tags=TAGS, opt=OPERATE)
async def find_dead_jobs(platform: NamedDependency[Platform]) -> DeadJobs:
    """The newest 50 jobs that were given up, and why."""
    return await operating.dead_jobs(platform)


@post("/operator/jobs/{job_id:uuid}/replay", tags=TAGS, status_code=204, opt=CHANGE)
async def replay_dead_job(platform: NamedDependency[Platform], job_id: FromPath[UUID]) -> None:
    """Give a job that was given up a new life."""
    await operating.replay(platform, job_id)


@get("/operator/queue", tags=TAGS, opt=OPERATE)
async def get_queue(platform: NamedDependency[Platform]) -> QueueNow:
    """What waits, what runs, and how long the oldest has waited, on each lane."""
    return await operating.queue(platform)


@get("/operator/costs", tags=TAGS, opt=OPERATE)
async def get_costs(platform: NamedDependency[Platform], days: Days = 30) -> DayCosts:
    """What customers were charged, what providers took and what is left, by day (UTC), engine and model."""
    return await costs.by_day(platform, days)


@get("/operator/costs.csv", tags=TAGS, media_type="text/csv", opt=OPERATE)
async def get_costs_csv(platform: NamedDependency[Platform], days: Days = 30) -> Response[bytes]:
    """The same as a table."""
    name = f"costs-{platform.clock():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(await costs.table(platform, days), media_type="text/csv", headers=headers)


@get("/operator/webhooks", tags=TAGS, opt=OPERATE)
async def get_webhooks(platform: NamedDependency[Platform]) -> WebhooksNow:
    """Customers' endpoints that fail, and what providers have told us."""
    return await operating.webhooks(platform)


@get("/operator/letters", tags=TAGS, opt=OPERATE)
async def get_letters(platform: NamedDependency[Platform]) -> LettersNow:
    """The newest 50 letters: sent, waiting, or why not. Not to whom."""
    return await operating.letters(platform)


@get("/operator/storage", tags=TAGS, opt=OPERATE)
async def get_storage(platform: NamedDependency[Platform]) -> StorageNow:
    """What is kept, by kind and by account; what the last inventory found, and what is set aside."""
    return await storage.now(platform)


ROUTES = [
    *switches_routes.ROUTES,
    *incidents_routes.ROUTES,
    get_storage,
    find_accounts,
    find_people,
    give_credit,
    set_account_plan,
    find_stagings,
    cancel_any_staging,
    look_at_staging,
    find_dead_jobs,
    replay_dead_job,
    get_queue,
    get_costs,
    get_costs_csv,
    get_webhooks,
    get_letters,
]
