"""The help pages at /help, in a browser: styled, searched, walked, with nothing that their policy holds back."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_the_help_is_read_and_searched(page):
    answer = await page.goto("/help")
    assert answer.status == 200
    assert page.url.endswith("/help/")
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"].partition("style-src-attr")[0]
    await expect(page.get_by_role("heading", name="Real Staging", level=1)).to_be_visible()
    await page.get_by_role("link", name="production checklist").first.click()
    await expect(page.get_by_role("heading", name="Production checklist", level=1)).to_be_visible()
    # A theme that was held back would leave the page without its header's colour.
    assert (
        await page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    await page.get_by_role("textbox", name="Search").fill("rotate keys")
    await expect(page.locator(".md-search-result__link").first).to_be_visible()


async def test_what_is_no_page_is_no_page(page):
    answer = await page.request.get("/help/no-such-page")
    assert answer.status == 404
    answer = await page.request.get("/help/..%2f..%2f..%2f..%2fetc%2fpasswd")
    assert answer.status == 404
    assert (await page.request.get("/help/how-to/rotate-keys", max_redirects=0)).headers[
        "location"
    ] == "/help/how-to/rotate-keys/"


@pytest.mark.parametrize("window", [{"viewport": {"width": 390, "height": 844}}])
async def test_no_page_is_wider_than_a_phone(page):
    for address in (
        "",
        "how-to/deploy-to-render/",
        "reference/tech-stack/",
        "reference/production-checklist/",
        "reference/settings/",
    ):
        await page.goto(f"/help/{address}")
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
