"""What people do, from sign-in to the finished picture."""

import asyncio
import zipfile

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.steps import chosen, in_new_project, stage

pytestmark = pytest.mark.browser


async def test_two_photos_are_staged_compared_and_downloaded(page, service, photos, tmp_path):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos)
        sliders = page.get_by_role("slider", name="Before and after")
        await expect(sliders).to_have_count(2)

        slider = sliders.first
        await slider.focus()
        await page.keyboard.press("End")
        await expect(slider).to_have_attribute("aria-valuenow", "100")
        await page.keyboard.press("ArrowLeft")
        await expect(slider).to_have_attribute("aria-valuenow", "95")
        frame = await page.locator(".compare").first.bounding_box()
        await page.mouse.click(frame["x"] + frame["width"] * 0.25, frame["y"] + 60)
        await expect(slider).to_have_attribute("aria-valuenow", "25")

        async with page.expect_download() as downloading:
            await page.get_by_role("button", name="Download", exact=True).first.click()
        download = await downloading.value
        assert download.suggested_filename in {
            "living-living_room-modern.jpg",
            # What its name suggests may have come before the button was pressed, or not.
            "bedroom-living_room-modern.jpg",
            "bedroom-bedroom-modern.jpg",
        }

        async with page.expect_download() as downloading:
            await page.get_by_role("button", name="Download all").click()
            await page.get_by_role("menuitem", name="JPEG, full size").click()
        await (await downloading.value).save_as(tmp_path / "all.zip")
        assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 2


@pytest.mark.long
async def test_a_refused_file_is_told_and_the_others_go_on(page, service, photos, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photos[0].read_bytes()[:2000])
    text = tmp_path / "notes.txt"
    text.write_text("not a photo")
    async with service.working():
        await in_new_project(page)
        await stage(page, [photos[0], broken, text])
        await expect(page.get_by_role("slider")).to_have_count(1)
        await expect(page.get_by_text("damaged or incomplete")).to_be_visible()
        await expect(page.get_by_text("Only JPEG, PNG, WebP and HEIC")).to_be_visible()


@pytest.mark.long
async def test_the_picture_arrives_although_the_worker_went_away(page, service, photos):
    service.engine.gate.clear()
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        while not service.engine.calls:
            await asyncio.sleep(0.02)
        await expect(page.get_by_role("status").first).to_be_visible()
    service.engine.gate.set()
    async with service.working():
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert len(service.engine.calls) == 2


@pytest.mark.long
async def test_a_refusal_of_the_engine_is_told_and_tried_again(page, service, photos):
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_text("I can't see enough floor.")).to_be_visible()
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_role("slider")).to_have_count(1)


@pytest.mark.long
async def test_more_styles_and_all_deleted(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_role("slider")).to_have_count(1)
        await page.get_by_role("button", name="More styles").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_role("button", name="Choose a style")).to_be_disabled()
        await dialog.get_by_text("Coastal").click()
        await dialog.get_by_text("Luxury").click()
        await dialog.get_by_role("button", name="Make 2 pictures").click()
        await expect(page.locator(".variant img")).to_have_count(3)
        await expect(page.get_by_text("Living room, Luxury")).to_be_visible()

        await chosen_from_menu(page, "Delete this variant")
        await expect(page.get_by_role("dialog")).to_contain_text("The Luxury variant is deleted for good")
        await page.get_by_role("dialog").get_by_role("button", name="Keep").click()
        await expect(page.locator(".variant")).to_have_count(3)
        await chosen_from_menu(page, "Delete this variant")
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.locator(".variant")).to_have_count(2)

        await chosen_from_menu(page, "Delete photo")
        await expect(page.get_by_role("dialog")).to_contain_text("living.jpg and 2 variants of it are deleted for good")
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_role("heading", name="living.jpg")).to_have_count(0)


async def chosen_from_menu(page, item):
    await page.get_by_role("button", name="More for living.jpg").click()
    await page.get_by_role("menuitem", name=item).click()


