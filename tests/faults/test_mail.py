"""kill -9 of the worker around the handing over of a letter: it is sent, and where it is sent twice, both are one letter."""

import msgspec
import pytest

from harness import doomed
from harness.doomed import LETTER_STEPS
from harness.killing import killed
from harness.service import service as run_service
from realstaging.sandbox.smtp.server import SmtpSandbox
from tests.api.test_mail import invitation
from tests.letters import sent

# What the server has by then: whoever dies after that sends once more.
TAKEN = {"taken, outcome not written", "outcome of the letter not committed", "letter over, job not finished"}
TWICE = TAKEN - {"letter over, job not finished"}
OFTEN = {"taken, outcome not written"}


@pytest.mark.parametrize(
    "step", [step if step in OFTEN else pytest.param(step, marks=pytest.mark.long) for step in LETTER_STEPS]
)
async def test_the_letter_is_sent_by_the_next_worker(step, tmp_path, database_url, redis_url):
    sandbox = SmtpSandbox()
    async with sandbox.serving() as port:
        named = {"mail_url": f"smtp://127.0.0.1:{port}?tls=none", "mail_from": "hello@mail.example.com"}
        async with run_service(tmp_path, database_url, redis_url, **named) as service:
            assert await sent(service.platform, invitation("a")) == [True]
            await killed(doomed.run, msgspec.json.encode(service.settings), step)
            assert sandbox.inbox.taken == (1 if step in TAKEN else 0)
            async with service.working():
                await service.jobs_done()
            assert await service.platform.database.fetchval("select state from letters") == "sent"
            assert await service.platform.database.fetchval("select count(*) from jobs") == 1
    assert sandbox.inbox.taken == (2 if step in TWICE else 1)
    assert len({(letter.header("Message-ID"), letter.body("plain")) for letter in sandbox.inbox.letters}) == 1
