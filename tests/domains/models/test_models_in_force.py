"""Admins set models up over HTTP; what was in force when a staging was requested is what Replicate is asked."""

import asyncio
import dataclasses

import asyncpg
import pytest

from harness.paid import house
from realstaging.domains.models import service as models
from realstaging.domains.models.schemas import ModelsChange
from realstaging.domains.operations.service import reseal
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.kit.keyring import KeyRing
from realstaging.kit.sealing import SealBroken, Sealer
from realstaging.runtime.switches import Switch
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE

KONTEXT, QWEN, GPT = "black-forest-labs/flux-kontext-pro", "qwen/qwen-image-edit-plus", "openai/gpt-image-1.5"
KEY = "sk-nobody-reads-this"


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


def of(answer, model_id):
    return next(model for model in answer["models"] if model["id"] == model_id)


async def put(paid, status=200, **change):
    return await paid.ada.ask("PUT", "operator/models", status, json=change)


async def test_only_operators_see_and_set_models(paid):
    async with paid.service.signed_in(PEOPLE[1]) as paul:
        await paul.ask("GET", "operator/models", 403)
        await paul.ask("PUT", "operator/models", 403, json={"chain": [QWEN]})
    answer = await paid.ada.ask("GET", "operator/models")
    assert answer["chain"] == {"models": [KONTEXT, QWEN], "author": None, "set_at": None}
    assert "prompt" not in of(answer, KONTEXT)["accepts"]
    assert "safety_tolerance" in of(answer, KONTEXT)["accepts"]


async def test_a_model_is_held_against_what_its_provider_publishes(paid):
    check = "operator/models/check"
    assert await paid.ada.ask("GET", check, params={"model": QWEN}) == {"id": QWEN, "differences": []}
    published = paid.sandbox._models[QWEN]["components"]["schemas"]["Input"]
    published["properties"] = {name: rule for name, rule in published["properties"].items() if name != "output_format"}
    checked = await paid.ada.ask("GET", check, params={"model": QWEN})
    assert "output_format" in str(checked["differences"])
    await paid.ada.ask("GET", check, 404, params={"model": "nobody/knows"})
    async with paid.service.signed_in(PEOPLE[1]) as paul:
        await paul.ask("GET", check, 403, params={"model": QWEN})


async def test_while_providers_are_switched_off_none_is_asked_and_nobody_is_charged(paid):
    photo = await paid.photo()
    [staging] = await paid.ada.stage(photo, engine="replicate")
    before = (await paid.ada.ask("GET", "usage"))["available_usd"]
    await paid.ada.ask("PUT", "operator/switches/paid_engine", json={"on": False, "words": "Out of order."})
    async with asyncio.timeout(10):
        while paid.service.platform.switches.refusal_of(Switch.PAID_ENGINE) is None:
            await asyncio.sleep(0.01)
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
    refused = await paid.ada.ask("POST", "stagings", 207, json={"items": [item]})
    assert refused["items"][0]["error"] == {"code": "switched_off", "message": "Out of order."}
    # One that was asked for before is not made either: its worker asks the row.
    async with paid.working():
        failed = await paid.ada.until(staging, "failed", "ready")
    assert (failed["state"], failed["error"]["code"]) == ("failed", "switched_off")
    assert paid.sandbox.predictions == {}
    after = (await paid.ada.ask("GET", "usage"))["available_usd"]
    assert float(after) == float(before) + 0.25
    assert (await paid.ada.ask("POST", f"stagings/{staging['id']}/retry", 403))["code"] == "switched_off"
    assert await paid.audit() == []


async def test_what_is_set_is_kept_with_author_and_date(paid):
    answer = await put(paid, chain=[QWEN, KONTEXT], configurations={KONTEXT: {"safety_tolerance": 1}})
    assert (answer["chain"]["models"], answer["chain"]["author"]) == ([QWEN, KONTEXT], "ada@example.com")
    kontext = of(answer, KONTEXT)
    assert (kontext["configuration"], kontext["author"]) == ({"safety_tolerance": 1}, "ada@example.com")
    assert kontext["set_at"]
    assert of(await put(paid, configurations={KONTEXT: {}}), KONTEXT)["configuration"] == {}
    assert await paid.database.fetchval("select count(*) from model_settings") == 2
    for table in ("model_settings", "model_configurations"):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await paid.database.execute(f"update {table} set author = 'nobody'")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"configurations": {KONTEXT: {"safety_tolerance": 99}}}, 422),
        ({"configurations": {KONTEXT: {"prompt": "Add a pool."}}}, 422),
        ({"configurations": {KONTEXT: {"unheard_of": 1}}}, 422),
        ({"configurations": {GPT: {"openai_api_key": 7}}}, 422),
        ({"configurations": {"nobody/nothing": {}}}, 404),
        ({"chain": [QWEN, QWEN]}, 422),
        ({"chain": []}, 422),
        ({"chain": [QWEN], "configurations": {KONTEXT: {"safety_tolerance": 99}}}, 422),
    ],
)
async def test_what_a_model_would_not_take_changes_nothing(paid, change, status):
    await put(paid, status, **change)
    assert await paid.database.fetchval("select count(*) from model_settings") == 0
    assert await paid.database.fetchval("select count(*) from model_configurations") == 0


