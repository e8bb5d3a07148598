"""Projects: the list is live, and can be put in order from the list and from the project."""

import re

import pytest
from playwright.async_api import expect

from harness.service import room
from realstaging.kit.errors import CannotStage
from tests.journeys.steps import chosen, in_new_project, signed_in, stage

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_a_project_is_renamed_and_deleted_on_its_page(page, service):
    await in_new_project(page)
    await page.get_by_role("button", name="More for").click()
    await page.get_by_role("menuitem", name="Rename").click()
    await page.get_by_label("Property").fill("14 Oak Lane")
    await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    await expect(page.get_by_role("heading", name="14 Oak Lane")).to_be_visible()
    await page.get_by_role("button", name="More for").click()
    await page.get_by_role("menuitem", name="Delete project").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Stage your first room")).to_be_visible()


async def test_the_list_shows_what_happens_elsewhere(page, service):
    await signed_in(page)
    async with service.working(), service.signed_in() as ada:
        project = await ada.project("7 Birch Road")
        await expect(page.get_by_text("0 photos · 0 staged")).to_be_visible()
        photo = await ada.photo(project, room())
        await ada.stage(photo)
        await expect(page.get_by_text("1 photo · 1 staged")).to_be_visible()


@pytest.mark.long
async def test_a_project_is_renamed_and_deleted_in_the_list(page, service):
    async with service.signed_in() as ada:
        project = await ada.project("7 Birch Road")
        await ada.photo(project, room())
        await ada.project("9 Cedar Court")
    await signed_in(page)
    await page.get_by_role("button", name="More for 7 Birch Road").click()
    await page.get_by_role("menuitem", name="Rename").click()
    await page.get_by_label("Property").fill("8 Birch Road")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article", name="8 Birch Road")).to_be_visible()
    await page.get_by_role("button", name="More for 8 Birch Road").click()
    await page.get_by_role("menuitem", name="Delete project").click()
    await expect(page.get_by_role("dialog")).to_contain_text("8 Birch Road with 1 photo and everything staged from it")
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("article")).to_have_count(1)


@pytest.mark.long
async def test_the_page_follows_a_rename_elsewhere_on_one_stream(page, service):
    streams = []
    page.on("request", lambda request: streams.append(request) if request.url.endswith("/api/v1/events") else None)
    await in_new_project(page)
    async with service.signed_in() as ada:
        [project] = (await ada.ask("GET", "projects"))["items"]
        await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "14 Oak Lane"})
    await expect(page.get_by_role("heading", name="14 Oak Lane")).to_be_visible()
    await page.get_by_role("link", name="Projects", exact=True).click()
    await expect(page.get_by_role("article", name="14 Oak Lane")).to_be_visible()
    assert len(streams) == 1


