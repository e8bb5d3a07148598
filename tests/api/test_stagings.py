import asyncio
from io import BytesIO

import aiohttp
import msgspec
import pytest
from PIL import Image

from harness.service import RectangleEngine, room
from harness.service import service as run_service
from realstaging.engines.brief import Corrections, Progress
from realstaging.imaging.metadata import DigitalSourceType
from realstaging.kit.errors import CannotStage, Unavailable
from realstaging.kit.ids import new_id


async def test_a_photo_is_staged_and_downloaded(service, ada):
    project = await ada.project()
    photo = await ada.photo(project)
    async with service.working():
        [staging] = await ada.stage(photo)
        assert staging["state"] == "queued"
        ready = await ada.until(staging, "ready")
    assert (ready["warnings"], ready["error"], ready["draft_url"]) == (["a test picture"], None, None)
    # The engine's rectangle has 51 by 31 of 320 by 240 pixels.
    assert ready["untouched_share"] == round(1 - 51 * 31 / (320 * 240), 4)
    links = await ada.ask("GET", f"stagings/{staging['id']}/links")
    assert (links["mls_width"], links["mls_height"], links["small_for_mls"]) == (320, 240, True)
    async with aiohttp.ClientSession() as browser:
        for kind, file, name in (("jpg", ".jpg", "JPEG"), ("png", ".png", "PNG"), ("mls", "-mls-320x240.jpg", "JPEG")):
            async with browser.get(links[kind]) as answer:
                assert f"living-living_room-modern{file}" in answer.headers["Content-Disposition"]
                picture = Image.open(BytesIO(await answer.read()))
                assert (picture.format, picture.size) == (name, (320, 240))
                assert DigitalSourceType.COMPOSITE_SYNTHETIC in str(picture.info)
        async with browser.get(ready["urls"]["avif"]) as answer:
            assert Image.open(BytesIO(await answer.read())).format == "AVIF"


async def test_the_proof_is_kept_and_served(service, ada):
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.ask("GET", f"stagings/{staging['id']}/fidelity", 409)
        ready = await ada.until(staging, "ready")
    report = await ada.ask("GET", f"stagings/{staging['id']}/fidelity")
    assert ready["fidelity"] == {"verdict": report["verdict"], "score": report["score"]}
    assert (report["verdict"], report["rebuilt"], report["put_back"]) == ("pass", False, [])
    assert report["counted_against"] == "the file's own pixels, sRGB, 8 bits"
    assert report["untouched_share"] == ready["untouched_share"]
    [region] = report["regions"]
    assert region["kept"]
    assert region["area"] == pytest.approx(51 * 31 / (320 * 240), rel=0.15)
    async with aiohttp.ClientSession() as browser:
        for url in (report["overlay_url"], report["original_url"], report["staged_url"]):
            async with browser.get(url) as answer:
                assert Image.open(BytesIO(await answer.read())).size == (320, 240)


async def test_a_draft_is_shown_while_the_picture_is_made(service, ada):
    photo = await ada.photo(await ada.project())
    service.engine.gate.clear()
    async with service.working():
        [staging] = await ada.stage(photo)
        async with asyncio.timeout(10):
            while not (draft := (await ada.ask("GET", f"stagings/{staging['id']}"))["draft_url"]):
                await asyncio.sleep(0.02)
        async with aiohttp.ClientSession() as browser, browser.get(draft) as answer:
            assert Image.open(BytesIO(await answer.read())).size == (64, 48)
        service.engine.gate.set()
        await ada.until(staging, "ready")
        async with aiohttp.ClientSession() as browser, asyncio.timeout(10):
            while (await browser.get(draft)).status != 404:
                await asyncio.sleep(0.02)


async def test_another_house_is_tried_again_and_never_published(service, ada):
    photo = await ada.photo(await ada.project(), room())
    service.engine.unfaithful = 3
    async with service.working():
        [staging] = await ada.stage(photo)
        failed = await ada.until(staging, "failed")
        assert failed["error"]["code"] == "cannot_stage"
        assert "does not show the same view" in failed["error"]["message"]
        seeds = [brief.seed for brief in service.engine.calls]
        assert len(set(seeds)) == 2
        assert await service.platform.storage.list(f"results/{staging['id']}/") == []
        await ada.ask("POST", f"stagings/{staging['id']}/retry")
        assert (await ada.until(staging, "ready"))["fidelity"]["verdict"] == "pass"


async def test_a_plan_is_kept_and_rendered_again_with_what_a_person_knows_better(service, ada):
    photo = await ada.photo(await ada.project())
    corrections = {"floor_corners": [[0.1, 0.9], [0.3, 0.6], [0.7, 0.6]], "metres_per_unit": 1.2}
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.ask("GET", f"stagings/{staging['id']}/plan", 409)
        await ada.until(staging, "ready")
        plan = await ada.ask("GET", f"stagings/{staging['id']}/plan")
        [again] = await ada.stage(photo, plan=plan, corrections=corrections)
        told = await ada.until(again, "ready")
    assert (staging["corrections"], told["corrections"]) == (None, corrections)
    first, second = service.engine.calls
    assert (first.plan, first.corrections) == (None, None)
    assert second.plan == plan
    assert second.corrections == msgspec.convert(corrections, Corrections)
    await ada.ask(
        "POST",
        "stagings",
        422,
        json={"items": [{"photo_id": photo["id"], "room_type": "bedroom", "corrections": {"floor_corners": [[2, 0]]}}]},
    )


