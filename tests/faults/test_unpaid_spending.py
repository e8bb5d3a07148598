"""What providers charge us without a result is bounded, whatever a person does: cancel, delete, ask again, ask for many at once."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from harness.paid import house
from realstaging.domains.attempts.service import StoredAttempts, request_key_of
from realstaging.domains.billing import unpaid as billing
from realstaging.domains.billing.errors import UnpaidPaused
from realstaging.engines.attempts import Attempt, Crowded, NewAttempt
from realstaging.engines.replicate import models
from realstaging.kit.clock import utc_now
from realstaging.runtime import jobs, telemetry
from realstaging.runtime.unpaid import Caps
from realstaging.sandbox.oidc import PEOPLE
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.wiring.jobs import HANDLERS

# 0.04 for a picture: three of them for a staging, six for an account in a day, in which the free plan's 2.50 may cost 0.25.
CAPS = {"unpaid_staging_cents": 12, "unpaid_day_percent": 10}


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url, more=CAPS) as house_of_ada:
        yield house_of_ada


async def begun(paid, number):
    """Wait until so many predictions have begun in all."""
    async with asyncio.timeout(60):
        while sum(one.started_at is not None for one in paid.sandbox.predictions.values()) < number:
            await asyncio.sleep(0.01)


def charged(paid):
    """Millionths of a dollar, by the provider's own account."""
    return sum(models.find(one.model).price.micro for one in paid.sandbox.predictions.values() if one.charged)


async def unpaid(paid):
    return (await paid.ada.ask("GET", "usage"))["unpaid"]


async def test_cancelled_and_tried_again_is_counted_and_comes_to_an_end(paid):
    """Request, wait until the prediction runs, cancel, retry: each turn is the provider's charge and not the customer's."""
    paid.sandbox.conduct.run_median = 60
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    seeds = set()
    async with paid.working():
        for turn in range(1, 4):
            await begun(paid, turn)
            await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")
            await paid.quiet()
            if turn < 3:
                await paid.ada.ask("POST", f"stagings/{staging['id']}/retry")
        seeds = {one.input["seed"] for one in paid.sandbox.predictions.values()}
        refused = await paid.ada.ask("POST", f"stagings/{staging['id']}/retry", 429)
    assert refused["code"] == "unpaid_reached"
    assert "has cost us US$ 0.12 at the provider" in refused["detail"]
    assert (await paid.ada.ask("GET", f"stagings/{staging['id']}"))["state"] == "canceled"
    usage = await paid.ada.ask("GET", "usage")
    assert (usage["available_usd"], usage["held_usd"], usage["spent_usd"]) == ("2.50", "0.00", "0.00")
    assert usage["unpaid"] == {
        "day_usd": "0.12", "day_limit_usd": "0.25", "month_usd": "0.12", "month_limit_usd": "2.50", "at_stake_usd": "0.00",
        "staging_limit_usd": "0.12", "staging_tries": 12,
    }  # fmt: skip
    assert len(seeds) == 3, "another try asks for another picture"
    assert charged(paid) == 120_000
    assert await paid.audit() == []


async def test_many_at_once_are_bounded_however_they_are_ended(tmp_path, database_url, redis_url):
    """Three in parallel, all ended while they run, again and again: the day's cap holds to the cent."""
    conduct, caps = Conduct(run_median=60), CAPS | {"unpaid_day_percent": 14}
    async with house(tmp_path, database_url, redis_url, conduct, more=caps) as paid:
        ways = ["cancel", "delete", "delete_photo", "delete_project"]
        async with paid.working():
            for turn in range(20):
                photo = await paid.photo()
                items = [item_of(photo)] * 3
                async with paid.ada.session.post("stagings", json={"items": items}) as answer:
                    items = (await answer.json())["items"]
                if items[0]["error"]:
                    break
                await begun(paid, len(paid.sandbox.predictions) + 1)
                await end(paid, ways[turn % 4], photo, [one["stagings"][0] for one in items])
                await paid.quiet()
        assert turn > 3, "each way was tried"
        assert {one["error"]["code"] for one in items} == {"unpaid_reached"}
        assert 310_000 < charged(paid) <= 350_000
        row = await paid.database.fetchrow("select sum(cost)::bigint as cost from attempts")
        assert row["cost"] == charged(paid)
        assert (await unpaid(paid))["day_usd"] == f"{charged(paid) / 1e6:.2f}"
        assert await paid.audit() == []


def item_of(photo):
    return {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}


