"""Everything that can go wrong at Replicate, through the whole service: every staging ends right, every cent is accounted for."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from harness.paid import ONCE, house
from realstaging.domains.attempts import service as attempts
from realstaging.kit.clock import utc_now
from realstaging.sandbox.replicate.app import WEBHOOK_SECRET
from realstaging.sandbox.replicate.faults import Fault
from realstaging.sandbox.replicate.predictions import sign


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


async def staged(paid, *faults, **details):
    for fault in faults:
        paid.fault(fault, **details)
    async with paid.working():
        [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
        ended = await paid.ada.until(staging, "ready", "failed")
        await paid.quiet()
    assert await paid.audit() == []
    return ended


# One of each kind: told as failed, refused at the door, its answer or its end never heard, another house, no picture at all.
OFTEN = {
    Fault.FAILED,
    Fault.SERVER_ERROR,
    Fault.THROTTLED,
    Fault.ANSWER_LOST,
    Fault.WEBHOOK_LOST,
    Fault.WEBHOOK_FORGED,
    Fault.FAILS_GATE,
    Fault.NOT_A_PICTURE,
}


def often(faults):
    """Those of ``OFTEN``; the others take as long and are among the long tests."""
    return [fault if fault in OFTEN else pytest.param(fault, marks=pytest.mark.long) for fault in faults]


@pytest.mark.parametrize("fault", often([*ONCE, Fault.HUGE_OUTPUT]))
async def test_a_fault_once_still_ends_in_a_result(paid, fault):
    ended = await staged(paid, fault)
    assert ended["state"] == "ready", ended["error"]
    assert paid.sandbox.faults.struck[fault] == 1 or fault in {Fault.READ_ERROR, Fault.READ_THROTTLED}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.FAILED, "prediction_failed"),
        (Fault.MODERATED, "moderated"),
        pytest.param(Fault.ABORTED, "prediction_failed", marks=pytest.mark.long),
        (Fault.FAILS_GATE, "cannot_stage"),
        pytest.param(Fault.WRONG_HOST, "no_picture", marks=pytest.mark.long),
        (Fault.NO_CREDIT, "replicate_account_refused"),
        pytest.param(Fault.SERVER_ERROR, "no_picture", marks=pytest.mark.long),
    ],
)
async def test_a_fault_that_stays_ends_without_a_charge(paid, fault, code):
    ended = await staged(paid, fault, times=None)
    assert (ended["state"], ended["error"]["code"]) == ("failed", code)
    usage = await paid.ada.ask("GET", "usage")
    assert (usage["available_usd"], usage["held_usd"], usage["stagings"]) == ("2.50", "0.00", 0)


async def test_a_result_is_paid_once_and_shown_in_usage(paid):
    ended = await staged(paid)
    assert ended["state"] == "ready"
    usage = await paid.ada.ask("GET", "usage")
    assert (usage["available_usd"], usage["spent_usd"], usage["stagings"]) == ("2.25", "0.25", 1)
    assert [(one["project_name"], one["spent_usd"]) for one in usage["projects"]] == [("12 Elm Street", "0.25")]


async def test_what_it_cost_us_is_told_by_project(paid):
    await staged(paid, Fault.FAILS_GATE)
    [cost] = await attempts.costs(paid.service.platform, utc_now() - timedelta(days=1))
    assert (cost.project, cost.attempts, cost.paid, cost.cost, cost.earned) == ("12 Elm Street", 2, 2, 80_000, 250_000)


async def test_the_webhook_wakes_whoever_waits(paid):
    paid.sandbox.conduct.run_median = 0.5
    ended = await staged(paid)
    assert ended["state"] == "ready"
    assert await paid.database.fetchval("select count(*) from notices where handled_at is not null") == 1


@pytest.mark.parametrize("way", ["cancel", "delete", "delete_photo"])
async def test_ending_a_staging_stops_the_spending(paid, way):
    paid.sandbox.conduct.run_median = 30
    photo = await paid.photo()
    async with paid.working():
        [staging] = await paid.ada.stage(photo, engine="replicate")
        async with asyncio.timeout(10):
            while not any(one.started_at for one in paid.sandbox.predictions.values()):
                await asyncio.sleep(0.01)
        if way == "cancel":
            await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")
        elif way == "delete":
            await paid.ada.ask("DELETE", f"stagings/{staging['id']}", 204)
        else:
            await paid.ada.ask("DELETE", f"photos/{photo['id']}", 204)
        await paid.quiet()
    assert [one.status for one in paid.sandbox.predictions.values()] == ["canceled"]
    assert await paid.audit() == []


async def test_credit_bounds_what_is_accepted(paid):
    photo = await paid.photo()
    items = [{"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}] * 12
    answer = await paid.ada.ask("POST", "stagings", 207, json={"items": items})
    codes = [item["error"] and item["error"]["code"] for item in answer["items"]]
    assert codes == [None] * 10 + ["payment_required"] * 2
    async with paid.working():
        await paid.quiet()
    assert await paid.audit() == []


async def test_a_budget_stops_before_the_credit_does(paid):
    await paid.ada.ask("PUT", "usage/budget", json={"monthly_usd": "0.30"})
    photo = await paid.photo()
    item = {"photo_id": photo["id"], "room_type": "bedroom", "styles": ["modern", "coastal"], "engine": "replicate"}
    alone = item | {"styles": ["modern"]}
    answer = await paid.ada.ask("POST", "stagings", 207, json={"items": [item]})
    assert answer["items"][0]["error"]["code"] == "budget_reached"
    assert (await paid.ada.ask("GET", "usage"))["alerts"] == []
    answer = await paid.ada.ask("POST", "stagings", 207, json={"items": [alone, alone]})
    assert [item["error"] and item["error"]["code"] for item in answer["items"]] == [None, "budget_reached"]
    usage = await paid.ada.ask("GET", "usage")
    assert (usage["alerts"], usage["held_usd"]) == ([80, 100], "0.25")


async def test_trying_again_beyond_the_budget_is_refused_and_told(paid):
    [staging] = await paid.ada.stage(await paid.photo(), engine="replicate")
    await paid.ada.ask("POST", f"stagings/{staging['id']}/cancel")
    await paid.ada.ask("PUT", "usage/budget", json={"monthly_usd": "0.10"})
    refused = await paid.ada.ask("POST", f"stagings/{staging['id']}/retry", 402)
    assert refused["code"] == "budget_reached"
    assert (await paid.ada.ask("GET", f"stagings/{staging['id']}"))["state"] == "canceled"
    assert (await paid.ada.ask("GET", "usage"))["alerts"] == [80, 100]


async def test_forged_and_old_webhooks_change_nothing(paid):
    url = f"{paid.service.url}/api/v1/webhooks/replicate?attempt=anything"
    body = b'{"id": "p1", "status": "succeeded"}'
    async with aiohttp.ClientSession() as stranger:
        for headers in ({}, sign(body, "whsec_" + "QUJD" * 8, "msg_1")):
            async with stranger.post(url, data=body, headers=headers) as answer:
                assert answer.status == 403
        for _ in range(2):
            async with stranger.post(url, data=body, headers=sign(body, WEBHOOK_SECRET, "msg_2", utc_now())) as answer:
                assert answer.status == 204
    assert await paid.database.fetchval("select count(*) from notices") == 1
    assert await paid.database.fetchval("select count(*) from attempts") == 0
