"""What people drop on the page: whole cards, misnamed photos, files that change on the way."""

import asyncio
import os
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import expect

from harness.service import room
from tests.imaging.files import with_segment
from tests.journeys.steps import chosen, in_new_project

pytestmark = pytest.mark.browser

PANORAMA = b"http://ns.adobe.com/xap/1.0/\0<x xmlns:GPano='http://ns.google.com/photos/1.0/panorama/' GPano:ProjectionType='equirectangular'/>"
CHANGED = "This file was changed after you chose it. Choose it again."


async def dropped(page, path):
    """A file or folder of this computer, let go over the page by a mouse."""
    frame = await page.locator(".mantine-Dropzone-root").bounding_box()
    at = {"x": frame["x"] + frame["width"] / 2, "y": frame["y"] + frame["height"] / 2}
    mouse = await page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        await mouse.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})


@pytest.fixture
def card():
    """A folder on a disk: Chromium gives a page none that is below /dev, where our temporary files may be."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder) / "CARD"


@pytest.mark.long
async def test_a_whole_card_is_dropped(page, service, card):
    for folder in ("DCIM/100CANON", "DCIM/101CANON", ".Spotlight-V100", "MISC/EMPTY"):
        (card / folder).mkdir(parents=True)
    photo = room(450, 300)
    for at in range(60):
        (card / f"DCIM/10{at % 2}CANON/IMG_{at:04}.JPG").write_bytes(photo)
        (card / f"DCIM/100CANON/._IMG_{at:04}.JPG").write_bytes(b"\0\x05\x16\x07")
    for at in range(30):
        (card / f"DCIM/100CANON/MVI_{at:04}.MOV").write_bytes(b"\0\0\0\x20ftypqt  ")
        (card / f"DCIM/100CANON/MVI_{at:04}.THM").write_bytes(photo)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", ".Spotlight-V100/a.jpg"):
        (card / name).write_bytes(photo)
    (card / "DCIM/100CANON/IMG_0001.CR2").write_bytes(b"II*\0\x10\0\0\0CR\2\0")
    await in_new_project(page)
    await dropped(page, card)
    await expect(page.get_by_role("button", name="Stage 50 photos")).to_be_enabled()
    told = page.get_by_role("status").filter(has_text="left out")
    await expect(told.locator("p")).to_have_text(
        [
            "30 videos were left out.",
            "1 camera raw file was left out. Export what you need as JPEG.",
            "At most 50 photos at once; 10 photos were left out.",
        ]
    )
    await expect(page.locator(".queued")).to_have_count(50)


async def test_a_folder_without_photos_says_so(page, service, card):
    card.mkdir()
    (card / ".DS_Store").write_bytes(b"x")
    await in_new_project(page)
    await dropped(page, card)
    await expect(page.get_by_text("No photos were found")).to_be_visible()


async def test_the_content_decides_and_what_is_too_large_is_told_before_it_is_sent(page, service, tmp_path):
    wrong = tmp_path / "kitchen.HEIC"
    wrong.write_bytes(room(450, 300))
    large = tmp_path / "large.png"
    data = BytesIO()
    Image.new("1", (9000, 8000)).save(data, "PNG")
    large.write_bytes(data.getvalue())
    async with service.working():
        await in_new_project(page)
        await chosen(page, [wrong, large])
        await expect(page.get_by_text("72 megapixels (9000 × 8000), and at most 64")).to_be_visible()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("slider")).to_have_count(1)
    assert await service.platform.database.fetch("select name, mime from uploads") == [("kitchen.HEIC", "image/jpeg")]


PASTE = """({ text, name, bytes }) => {
    const clipboardData = new DataTransfer();
    if (text) clipboardData.setData("text/plain", text);
    clipboardData.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


async def test_a_photo_is_pasted_and_the_picture_that_comes_with_a_text_is_not(page, service):
    photo = list(room(450, 300))
    await in_new_project(page)
    await page.evaluate(PASTE, {"text": "Dear Sir", "name": "image.jpg", "bytes": photo})
    await page.get_by_role("button", name="More for").click()
    await page.get_by_role("menuitem", name="Rename").click()
    await expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    await page.evaluate(PASTE, {"text": "", "name": "typed.jpg", "bytes": photo})
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.evaluate(PASTE, {"text": "kitchen.jpg", "name": "kitchen.jpg", "bytes": photo})
    await expect(page.get_by_role("button", name="Stage 1 photo")).to_be_enabled()
    await expect(page.locator(".queued")).to_contain_text(["kitchen.jpg"])


@pytest.mark.parametrize("when", ["before it is read", pytest.param("on its way", marks=pytest.mark.long)])
async def test_a_file_that_changed_since_it_was_chosen_is_told_as_that(page, service, photos, when):
    changing = photos[0]

    def change():
        changing.write_bytes(room(450, 301))
        os.utime(changing, (1, 1))

    async def change_after_announcing(route):
        answer = await route.fetch()
        if "living" in route.request.post_data:
            change()
        await route.fulfill(response=answer)

    await in_new_project(page)
    await chosen(page, photos)
    await expect(page.locator("img.thumbnail")).to_have_count(2)
    if when == "on its way":
        await page.route("**/api/v1/uploads", change_after_announcing)
    else:
        change()
    await page.get_by_role("button", name="Stage 2 photos").click()
    row = page.locator(".queued").filter(has_text="living.jpg")
    await expect(row.get_by_role("alert")).to_have_text(CHANGED)
    await expect(row.get_by_role("button", name="Try again")).to_have_count(0)
    await expect(page.get_by_role("heading", name="bedroom.jpg")).to_be_visible()


@pytest.fixture
def noted(tmp_path):
    """A photo all around, a strip and an ordinary one, each too small for listing services."""
    made = {
        "around.jpg": with_segment(room(400, 200), 0xE1, PANORAMA),
        "strip.jpg": room(900, 300),
        "living.jpg": room(450, 300),
    }
    files = [tmp_path / name for name in made]
    for file in files:
        file.write_bytes(made[file.name])
    return files


@pytest.mark.long
async def test_a_word_about_a_photo_is_told_before_anything_is_staged(page, service, noted):
    async with service.working(), service.signed_in() as ada:
        await in_new_project(page)
        await chosen(page, noted)
        rows = {file.name: page.locator(".queued").filter(has_text=file.name) for file in noted}
        for row in rows.values():
            await expect(row.get_by_text("Many listing services")).to_be_visible()
        await page.get_by_role("button", name="Stage 3 photos").click()
        # What is small is staged all the same; of the others nothing was asked, and nothing is charged.
        await expect(page.get_by_role("slider")).to_have_count(1)
        await expect(rows["living.jpg"]).to_have_count(0)
        await expect(rows["around.jpg"].get_by_role("status")).to_contain_text("This is a 360° panorama.")
        await expect(rows["strip.jpg"].get_by_role("status")).to_contain_text("This photo is a strip")
        await expect(rows["strip.jpg"]).to_contain_text("not staged yet, and nothing is charged")
        await expect(rows["around.jpg"]).to_contain_text("not staged, and nothing is charged")
        assert await staged(service) == ["living.jpg"]
        photos = {
            row["name"]: str(row["id"]) for row in await service.platform.database.fetch("select id, name from photos")
        }
        item = {"room_type": "living_room", "styles": ["modern"]}
        items = [{**item, "photo_id": photos["strip.jpg"]}, {**item, "photo_id": photos["around.jpg"], "insist": True}]
        answer = await ada.ask("POST", "stagings", 207, json={"items": items})
        assert [one["error"]["code"] for one in answer["items"]] == ["strip", "panorama"]

        # Who insists gets the strip, and never the panorama: here, and where more pictures of a photo are asked for.
        await expect(page.get_by_role("button", name="Stage around.jpg anyway")).to_have_count(0)
        await page.get_by_role("button", name="Stage strip.jpg anyway").click()
        await page.get_by_role("button", name="Stage 1 photo").click()
        await expect(page.get_by_role("slider")).to_have_count(2)
        assert await staged(service) == ["living.jpg", "strip.jpg"]
        await more_of(page, "strip.jpg", "More styles")
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_role("status")).to_contain_text("This photo is a strip")
        await dialog.get_by_text("Coastal").click()
        await dialog.get_by_role("button", name="Make 1 picture anyway").click()
        await expect(page.locator(".variant img")).to_have_count(2)
        assert await staged(service) == ["living.jpg", "strip.jpg", "strip.jpg"]
        await more_of(page, "around.jpg", "Stage")
        await expect(dialog.get_by_role("status")).to_contain_text("This is a 360° panorama.")
        await expect(dialog.get_by_role("button", name="Make 1 picture")).to_be_disabled()