async def test_what_does_not_go_together_is_refused_with_what_to_do(ada):
    photo = await ada.photo(await ada.project())
    item = {"photo_id": photo["id"], "room_type": "living_room"}
    items = [
        item,
        {**item, "operation": "declutter"},
        {**item, "operation": "empty", "styles": ["modern"]},
        {**item, "styles": ["modern"], "instructions": "a red sofa"},
    ]
    answer = await ada.ask("POST", "stagings", 207, json={"items": items})
    assert [entry["error"]["message"] for entry in answer["items"]] == [
        "Name at least one style to stage in.",
        "The local engine adds furniture and cannot remove any. Choose another engine.",
        "A style is of no use where nothing is added. Leave styles out.",
        "The local engine does not understand instructions in words. Leave them out, or choose another engine.",
    ]


async def test_the_gallery_shows_photos_with_variants_in_one_request(service, ada):
    project = await ada.project()
    photo = await ada.photo(project)
    async with service.working():
        stagings = await ada.stage(photo, ["modern", "scandinavian"])
        for staging in stagings:
            await ada.until(staging, "ready")
    gallery = await ada.ask("GET", f"projects/{project['id']}/gallery")
    assert [item["style"] for item in gallery["photos"][0]["stagings"]] == ["modern", "scandinavian"]
    assert all(item["urls"] for item in gallery["photos"][0]["stagings"])
    assert gallery["last_event_id"] > 0


async def test_the_same_key_stages_once(ada, service):
    photo = await ada.photo(await ada.project())
    body = {"items": [{"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}]}
    headers = {"Idempotency-Key": "order-1"}
    answers = await asyncio.gather(*(ada.ask("POST", "stagings", 201, json=body, headers=headers) for _ in range(5)))
    assert len({answer["items"][0]["stagings"][0]["id"] for answer in answers}) == 1
    assert await service.platform.database.fetchval("select count(*) from stagings") == 1
    body["items"][0]["styles"] = ["scandinavian"]
    await ada.ask("POST", "stagings", 422, json=body, headers=headers)


async def test_each_item_stands_for_itself(ada):
    photo = await ada.photo(await ada.project())
    good = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
    items = [good, {**good, "photo_id": str(new_id())}, {**good, "engine": "magic"}]
    answer = await ada.ask("POST", "stagings", 207, json={"items": items})
    assert [item["error"] and item["error"]["code"] for item in answer["items"]] == [
        None,
        "not_found",
        "unknown_engine",
    ]
    assert [len(item["stagings"]) for item in answer["items"]] == [1, 0, 0]


async def test_a_refusal_of_the_engine_is_told_and_can_be_retried(service, ada):
    service.engine.failures = [CannotStage("I can't see enough floor.")]
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        failed = await ada.until(staging, "failed")
        assert failed["error"] == {"code": "cannot_stage", "message": "I can't see enough floor."}
        await ada.ask("POST", f"stagings/{staging['id']}/retry")
        await ada.until(staging, "ready")
    await ada.ask("POST", f"stagings/{staging['id']}/retry", 409)


class Hiccup(Unavailable):
    """It did not answer this once."""

    retry_after = 0.0


async def test_what_time_heals_is_tried_again_by_itself(service, ada):
    service.engine.failures = [Hiccup(), Hiccup()]
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
    assert len(service.engine.calls) == 3


async def test_cancel_stops_the_engine(service, ada):
    service.engine.gate.clear()
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "running")
        while not service.engine.calls:
            await asyncio.sleep(0.01)
        canceled = await ada.ask("POST", f"stagings/{staging['id']}/cancel")
        assert canceled["state"] == "canceled"
        async with asyncio.timeout(5):
            while not service.engine.stopped:
                await asyncio.sleep(0.02)
    assert (await ada.ask("GET", f"stagings/{staging['id']}"))["state"] == "canceled"


async def test_deleting_frees_the_results(service, ada):
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
        assert await service.platform.storage.list("results/")
        await ada.ask("DELETE", f"stagings/{staging['id']}", 204)
        async with asyncio.timeout(10):
            while await service.platform.storage.list("results/"):
                await asyncio.sleep(0.02)
    await ada.ask("GET", f"stagings/{staging['id']}", 404)


class TwoSteps(RectangleEngine):
    """Tells a second step after the draft, then waits."""

    async def stage(self, photo, brief, accept, on_progress):
        def both(progress):
            on_progress(progress)
            asyncio.get_running_loop().call_later(0.5, on_progress, Progress("lighting", 0.7))

        return await super().stage(photo, brief, accept, both)


async def test_a_step_that_cannot_be_told_does_not_silence_the_next(tmp_path, database_url, redis_url):
    engine = TwoSteps()
    engine.gate.clear()
    # A file where the drafts' folder should be: the draft cannot be stored.
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "results").touch()
    async with (
        run_service(tmp_path, database_url, redis_url, lambda *_: {"local": engine}) as service,
        service.signed_in() as ada,
        service.working(),
    ):
        [staging] = await ada.stage(await ada.photo(await ada.project()))
        async with asyncio.timeout(20):
            while (await ada.ask("GET", f"stagings/{staging['id']}"))["step"] != "lighting":
                await asyncio.sleep(0.02)
        (tmp_path / "files" / "results").unlink()
        engine.gate.set()
        await ada.until(staging, "ready")
