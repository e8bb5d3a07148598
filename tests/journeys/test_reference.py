"""The API reference at /docs, in a browser that reaches nobody but us."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_the_reference_is_browsable_without_the_internet(page, service):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto("/docs")
    await expect(page.get_by_role("heading", name="Real Staging")).to_be_visible()
    await page.get_by_role("button", name="POST /api/v1/stagings", exact=False).first.click()
    await expect(page.get_by_text("Stage 1–50 photos, each in one or more styles.").first).to_be_visible()
    assert [url for url in asked if not url.startswith((service.url, "data:"))] == []