async def staged(service):
    """The names of photos, one for each staging there is of them."""
    query = "select photos.name from stagings join photos on photos.id = photo_id order by photos.name"
    return [row["name"] for row in await service.platform.database.fetch(query)]


async def more_of(page, name, button):
    """The dialog for more pictures of a photo of the gallery."""
    await page.get_by_role("region", name=name).get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def rooms(tmp_path):
    """Five photos of empty rooms, each another."""
    files = [tmp_path / f"{name}.jpg" for name in ("one", "two", "three", "four", "five")]
    for at, file in enumerate(files):
        file.write_bytes(room(450 + at, 300))
    return files


@pytest.mark.long
async def test_what_is_taken_back_or_changed_while_others_are_sent_is_staged_as_it_is_then(page, service, rooms):
    go_on = asyncio.Event()

    async def hold(route):
        if route.request.method == "PUT":
            await go_on.wait()
        await route.fallback()

    await in_new_project(page)
    address = page.url
    await chosen(page, rooms)
    await page.route("**/*", hold)
    await page.get_by_role("button", name="Stage 5 photos").click()
    cancel = page.get_by_role("button", name="Cancel two.jpg")
    await expect(cancel).to_be_visible()
    # What is for all stays as it was told; of those that wait each can be changed, or taken back.
    await expect(page.get_by_role("combobox", name="Room").first).to_be_disabled()
    await expect(page.get_by_role("button", name="Change one.jpg")).to_have_count(0)
    await page.get_by_role("button", name="Remove four.jpg").click()
    await page.get_by_role("button", name="Change five.jpg").click()
    own = page.get_by_role("group", name="Styles").nth(1)
    await own.get_by_text("Modern").click()
    await own.get_by_text("Coastal").click()
    await cancel.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".queued")).to_have_count(3)

    # Who goes is told what is not sent, by a link and by the browser's way back.
    dialog = page.get_by_role("dialog", name="Leave this page?")
    await page.get_by_role("link", name="Projects").click()
    await expect(dialog).to_contain_text("3 photos are not sent yet.")
    await dialog.get_by_role("button", name="Stay").click()
    await expect(dialog).to_have_count(0)
    await page.evaluate("history.back()")
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page).to_have_url(address)

    go_on.set()
    await expect(page.locator(".queued")).to_have_count(0)
    query = "select photos.name, style from stagings join photos on photos.id = photo_id order by photos.name"
    made = [tuple(row) for row in await service.platform.database.fetch(query)]
    assert made == [("five.jpg", "coastal"), ("one.jpg", "modern"), ("three.jpg", "modern")]
    assert await service.platform.database.fetchval("select count(*) from photos") == 3
    # All is done: nobody is asked.
    await page.get_by_role("link", name="Projects").click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()

    await page.get_by_role("link", name="12 Elm Street").click()
    await chosen(page, rooms[:1])
    await page.get_by_role("link", name="Projects").click()
    await dialog.get_by_role("button", name="Leave").click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()
