"""The API reference at /docs, in a browser that reaches nobody but us."""

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_the_reference_is_browsable_without_the_internet(page, service):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto("/docs")
    await expect(page.get_by_role("heading", name="Real Staging")).to_be_visible()
    # The viewer has in the page what is in view.
    asks = page.get_by_role("button", name="POST /api/v1/stagings CreateStagings")
    async with asyncio.timeout(30):
        while not await asks.is_visible():
            await page.mouse.wheel(0, 400)
            await page.wait_for_timeout(200)
    await asks.click()
    await expect(page.get_by_text("Stage 1–50 photos, each in one or more styles.").first).to_be_visible()
    assert [url for url in asked if not url.startswith((service.url, "data:"))] == []
