"""Pictures that were sent to a model are removed, however long storage is away."""

from datetime import timedelta

import pytest

from harness.service import service as run_service
from realstaging.domains.attempts import jobs
from realstaging.engines.attempts import files_of
from realstaging.kit.ids import new_id
from realstaging.runtime.jobs import run_next
from realstaging.runtime.lanes import MOST_FAILURES

FREE = "attempts.free"


@pytest.fixture
async def platform(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as service:
        yield service.platform


async def waits(platform):
    """How long the job waits that is to remove them."""
    return await platform.database.fetchval(
        "select run_at - now() from jobs where state = 'queued' and kind = $1", FREE
    )


async def test_pictures_that_could_not_be_removed_are_removed_later(platform):
    [picture, *_] = files_of("one")
    await platform.storage.put(picture, b"picture", "image/png")
    await platform.database.execute(
        """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict)
           values ('one', 'k', $1, 1, 'm', '1', 1, now() - interval '2 hours', 'passed')""",
        new_id(),
    )
    await jobs.sweep(platform)
    await platform.database.execute("update jobs set failures = $1", MOST_FAILURES - 1)
    # What stands in a file's place and is none cannot be removed.
    place = platform.storage.path(picture)
    place.unlink()
    place.mkdir()
    assert await run_next(platform, {FREE: jobs.HANDLERS[FREE]}, "general")
    assert await platform.database.fetchval("select state from jobs order by id limit 1") == "dead"
    await jobs.sweep(platform)
    assert timedelta(minutes=10) < await waits(platform) < timedelta(hours=1), "once, and not at once"
    place.rmdir()
    await platform.storage.put(picture, b"picture", "image/png")
    await platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    assert await run_next(platform, {FREE: jobs.HANDLERS[FREE]}, "general")
    assert await platform.storage.list("attempts/") == []
    assert await waits(platform) is None
