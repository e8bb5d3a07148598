"""A photographer who knows nothing of this sends photos by a link, on a phone."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.journeys.test_accessibility import AXE, RUN

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.long)])
def window(request):
    return {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "color_scheme": request.param,
        "reduced_motion": "reduce",
    }


async def link(ada, project, **asked):
    shown = await ada.ask("POST", f"projects/{project['id']}/upload-links", 201, json=asked)
    return urlsplit(shown["url"]).path, shown["link"]


@pytest.mark.long
async def test_photos_arrive_from_a_phone_without_a_sign_in(page, service, photos, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photos[0].read_bytes()[:2000])
    async with service.signed_in() as ada:
        project = await ada.project("12 Elm Street")
        address, made = await link(ada, project, name="Paul", files=5)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(address)
        await expect(page.get_by_role("heading", name="Send photos to")).to_be_visible()
        await expect(page.get_by_text("12 Elm Street")).to_be_visible()
        await page.get_by_label("Your name").fill("Paul P.")
        await page.locator("input[type=file]").set_input_files([*map(str, photos), str(broken), __file__])
        await expect(page.get_by_text("Only JPEG, PNG, WebP and HEIC")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.evaluate(AXE.read_text())
        assert await page.evaluate(RUN) == []
        await page.get_by_role("button", name="Send 3 photos").tap()
        await expect(page.get_by_text("2 photos have arrived")).to_be_visible()
        # What could not be read says so in its row, and may be tried again.
        await expect(
            page.get_by_role("alert")
            .filter(has_text="cannot be read")
            .or_(page.get_by_role("alert").filter(has_text="again"))
        ).to_be_visible()
        assert await page.evaluate(RUN) == []
        there = (await ada.ask("GET", f"projects/{project['id']}/photos"))["items"]
        assert [one["sent_by"] for one in there] == ["Paul P."] * 2
        assert {one["name"] for one in there} == {file.name for file in photos}
        # Nobody was asked to sign in, and nobody else was told the link.
        assert not [url for url in asked if url.startswith(service.issuer)]
        await ada.ask("DELETE", f"projects/{project['id']}/upload-links/{made['id']}", 204)
    await page.reload()
    await expect(page.get_by_role("alert")).to_contain_text("This link leads nowhere")
    assert await page.evaluate("'axe' in window") is False
    await page.evaluate(AXE.read_text())
    assert await page.evaluate(RUN) == []
