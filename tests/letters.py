"""The whole service with a mail server on the wire, and what its outbox holds."""

import pytest

from harness.service import service as run_service
from realstaging.domains.notifications import service as notifications
from realstaging.runtime.work import transaction
from realstaging.sandbox.smtp.server import SmtpSandbox
from tests.interleaving import run_jobs

PASSWORD = "a password of at least 24 letters"
SENDING = "notifications.send"


@pytest.fixture
async def sandbox():
    sandbox = SmtpSandbox()
    async with sandbox.serving() as sandbox.port:
        yield sandbox


@pytest.fixture
async def service(tmp_path, database_url, redis_url, sandbox):
    named = {
        "mail_url": f"smtp://127.0.0.1:{sandbox.port}?tls=none",
        "mail_from": "Real Staging <hello@mail.example.com>",
        "mail_reply_to": "help@example.com",
        "postmark_webhook_secret": PASSWORD,
    }
    async with run_service(tmp_path, database_url, redis_url, **named) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with service.signed_in() as caller:
        yield caller


async def sent(platform, *asked):
    """Whether each was the first of its key."""
    async with transaction(platform) as work:
        return [await notifications.send(work, letter) for letter in asked]


async def outbox(service):
    rows = await service.platform.database.fetch("select kind, state, turn, reason from letters order by id")
    return [tuple(row) for row in rows]


async def states(service):
    return [state for _, state, *_ in await outbox(service)]


async def try_again(service):
    """What was put off, now."""
    await service.platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    await run_jobs(service.platform, SENDING)
