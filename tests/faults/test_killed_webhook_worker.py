"""kill -9 of the worker around the sending of a webhook: it is sent, and where it is sent twice, both have one id and one body."""

import msgspec
import pytest

from harness import doomed
from harness.doomed import WEBHOOK_STEPS
from harness.killing import killed
from harness.service import service as run_service
from tests.domains.webhooks.conftest import receiver, receivers

__all__ = ["receiver", "receivers"]

SENT = {"sent, outcome not written", "outcome of the message not committed", "message over, endpoint not let go"}
"""What the endpoint has by then."""
TWICE = SENT - {"message over, endpoint not let go"}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, webhook_private_addresses="allowed") as running:
        yield running


@pytest.mark.long
@pytest.mark.parametrize("step", WEBHOOK_STEPS)
async def test_the_message_is_sent_by_the_next_worker_under_the_same_id(service, receiver, step):
    async with service.signed_in() as ada:
        endpoint = await ada.ask("POST", "webhook-endpoints", 201, json={"url": receiver.url})
        told = await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
        await killed(doomed.run, msgspec.json.encode(service.settings), step)
        assert len(receiver.heard) == (1 if step in SENT else 0)
        async with service.working():
            await receiver.until(2 if step in TWICE else 1)
            await service.jobs_done()
        assert len(receiver.heard) == (2 if step in TWICE else 1)
        assert len({(headers["webhook-id"], body) for headers, body in receiver.heard}) == 1
        delivery = await ada.ask("GET", f"webhook-deliveries/{told['id']}")
        # A try whose outcome nobody could write is none that is listed; the one that was is.
        assert (delivery["state"], delivery["tries"]) == ("delivered", 1)
        # Nothing is left that would send it once more, and nobody holds the endpoint: the next message goes as well.
        await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
        heard = len(receiver.heard)
        async with service.working():
            await receiver.until(heard + 1)
            await service.jobs_done()
        assert len(receiver.heard) == heard + 1
        assert len(set(receiver.ids)) == 2
