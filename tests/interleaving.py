"""Two transactions at once, in the order a test wants: one is held open, the other goes as far as it can."""

import asyncio

from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.billing import invariants_store as ledger
from realstaging.runtime import jobs
from realstaging.runtime.wake_ups import LANES
from realstaging.wiring.jobs import HANDLERS


async def member(caller):
    """The caller as use cases know them."""
    me = await caller.ask("GET", "me")
    return Member(me["id"], me["email"], me["name"], Account(me["account"]["id"], me["account"]["name"]))


async def over_or_waiting(database, task):
    """Until the task is over, or a statement waits for a lock. Returns whether it is over."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with asyncio.timeout(20):
        while not task.done() and not await database.fetchval(waiting):
            await asyncio.sleep(0.002)
    return task.done()


async def run_jobs(platform, *kinds):
    """Run what is queued (of these kinds alone where some are named), and what that queues in turn, here and now."""
    handlers = {kind: handler for kind, handler in HANDLERS.items() if not kinds or kind in kinds}
    while any([await jobs.run_next(platform, handlers, lane) for lane in LANES]):
        pass


async def left_open(database):
    """What must not be left when all jobs are over; all of it empty or zero."""
    counted = {
        "stagings that are not over": "select count(*) from stagings where state in ('queued', 'running')",
        "open holds": "select count(*) from holds where state = 'held'",
        "photos in deleted projects": """select count(*) from photos join projects on projects.id = project_id
             where projects.deleted_at is not null and photos.deleted_at is null""",
        "stagings of deleted photos": """select count(*) from stagings join photos on photos.id = photo_id
             where photos.deleted_at is not null and stagings.deleted_at is null""",
    }
    found = {name: await database.fetchval(statement) for name, statement in counted.items()}
    found["accounts whose books disagree"] = len(await ledger.disagreements(database))
    return {name: count for name, count in found.items() if count}
