"""What a person would like besides, in words; under the name it had in the release before as well, for one release."""

import pytest

from harness.service import RectangleEngine
from harness.service import service as run_service
from realstaging.engines import catalog

ENGINE = "replicate"


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    engine = RectangleEngine(catalog.abilities(ENGINE))
    async with run_service(tmp_path, database_url, redis_url, lambda *_: {ENGINE: engine}) as running:
        running.engine = engine
        yield running


async def test_both_names_are_taken_and_told_and_reach_the_engine(service, ada):
    photo = await ada.photo(await ada.project())
    async with service.working():
        for given in (
            {"instructions": "a piano"},
            {"wishes": "a piano"},
            {"instructions": "a piano", "wishes": "a piano"},
        ):
            [staging] = await ada.stage(photo, engine=ENGINE, **given)
            done = await ada.until(staging, "ready")
            assert (done["instructions"], done["wishes"]) == ("a piano", "a piano")
            assert service.engine.calls.pop().instructions == "a piano"
    told = (await ada.ask("GET", "catalog"))["engines"]
    assert [(engine["instructions"], engine["wishes"]) for engine in told] == [(True, True)]


async def test_where_two_differ_the_new_name_counts(service, ada):
    photo = await ada.photo(await ada.project())
    item = {"photo_id": photo["id"], "room_type": "bedroom", "styles": ["modern"], "engine": ENGINE}
    answer = await ada.ask("POST", "stagings", 201, json={"items": [{**item, "instructions": "a", "wishes": "b"}]})
    [staging] = answer["items"][0]["stagings"]
    assert (staging["instructions"], staging["wishes"]) == ("a", "a")
