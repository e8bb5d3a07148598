"""Offices: hundreds of projects and photos are found, put in order and worked on together."""

import asyncio
import re
from contextlib import suppress

import pytest
from playwright.async_api import Error, expect

from harness.service import room
from tests.journeys.steps import signed_in

pytestmark = pytest.mark.browser


@pytest.mark.long
async def test_projects_are_searched_put_away_and_brought_back(page, service):
    async with service.signed_in() as ada:
        for name in ("Oak Lane 3", "12 Elm Street", "Elm Court"):
            await ada.project(name)
    await signed_in(page)
    cards = page.get_by_role("article")
    await expect(cards).to_have_count(3)
    await page.get_by_label("Search projects").fill("elm")
    await expect(cards).to_have_count(2)
    await expect(page).to_have_url(re.compile(r"search=elm"))
    await page.get_by_text("A to Z").click()
    await expect(cards.first).to_have_accessible_name("12 Elm Street")
    await page.get_by_label("Search projects").fill("nowhere")
    await expect(page.get_by_text("No project has “nowhere” in its name.")).to_be_visible()
    await page.get_by_role("link", name="See all projects").click()
    await expect(cards).to_have_count(3)
    await page.get_by_role("button", name="More for Elm Court").click()
    await page.get_by_role("menuitem", name="Archive").click()
    await expect(cards).to_have_count(2)
    await page.get_by_text("Archived", exact=True).click()
    await expect(cards).to_have_count(1)
    await page.get_by_role("button", name="More for Elm Court").click()
    await page.get_by_role("menuitem", name="Bring back").click()
    await expect(page.get_by_text("Nothing is archived.")).to_be_visible()


@pytest.mark.long
async def test_several_photos_are_staged_moved_and_deleted_together(page, service):
    async with service.working(), service.signed_in() as ada:
        first, _ = await ada.project("12 Elm Street"), await ada.project("9 Cedar Court")
        for name in ("kitchen.jpg", "bedroom.jpg", "hall.jpg"):
            await ada.photo(first, room(), name=name)
        await signed_in(page)
        await page.get_by_role("link", name="12 Elm Street").click()
        rooms = page.locator("section.room")
        await expect(rooms).to_have_count(3)
        await page.get_by_role("button", name="Choose several").click()
        await page.get_by_label("Choose kitchen.jpg").check()
        await page.get_by_label("Choose bedroom.jpg").check()
        bar = page.get_by_role("region", name="Chosen photos")
        await expect(bar).to_contain_text("2 photos chosen")
        await bar.get_by_role("button", name="Stage").click()

        async def close_meanwhile(route):
            await page.keyboard.press("Escape")
            await expect(page.get_by_role("dialog", name="Stage 2 photos")).to_be_visible()
            await route.continue_()

        await page.route("**/api/v1/stagings", close_meanwhile)
        await page.get_by_role("dialog").get_by_role("button", name="Make 2 pictures").click()
        await expect(bar).to_have_count(0)
        await expect(page.get_by_text("Virtually staged")).to_have_count(2)
        await page.get_by_role("button", name="Choose several").click()
        await page.get_by_label("Choose kitchen.jpg").check()
        await page.get_by_label("Choose bedroom.jpg").check()
        await expect(bar.get_by_role("button", name="Download (2)")).to_be_enabled()

        async def answer_late(route):
            # The stream takes the photos from the page before the answer comes.
            answer = await route.fetch()
            await expect(rooms).to_have_count(1)
            await route.fulfill(response=answer)

        await page.route("**/api/v1/photos/moves", answer_late)
        await bar.get_by_role("button", name="Move").click()
        await page.get_by_role("dialog").get_by_label("Search projects").fill("cedar")
        await page.get_by_role("dialog").get_by_role("button", name="9 Cedar Court").click()
        await expect(page.get_by_text("2 photos moved to 9 Cedar Court.")).to_be_visible()
        await expect(rooms).to_have_count(1)
        await page.get_by_role("link", name="Projects").click()
        await page.get_by_role("link", name="9 Cedar Court").click()
        await expect(rooms).to_have_count(2)
        await expect(page.get_by_text("Virtually staged")).to_have_count(2)
        await page.get_by_role("button", name="Choose several").click()
        await bar.get_by_role("button", name="All 2").click()
        await bar.get_by_role("button", name="Delete").click()
        await expect(page.get_by_role("dialog")).to_contain_text(
            "2 photos and 2 pictures made of them are deleted for good."
        )
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(rooms).to_have_count(0)


@pytest.mark.long
async def test_a_page_of_the_list_that_an_event_ends_on_its_way_comes_all_the_same(page, service):
    """Something changes while the next projects are being read: the list is read anew, and goes on by itself after that."""
    async with service.signed_in() as ada:
        project = await ada.project("The oldest one")
        await service.platform.database.execute(
            """insert into projects (id, account_id, name)
               select uuidv7(), account_id, 'Listing ' || number from projects, generate_series(1, 70) as number"""
        )
        begun, goes_on = asyncio.Event(), asyncio.Event()

        async def held(route):
            """Whatever is read of what comes next is on its way until something has changed."""
            begun.set()
            await goes_on.wait()
            with suppress(Error):  # the page has given it up
                await route.continue_()

        await page.route("**/api/v1/projects?*cursor=*", held)
        await signed_in(page)
        cards = page.get_by_role("article")
        await expect(cards).to_have_count(60)
        await cards.last.scroll_into_view_if_needed()
        await asyncio.wait_for(begun.wait(), 30)
        async with page.expect_response(
            lambda answer: "/api/v1/projects?" in answer.url and "cursor" not in answer.url
        ):
            await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "The oldest of all"})
        goes_on.set()
        await expect(page.get_by_role("article", name="The oldest of all")).to_be_attached()


@pytest.mark.long
async def test_two_thousand_projects_and_five_hundred_photos_come_as_they_are_looked_at(page, service):
    async with service.signed_in() as ada:
        photo = await ada.photo(await ada.project("The large one"), room())
    await service.platform.database.execute(
        """insert into photos (id, project_id, original_id, name)
           select gen_random_uuid(), project_id, original_id, 'photo ' || number from photos, generate_series(1, 499) as number
           where id = $1""",
        photo["id"],
    )
    await service.platform.database.execute(
        """insert into projects (id, account_id, name)
           select uuidv7(), account_id, 'Listing ' || number from projects, generate_series(1, 1999) as number""",
    )
    requests = []
    page.on("request", lambda request: requests.append(request.url) if "/api/v1/projects" in request.url else None)
    await signed_in(page)
    cards = page.get_by_role("article")
    await expect(cards.first).to_be_visible()
    assert await cards.count() <= 120
    assert sum("/projects?" in url for url in requests) <= 2
    await cards.last.scroll_into_view_if_needed()
    await expect(page.get_by_role("article", name="Listing 1900", exact=True)).to_be_attached()
    await page.get_by_label("Search projects").fill("large")
    await page.get_by_role("link", name="The large one").click()
    rooms = page.locator("section.room")
    await expect(rooms.first).to_be_visible()
    assert await rooms.count() < 100
    assert sum("/gallery" in url for url in requests) == 1
    while (seen := await rooms.count()) < 500:
        await rooms.last.scroll_into_view_if_needed()
        await page.wait_for_function("before => document.querySelectorAll('section.room').length > before", arg=seen)
    assert sum("/gallery" in url for url in requests) == 1