async def test_a_staging_keeps_what_was_in_force_when_it_was_requested(paid):
    await put(paid, chain=[KONTEXT], configurations={KONTEXT: {"safety_tolerance": 1}})
    [before] = await paid.ada.stage(await paid.photo(), engine="replicate")
    await put(paid, chain=[QWEN], configurations={KONTEXT: {"safety_tolerance": 2}})
    async with paid.working():
        assert (await paid.ada.until(before, "ready", "failed"))["state"] == "ready"
        [after] = await paid.ada.stage(await paid.photo(), engine="replicate")
        assert (await paid.ada.until(after, "ready", "failed"))["state"] == "ready"
    first, second = sorted(paid.sandbox.predictions.values(), key=lambda one: one.created_at)
    assert (first.model, first.input["safety_tolerance"]) == (KONTEXT, 1)
    assert second.model == QWEN


async def test_a_secret_reaches_the_model_and_nobody_else(paid):
    answer = await put(paid, chain=[GPT], configurations={GPT: {"openai_api_key": KEY, "quality": "low"}})
    assert (of(answer, GPT)["configuration"], of(answer, GPT)["secrets"]) == ({"quality": "low"}, ["openai_api_key"])
    async with paid.working():
        [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
        assert (await paid.ada.until(staging, "ready", "failed"))["state"] == "ready"
        await paid.quiet()
    [prediction] = paid.sandbox.predictions.values()
    assert prediction.input["openai_api_key"] == KEY
    tables = await paid.database.fetch("select tablename from pg_tables where schemaname = 'public'")
    for table in tables:
        rows = await paid.database.fetch(f"select t::text as row from {table['tablename']} t")
        assert not [row for row in rows if KEY in row["row"]], table


async def test_after_a_change_of_the_key_a_staging_fails_in_words_and_free(paid):
    await put(paid, chain=[GPT], configurations={GPT: {"openai_api_key": KEY}})
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    paid.service.platform.engines["replicate"]._reveal = models.sealer(KeyRing("another key")).open
    async with paid.working():
        ended = await paid.ada.until(staging, "ready", "failed")
        await paid.quiet()
    assert (ended["state"], ended["error"]["code"]) == ("failed", "secret_unreadable")
    assert not paid.sandbox.predictions
    assert (await paid.ada.ask("GET", "usage"))["available_usd"] == "2.50"
    assert await paid.audit() == []


async def test_a_secret_not_named_is_kept_and_null_takes_it_away(paid):
    await put(paid, configurations={GPT: {"openai_api_key": KEY}})
    answer = await put(paid, configurations={GPT: {"quality": "low"}})
    assert of(answer, GPT)["secrets"] == ["openai_api_key"]
    answer = await put(paid, configurations={GPT: {"openai_api_key": None}})
    assert (of(answer, GPT)["secrets"], of(answer, GPT)["configuration"]) == ([], {})


async def test_changes_at_once_lose_no_secret(paid):
    async def change(values):
        async with transaction(paid.service.platform) as work:
            await models.change(work, ModelsChange(configurations={GPT: values}), "ada")

    await asyncio.gather(change({"openai_api_key": KEY}), *(change({"quality": "low"}) for _ in range(8)))
    row = await paid.database.fetchrow("select secrets from model_settings order by id desc limit 1")
    sealed = row["secrets"]["openai_api_key"]
    assert models.sealer(paid.service.settings.keys).open(sealed) == KEY
    with pytest.raises(SealBroken):
        Sealer(paid.service.settings.keys, "another purpose").open(sealed)
    with pytest.raises(SealBroken):
        models.sealer(KeyRing("another key")).open(sealed)


async def test_one_mistake_undoes_the_whole_change(paid):
    asked = ModelsChange(chain=["nobody/nothing"], configurations={KONTEXT: {"safety_tolerance": 1}})
    with pytest.raises(NotFound):
        async with transaction(paid.service.platform) as work:
            await models.change(work, asked, "ada")
    with pytest.raises(InvalidInput):
        async with transaction(paid.service.platform) as work:
            await models.change(work, ModelsChange(chain=[QWEN, QWEN]), "ada")
    assert await paid.database.fetchval("select count(*) from model_settings") == 0


async def test_a_new_key_takes_over_what_the_one_before_has_sealed(paid):
    """Rotation in its three steps: both keys, everything sealed anew, the old one gone."""
    before = paid.service.settings.secret_key
    await put(paid, configurations={GPT: {"openai_api_key": KEY}})
    await put(paid, chain=[GPT])
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    both, after = KeyRing("a new key for tests", before), KeyRing("a new key for tests")
    platform = dataclasses.replace(paid.service.platform, keys=both)

    async def sealed():
        rows = await paid.database.fetch(
            "select distinct on (model) secrets from model_settings order by model, id desc"
        )
        kept = await paid.database.fetchval("select settings from stagings where id = $1", staging["id"])
        return [row["secrets"]["openai_api_key"] for row in rows] + [kept["models"][0]["secrets"]["openai_api_key"]]

    assert [models.sealer(both).open(one) for one in await sealed()] == [KEY, KEY]
    with pytest.raises(SealBroken):
        models.sealer(after).open((await sealed())[0])
    assert await reseal(platform) == 2
    assert [models.sealer(after).open(one) for one in await sealed()] == [KEY, KEY]
    assert await reseal(platform) == 2
    with pytest.raises(SealBroken):
        await reseal(dataclasses.replace(platform, keys=KeyRing("a third key for tests")))
    assert [models.sealer(after).open(one) for one in await sealed()] == [KEY, KEY]
