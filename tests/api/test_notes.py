"""A photo that would be staged badly is told before anything is held for it."""

from PIL import Image

from tests.imaging.files import exif_block, room, saved, with_segment

XMP = b"http://ns.adobe.com/xap/1.0/\0<x xmlns:GPano='http://ns.google.com/photos/1.0/panorama/' GPano:ProjectionType='equirectangular'/>"


async def ask(ada, photos, **more):
    items = [{"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], **more} for photo in photos]
    answer = await ada.ask("POST", "stagings", 207, json={"items": items})
    return [(item["error"] or {}).get("code") for item in answer["items"]]


async def test_notes_are_told_and_keep_a_photo_from_being_staged(service, ada):
    project = await ada.project()
    dark = await ada.photo(project, saved(Image.new("RGB", (320, 240), (20, 18, 16)), "JPEG"))
    around = await ada.photo(project, with_segment(saved(room().resize((400, 200)), "JPEG"), 0xE1, XMP))
    good = await ada.photo(project, with_segment(saved(room(), "JPEG"), 0xE1, exif_block(6)))
    assert [note["code"] for note in dark["notes"]] == ["too_dark", "small_for_mls"]
    assert [note["code"] for note in around["notes"]] == ["panorama", "small_for_mls"]
    assert [note["code"] for note in good["notes"]] == ["small_for_mls"]
    page = await ada.ask("GET", f"projects/{project['id']}/photos")
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert [photo["notes"] for photo in page["items"]] == [photo["notes"] for photo in gallery["photos"]]
    assert {note["code"] for photo in page["items"] for note in photo["notes"]} == {
        "too_dark",
        "panorama",
        "small_for_mls",
    }

    assert await ask(ada, [dark, around, good]) == ["too_dark", "panorama", None]
    held = await service.platform.database.fetchval("select count(*) from stagings")
    assert held == 1, "only the good one was accepted"
    assert await ask(ada, [dark, around], insist=True) == [None, "panorama"]
