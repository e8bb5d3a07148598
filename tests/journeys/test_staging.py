"""What people do, from sign-in to the finished picture."""

import asyncio
import zipfile

import pytest
from playwright.async_api import expect

from realstaging.kit.errors import CannotStage
from tests.journeys.steps import in_new_project, stage

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
        assert download.suggested_filename in {"living-living_room-modern.jpg", "bedroom-living_room-modern.jpg"}

        async with page.expect_download() as downloading:
            await page.get_by_role("button", name="Download all").click()
        await (await downloading.value).save_as(tmp_path / "all.zip")
        assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 2


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


async def test_a_refusal_of_the_engine_is_told_and_tried_again(page, service, photos):
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_text("I can't see enough floor.")).to_be_visible()
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_role("slider")).to_have_count(1)


async def test_a_variant_more_and_both_deleted(page, service, photos):
    async with service.working():
        await in_new_project(page)
        await stage(page, photos[:1])
        await expect(page.get_by_role("slider")).to_have_count(1)
        await page.get_by_role("button", name="Another variant").click()
        await page.get_by_role("dialog").get_by_label("Style").click()
        await page.get_by_role("option", name="Coastal").click()
        await page.get_by_role("dialog").get_by_role("button", name="Stage").click()
        await expect(page.get_by_role("button", name="Coastal")).to_be_visible()
        await expect(page.get_by_text("Living room, Coastal")).to_be_visible()
        for _ in range(2):
            await page.get_by_role("button", name="Delete variant").click()
        await expect(page.get_by_role("slider")).to_have_count(0)
        await page.get_by_role("button", name="Delete photo").click()
        await expect(page.get_by_role("heading", name="living.jpg")).to_have_count(0)