async def end(paid, way, photo, stagings):
    if way == "delete_photo":
        return await paid.ada.ask("DELETE", f"photos/{photo['id']}", 204)
    if way == "delete_project":
        return await paid.ada.ask("DELETE", f"projects/{photo['project_id']}", 204)
    for staging in stagings:
        if way == "cancel":
            async with paid.ada.session.post(f"stagings/{staging['id']}/cancel") as answer:
                # One that found no room where it was checked again is over already.
                assert answer.status in {200, 409}
        else:
            await paid.ada.ask("DELETE", f"stagings/{staging['id']}", 204)
    return None


async def test_what_the_gate_always_refuses_is_bounded_and_told(paid):
    paid.fault(Fault.FAILS_GATE, times=None)
    photo = await paid.photo()
    async with paid.working():
        [first] = await paid.ada.stage(photo, engine="replicate")
        assert (await paid.ada.until(first, "failed"))["error"]["code"] == "cannot_stage"
        refused = await paid.ada.ask("POST", f"stagings/{first['id']}/retry", 429)
        assert "at most US$ 0.12 are spent on one" in refused["detail"]
        # A new staging of the same photo has a life of its own, and the account's day is the same.
        [second] = await paid.ada.stage(photo, engine="replicate")
        await paid.ada.until(second, "failed")
        answer = await paid.ada.ask("POST", "stagings", 207, json={"items": [item_of(photo)]})
        await paid.quiet()
    assert answer["items"][0]["error"]["code"] == "unpaid_reached"
    assert "tomorrow (UTC)" in answer["items"][0]["error"]["message"]
    assert charged(paid) == 220_000
    assert await paid.audit() == []


@pytest.mark.long
async def test_many_that_go_well_wait_for_each_other_and_are_all_made(tmp_path, database_url, redis_url):
    """What is under way counts with what it may come to: one at a time fits below the cap, and nobody is refused for it."""
    conduct = Conduct(run_median=0.2)
    async with house(tmp_path, database_url, redis_url, conduct, more=CAPS | {"unpaid_day_percent": 5}) as paid:
        await paid.ada.ask("POST", "stagings", 201, json={"items": [item_of(await paid.photo())] * 3})
        most = 0
        async with paid.working():
            while await paid.busy():
                most = max(most, sum(not one.ended.is_set() for one in paid.sandbox.predictions.values()))
                await asyncio.sleep(0.02)
        assert (await paid.counts())["ready"] == 3
        assert most == 1
        assert (await unpaid(paid))["month_usd"] == "0.00"
        assert await paid.audit() == []