@pytest.mark.long
async def test_a_sign_in_that_ended_is_told_and_leads_back(page, service):
    await in_new_project(page)
    address = page.url
    # The token is taken away as it would be by a changed key: the service refuses it from now on.
    await page.evaluate(
        """() => {
          const name = Object.keys(localStorage).find((key) => key.startsWith("oidc.user"));
          const user = JSON.parse(localStorage.getItem(name));
          localStorage.setItem(name, JSON.stringify({ ...user, access_token: "no longer" }));
        }"""
    )
    await page.get_by_role("button", name="More for").click()
    await page.get_by_role("menuitem", name="Rename").click()
    await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    await expect(page.get_by_text("Your sign-in has ended")).to_be_visible()
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").or_(page.get_by_role("link", name="Ada Agent")).first.click()
    await expect(page.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    await expect(page).to_have_url(re.compile(re.escape(address)))


@pytest.mark.long
async def test_what_cannot_be_read_is_asked_for_again(page, service):
    await in_new_project(page)
    await page.route("**/api/v1/usage", lambda route: route.fulfill(status=400))
    await page.goto("/usage")
    again = page.get_by_role("button", name="Try again")
    async with page.expect_response("**/api/v1/usage") as answer:
        await again.click()
    assert (await answer.value).status == 400
    await expect(again).to_be_visible()
    # From here on an event may have it read as well, and take the button away.
    await page.unroute("**/api/v1/usage")
    await page.evaluate(
        "[...document.querySelectorAll('button')].find((one) => one.innerText === 'Try again')?.click()"
    )
    await expect(page.get_by_role("region", name="Credit")).to_be_visible()


@pytest.mark.long
async def test_a_reading_that_fails_takes_nothing_away_that_was_chosen(page, service, photos):
    await in_new_project(page)
    await chosen(page, photos[:1])
    await expect(page.get_by_role("button", name="Stage 1 photo")).to_be_visible()
    async with service.signed_in() as ada:
        [project] = (await ada.ask("GET", "projects"))["items"]
        await page.route("**/gallery", lambda route: route.fulfill(status=429), times=1)
        for name, status in (("hall.jpg", 429), ("attic.jpg", 200)):
            photo = await ada.photo(await ada.project(f"Of {name}"), room(), name)
            here = {"photo_ids": [photo["id"]], "project_id": project["id"]}
            async with page.expect_response("**/gallery") as answer:
                await ada.ask("POST", "photos/moves", 204, json=here)
            assert (await answer.value).status == status
        await expect(page.get_by_role("heading", name="attic.jpg")).to_be_visible()
        await expect(page.get_by_role("button", name="Stage 1 photo")).to_be_visible()
        # That it is not there any more is no failed reading.
        await ada.ask("DELETE", f"projects/{project['id']}", 204)
    await expect(page.get_by_role("heading", name="There is nothing to see here")).to_be_visible()


@pytest.mark.long
async def test_the_page_stays_where_a_part_of_it_cannot_be_loaded(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await page.route(re.compile("MoveFurniture|health"), lambda route: route.abort())
        await page.get_by_role("button", name="Move furniture").click()
        await expect(page.get_by_text("can't be loaded now")).to_be_visible()
        await expect(page.get_by_role("slider")).to_have_count(1)


TWICE = """async (button) => {
  button.click();
  await new Promise((passed) => setTimeout(passed, PAUSE));
  if (button.isConnected) button.click();
}"""


@pytest.mark.parametrize("pause", [pytest.param(0, marks=pytest.mark.long), 90])
async def test_two_clicks_are_one_request(page, service, photos, pause):
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method != "GET" else None)

    async def twice(button):
        await button.evaluate(TWICE.replace("PAUSE", str(pause)))

    def sent_to(ending, method="POST"):
        return sum(request.url.endswith(ending) and request.method == method for request in sent)

    await signed_in(page)
    await page.get_by_role("button", name="New project").first.click()
    await page.get_by_label("Property").fill("12 Elm Street")
    await twice(page.get_by_role("button", name="Create"))
    await expect(page.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    assert sent_to("/projects") == 1
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    async with service.working():
        await chosen(page, photos[:1])
        await twice(page.get_by_role("button", name="Stage 1 photo"))
        await expect(page.get_by_text("I can't see enough floor.")).to_be_visible()
        assert (sent_to("/uploads"), sent_to("/photos"), sent_to("/stagings")) == (1, 1, 1)
        # By a mouse, on the spot where Cancel takes the place of the button.
        spot = await page.get_by_role("button", name="Try again").bounding_box()
        service.engine.gate.clear()
        for _ in range(2):
            await page.mouse.click(spot["x"] + 20, spot["y"] + 10)
            await page.wait_for_timeout(pause)
        await expect(page.get_by_role("button", name="Cancel")).to_be_visible()
        service.engine.gate.set()
        await expect(page.get_by_role("slider")).to_have_count(1)
        assert (sent_to("/retry"), sent_to("/cancel")) == (1, 0)
    await page.get_by_role("button", name="More for living.jpg").click()
    await page.get_by_role("menuitem", name="Delete photo").click()
    await twice(page.get_by_role("dialog").get_by_role("button", name="Delete"))
    await expect(page.get_by_role("heading", name="living.jpg")).to_have_count(0)
    assert sum(request.method == "DELETE" for request in sent) == 1
