"""A gallery that is left open over night: its links run out, and what is looked at then is there all the same."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from harness.service import room
from harness.service import service as run_service
from realstaging.kit.clock import utc_now
from tests.journeys.conftest import DIST
from tests.journeys.steps import signed_in

pytestmark = pytest.mark.browser

NIGHT = timedelta(hours=13)
LOADED = "image => image.complete && image.naturalWidth > 0"


class Times:
    ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


@pytest.fixture
def times():
    return Times()


@pytest.fixture
async def service(tmp_path, database_url, redis_url, times):
    async with run_service(tmp_path, database_url, redis_url, web_folder=DIST, clock=times) as running:
        yield running


async def in_gallery(page, service, photos):
    async with service.signed_in() as ada:
        project = await ada.project()
        for at in range(photos):
            await ada.photo(project, room(300 + at, 600), f"room {at}.jpg")
    await signed_in(page)
    reads = []
    page.on("request", lambda request: reads.append(request.url) if request.url.endswith("/gallery") else None)
    await page.goto(f"{service.url}/projects/{project['id']}")
    await expect(page.get_by_alt_text("room 0.jpg")).to_have_js_property("complete", value=True)
    return reads


@pytest.mark.long
async def test_pictures_are_there_after_a_night(page, service, times):
    reads = await in_gallery(page, service, 8)
    last = page.get_by_alt_text("room 7.jpg")
    assert not await last.evaluate(LOADED), "the picture is not left for later: the test shows nothing"
    times.ahead = NIGHT
    await last.scroll_into_view_if_needed()
    await expect(last).not_to_have_js_property("naturalWidth", 0)
    assert len(reads) == 2


@pytest.mark.long
async def test_links_are_renewed_before_they_run_out(page, service, times):
    await page.clock.install()
    reads = await in_gallery(page, service, 1)
    before = await page.get_by_alt_text("room 0.jpg").get_attribute("src")
    times.ahead = NIGHT
    await page.clock.fast_forward("13:00:00")
    await expect(page.get_by_alt_text("room 0.jpg")).not_to_have_attribute("src", before)
    await page.clock.fast_forward("10:00")
    assert len(reads) == 2


@pytest.mark.long
async def test_pictures_that_never_come_are_asked_for_no_more_than_twice(page, service):
    asked = []

    async def refuse(route):
        # The list of projects, which is open before, shows one of them too.
        if "/projects/" in route.request.frame.url:
            asked.append(route.request.url)
        await route.fulfill(status=403)

    await page.route("**/files/**", refuse)
    reads = await in_gallery(page, service, 2)
    while len(asked) < 4:
        await page.wait_for_timeout(50)
    # Long enough for a loop to show.
    await page.wait_for_timeout(700)
    assert (len(asked), len(reads)) == (4, 2)


@pytest.mark.long
async def test_a_download_button_that_is_clicked_late_still_downloads(page, service, times):
    async with service.working(), service.signed_in() as ada:
        project = await ada.project()
        [staging] = await ada.stage(await ada.photo(project, room()))
        await ada.until(staging, "ready")
        await signed_in(page)
        await page.goto(f"{service.url}/projects/{project['id']}")
        await expect(page.get_by_role("slider")).to_have_count(1)
        times.ahead = NIGHT
        async with page.expect_download() as downloading:
            await page.get_by_role("button", name="Download", exact=True).click()
        assert (await downloading.value).suggested_filename.endswith(".jpg")
        await page.get_by_role("button", name="House unchanged").click()
        for picture in await page.locator(".hold img").all():
            await expect(picture).not_to_have_js_property("naturalWidth", 0)
