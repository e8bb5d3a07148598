"""A worker process killed by ``kill -9`` while it stages: the open page shows the picture in the end, without being loaded again."""

import msgspec
import pytest
from playwright.async_api import expect

from harness import doomed
from harness.killing import killed
from tests.journeys.steps import in_new_project, stage

pytestmark = pytest.mark.browser

STEP = "progress told, engine at work"


@pytest.mark.long
async def test_the_picture_arrives_although_the_worker_was_killed(page, service, photos):
    await in_new_project(page)
    loads = []
    page.on("load", lambda: loads.append(page.url))
    await stage(page, photos[:1])
    await expect(page.get_by_role("status").first).to_contain_text("Waiting its turn")
    await killed(doomed.run, msgspec.json.encode(service.settings), STEP)
    await expect(page.get_by_role("status").first).to_contain_text("Starting")
    assert await page.get_by_role("slider").count() == 0
    async with service.working():
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert loads == []