async def test_what_failed_and_was_charged_all_the_same_counts(paid):
    paid.fault(Fault.FAILED_BILLED, times=None)
    async with paid.working():
        [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
        await paid.ada.until(staging, "failed")
        await paid.quiet()
    assert (await unpaid(paid))["day_usd"] == "0.11"
    assert charged(paid) == 110_000
    assert await paid.audit() == []


async def test_tries_that_cost_nothing_end_as_well(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url, more={"unpaid_staging_tries": 5}) as paid:
        paid.fault(Fault.FAILED, times=None)
        [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
        async with paid.working():
            await paid.ada.until(staging, "failed")
            await paid.ada.ask("POST", f"stagings/{staging['id']}/retry")
            ended = await paid.ada.until(staging, "failed")
            refused = await paid.ada.ask("POST", f"stagings/{staging['id']}/retry", 429)
            await paid.quiet()
        assert (ended["error"]["code"], refused["code"]) == ("unpaid_reached", "unpaid_reached")
        assert "tried 5 times" in refused["detail"]
        assert len(paid.sandbox.predictions) == 5


@pytest.mark.long
async def test_what_is_opened_is_checked_again(paid):
    """Two were accepted while there was room for one: where the attempt is opened, the second finds none."""
    paid.fault(Fault.FAILS_GATE, times=None)
    photo = await paid.photo()
    stagings = [(await paid.ada.stage(photo, engine="replicate"))[0] for _ in range(4)]
    async with paid.working():
        ended = [await paid.ada.until(one, "failed") for one in stagings]
        await paid.quiet()
    assert sorted(one["error"]["code"] for one in ended) == ["cannot_stage"] * 2 + ["unpaid_reached"] * 2
    assert charged(paid) == 220_000
    assert await paid.audit() == []


async def test_racing_attempts_find_room_one_after_the_other(paid):
    photo = await paid.photo()
    for _ in range(8):
        await paid.ada.stage(photo, engine="replicate")
    rows = await paid.database.fetch("update stagings set state = 'running' returning id, job_id")
    attempts, new = paid.service.platform.engines["replicate"]._attempts, NewAttempt("m", None, 1, "1", 40_000, 120_000)
    request_keys = [request_key_of(row["id"], row["job_id"]) for row in rows]
    opened = await asyncio.gather(
        *(attempts.open(request_key, 1, new) for request_key in request_keys), return_exceptions=True
    )
    assert Counter(type(one) for one in opened) == {Attempt: 2, Crowded: 6}
    assert (await unpaid(paid))["at_stake_usd"] == "0.24"


async def test_a_replayed_dead_job_asks_for_nothing(paid):
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    job_id = await paid.database.fetchval("select job_id from stagings where id = $1", UUID(staging["id"]))
    await paid.database.execute(
        "update jobs set state = 'running', attempt = 5, failures = 5, lease_until = now() - interval '1 h' where id = $1",
        job_id,
    )
    await jobs.sweep(paid.service.platform, HANDLERS)
    assert await jobs.replay(paid.service.platform, job_id)
    async with paid.working():
        await paid.quiet()
    assert paid.sandbox.creates == 0
    assert await paid.audit() == []


async def test_what_all_accounts_cost_together_is_bounded_told_once_and_over_at_midnight(
    tmp_path, database_url, redis_url
):
    """A thousand new accounts are a thousand caps: the day of the whole service has one of its own."""
    conduct, caps = Conduct(run_median=60), {"unpaid_service_day_cents": 12}
    async with house(tmp_path, database_url, redis_url, conduct, more=caps) as paid, paid.working():
        paused = telemetry.UNPAID_PAUSED._value.get()
        for turn, person in enumerate(PEOPLE[:3]):
            async with paid.service.signed_in(person) as caller:
                [staging] = await caller.stage(await caller.photo(await caller.project()), engine="replicate")
                await begun(paid, turn + 1)
                await caller.ask("POST", f"stagings/{staging['id']}/cancel")
                await paid.quiet()
        assert charged(paid) == 120_000
        # None of them is near a cap of its own, and nobody is asked for more.
        with capture_logs() as told:
            for person in PEOPLE[:3]:
                async with paid.service.signed_in(person) as caller:
                    photo = await caller.photo(await caller.project())
                    quote = await caller.ask("POST", "stagings/quote", json={"items": [item_of(photo)]})
                    answer = await caller.ask("POST", "stagings", 207, json={"items": [item_of(photo)]})
                    error = answer["items"][0]["error"]
                    assert quote["items"][0]["error"] == error
                    assert error["code"] == "unpaid_paused"
                    assert "resume at midnight UTC" in error["message"]
                    usage = await caller.ask("GET", "usage")
                    assert (usage["available_usd"], usage["held_usd"], usage["unpaid"]["day_usd"]) == (
                        "2.50",
                        "0.00",
                        "0.04",
                    )
        assert telemetry.UNPAID_PAUSED._value.get() == paused + 3, "a quote is none of them"
        assert len([one for one in told if one["event"] == "unpaid.paused_for_all"]) == 1
        assert {one["log_level"] for one in told if one["event"] == "unpaid.paused_for_all"} == {"error"}
        now = utc_now()
        assert "US$ 0.12, and US$ 0.00 at stake, of at most US$ 0.12. Reached at" in await billing.today(
            paid.database, Caps(service_day_cents=12), now
        )
        assert "US$ 0.00, and" in await billing.today(paid.database, Caps(), now + timedelta(days=1))
        assert await paid.audit() == []


async def test_accounts_at_once_find_room_below_the_cap_of_all_one_after_the_other(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url, more={"unpaid_service_day_cents": 20}) as paid:
        for person in PEOPLE[:3]:
            async with paid.service.signed_in(person) as caller:
                photo = await caller.photo(await caller.project())
                await caller.ask("POST", "stagings", 201, json={"items": [item_of(photo)] * 3})
        rows = await paid.database.fetch("update stagings set state = 'running' returning id, job_id")
        request_keys = [request_key_of(row["id"], row["job_id"]) for row in rows]
        attempts, new = (
            paid.service.platform.engines["replicate"]._attempts,
            NewAttempt("m", None, 1, "1", 40_000, 80_000),
        )
        opened = await asyncio.gather(
            *(attempts.open(request_key, 1, new) for request_key in request_keys), return_exceptions=True
        )
        assert Counter(type(one) for one in opened) == {Attempt: 2, Crowded: 7}
        assert "US$ 0.00, and US$ 0.16 at stake" in await billing.today(paid.database, Caps(), utc_now())
        # What is found where an attempt is opened is told as well, though that transaction is taken back.
        closed = StoredAttempts(paid.database, Caps(service_day_cents=0))
        for request_key in [
            request_key for request_key, one in zip(request_keys, opened, strict=True) if isinstance(one, Crowded)
        ][:2]:
            with pytest.raises(UnpaidPaused):
                await closed.open(request_key, 1, new)
        assert "Reached at" in await billing.today(paid.database, Caps(), utc_now())
