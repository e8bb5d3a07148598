"""Somebody connects a program: a key and an endpoint made on the page, the SDK stages by the key, the endpoint is told and told again."""

import asyncio
import re

import pytest
import standardwebhooks
from playwright.async_api import expect
from realstaging_sdk import RealStaging

from harness.service import service as run_service
from tests.domains.webhooks.conftest import receiver, receivers
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in

pytestmark = pytest.mark.browser
__all__ = ["receiver", "receivers"]


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    more = {"web_folder": DIST, "webhook_private_addresses": "allowed"}
    async with run_service(tmp_path, database_url, redis_url, **more) as running:
        yield running


async def secret_shown(page):
    """The secret in the dialog that shows it this once, which is closed."""
    shown = page.get_by_role("dialog").filter(has_text="It is shown now and never again.")
    secret = await shown.get_by_label("Secret").input_value()
    await shown.get_by_role("button", name="I have kept it").click()
    return secret


def staged_by(url, key, photo, folder):
    """What the README of the SDK does; the id of the staging, and the file that was downloaded."""
    with RealStaging(url, key=key) as client:
        project = client.create_project("12 Elm Street")
        sent = client.upload(project.id, photo)
        staging = client.stage(sent.id, room_type="living_room", style="modern")
        assert client.wait(staging.id).state == "ready"
        target = folder / "staged.jpg"
        client.download(staging.id, target)
        return str(staging.id), target


@pytest.mark.long
async def test_a_key_an_endpoint_the_sdk_and_a_message_that_is_verified_and_replayed(
    page, service, receiver, photos, tmp_path
):
    await signed_in(page)
    await page.goto("/settings/keys")
    await page.get_by_role("button", name="New key").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Our website")
    await page.get_by_role("dialog").get_by_role("button", name="Make key").click()
    key = await secret_shown(page)
    await page.goto("/settings/webhooks")
    await page.get_by_role("button", name="New endpoint").click()
    await page.get_by_role("dialog").get_by_label("Address").fill(receiver.url)
    await page.get_by_role("dialog").get_by_role("button", name="Add endpoint").click()
    verifier = standardwebhooks.Webhook(await secret_shown(page))

    async def heard_of(kind, times):
        """The messages of one kind, once there are so many; each is verified."""
        async with asyncio.timeout(30), receiver.arrived:
            await receiver.arrived.wait_for(lambda: receiver.types.count(kind) >= times)
        return [
            (headers["webhook-id"], verifier.verify(body, headers)) for headers, body in receiver.heard if kind in body
        ]

    async with service.working():
        staging, target = await asyncio.to_thread(staged_by, service.url, key, photos[0], tmp_path)
        assert target.read_bytes()[:3] == b"\xff\xd8\xff"
        [(message_id, message)] = await heard_of("staging.ready", 1)
        assert message["data"]["staging_id"] == staging
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            headers, body = receiver.heard[0]
            verifier.verify(f"{body} ", headers)
        await page.get_by_role("link", name=receiver.url).click()
        delivery = page.get_by_role("button", name=re.compile(r"staging\.ready"))
        await expect(delivery).to_contain_text("Taken")
        await delivery.click()
        await page.get_by_role("dialog").get_by_role("button", name="Send again").click()
        assert [one for one, _ in await heard_of("staging.ready", 2)] == [message_id] * 2