@pytest.mark.long
async def test_photos_are_staged_in_styles_of_their_own(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await chosen(page, photos)
        await expect(page.locator("img.thumbnail")).to_have_count(2)
        everywhere = page.get_by_role("group", name="Styles")
        await everywhere.get_by_text("Coastal").click()
        await expect(page.get_by_text("Makes 4 pictures")).to_be_visible()
        await page.get_by_role("button", name="Change bedroom.jpg").click()
        own = page.get_by_role("group", name="Styles").nth(1)
        await own.get_by_text("Modern").click()
        await expect(page.get_by_text("Makes 3 pictures")).to_be_visible()
        await page.get_by_role("button", name="Stage 2 photos").click()
        await expect(page.locator(".variant img")).to_have_count(2)
        await expect(page.get_by_role("slider")).to_have_count(2)
    assert sorted(call.style for call in service.engine.calls) == ["coastal", "coastal", "modern"]


@pytest.mark.long
async def test_a_request_whose_answer_was_lost_is_done_once(page, service, photos):
    keys = []

    async def lose_the_first_answer(route):
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/api/v1/stagings", lose_the_first_answer)
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_text("The service can't be reached")).to_be_visible()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("button", name="Stage 1 photo")).to_have_count(0)
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert await service.platform.database.fetchval("select count(*) from stagings") == 1


async def lose_one_answer(page, address):
    async def lose(route):
        await route.fetch()
        await route.abort()

    await page.route(address, lose, times=1)


@pytest.mark.long
async def test_an_order_that_is_changed_after_its_answer_was_lost_pays_nothing_twice(page, service, photos):
    await lose_one_answer(page, "**/api/v1/stagings")
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_text("The service can't be reached")).to_be_visible()
        await page.get_by_role("group", name="Styles").first.get_by_text("Coastal").click()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("button", name="Stage 1 photo")).to_have_count(0)
        await expect(page.locator(".variant img")).to_have_count(2)
    assert await service.platform.database.fetchval("select count(*) from stagings") == 2


@pytest.mark.long
async def test_a_photo_whose_arrival_was_not_told_is_there_once(page, service, photos):
    announced = []
    page.on("request", lambda request: announced.append(request) if request.url.endswith("/api/v1/uploads") else None)

    await lose_one_answer(page, "**/api/v1/photos")
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await page.get_by_role("button", name="Try again").click()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert len(announced) == 1
    assert await service.platform.database.fetchval("select count(*) from photos") == 1


@pytest.mark.long
async def test_pictures_are_leafed_through_and_the_proof_is_seen(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos)
        await expect(page.get_by_role("slider")).to_have_count(2)
    await page.get_by_role("button", name="Enlarge").first.click()
    await expect(page.get_by_text("1 of 2")).to_be_visible()
    await page.get_by_role("button", name="Next picture").click()
    await expect(page.get_by_text("2 of 2")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_text("1 of 2")).to_be_visible()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_text("2 of 2")).to_be_visible()
    slider = page.get_by_role("dialog").get_by_role("slider")
    await slider.focus()
    await page.keyboard.press("ArrowRight")
    await expect(slider).to_have_attribute("aria-valuenow", "55")
    await expect(page.get_by_text("2 of 2")).to_be_visible()

    await page.get_by_role("dialog").get_by_role("button", name="House unchanged").click()
    hold = page.get_by_role("button", name="Hold to see the original")
    await expect(page.get_by_text("Added")).to_be_visible()
    await page.get_by_text("What changed").click()
    picture = page.locator(".hold img").first
    await expect(picture).to_have_js_property("complete", value=True)
    assert "overlay" in await picture.get_attribute("src")
    await hold.focus()
    await page.keyboard.down("Space")
    await expect(page.locator(".hold .tag")).to_have_text("Original")
    await page.keyboard.up("Space")
    await expect(page.locator(".hold .tag")).to_have_text("Virtually staged")
    await hold.hover()
    await page.mouse.down()
    await expect(page.locator(".hold .tag")).to_have_text("Original")
    await page.mouse.up()
    await expect(page.locator(".hold .tag")).to_have_text("Virtually staged")


@pytest.mark.long
async def test_a_draft_is_shown_until_the_picture_is_there(page, service, photos):
    service.engine.gate.clear()
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_alt_text("living.jpg, draft")).to_be_visible()
        await expect(page.get_by_text("Draft", exact=True)).to_be_visible()
        service.engine.gate.set()
        await expect(page.get_by_role("slider")).to_have_count(1)
        await expect(page.get_by_alt_text("living.jpg, draft")).to_have_count(0)
