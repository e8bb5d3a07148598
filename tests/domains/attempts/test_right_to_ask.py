"""The right to ask a provider for an attempt is one runner's, whoever else believes the job to be theirs."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from harness.paid import QUICK, house
from realstaging.dev.ports import free_port
from realstaging.domains.attempts.service import request_key_of
from realstaging.engines.attempts import NewAttempt
from realstaging.engines.replicate import models
from realstaging.engines.replicate.asking import Asking
from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.errors import DeadlinePassed
from realstaging.engines.replicate.shared_limits import SharedLimiter
from realstaging.kit.clock import utc_now


@asynccontextmanager
async def cut_off(attempts):
    """A runner that reaches nobody: what it would ask is refused before it is sent."""
    async with Redis(port=free_port()) as nobody:
        client = ReplicateClient("token", limiter=SharedLimiter(nobody))
        try:
            yield Asking(client, attempts, None, QUICK, utc_now, leaves_a_mark=True)
        finally:
            await client.close()


@pytest.mark.parametrize("taken", [True, False])
async def test_what_another_runner_has_taken_is_not_given_back(tmp_path, database_url, redis_url, taken):
    async with house(tmp_path, database_url, redis_url) as paid:
        await paid.ada.stage(await paid.photo(), engine="replicate")
        row = await paid.database.fetchrow("update stagings set state = 'running' returning id, job_id")
        attempts = paid.service.platform.engines["replicate"]._attempts
        attempt = await attempts.open(
            request_key_of(row["id"], row["job_id"]), 1, NewAttempt("m", None, 1, "1", 40_000, 40_000)
        )
        if taken:
            assert await attempts.send(attempt.token)

        async def given():
            return {}

        async with cut_off(attempts) as asking:
            with pytest.raises(DeadlinePassed):
                model = models.find("qwen/qwen-image-edit-plus")
                await asking.answer(attempt, model, given, utc_now() + timedelta(seconds=0.5))
        sent = await paid.database.fetchval("select sent_at is not null from attempts where token = $1", attempt.token)
        assert sent is taken
