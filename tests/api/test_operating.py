"""Operators' pages by their API: who is found, what waits and went wrong, what is put right; and what stays closed to them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from harness.service import service as run_service
from realstaging.kit.clock import utc_now
from realstaging.sandbox.oidc import PEOPLE
from tests.domains.files.test_check import made_ready
from tests.offices import asking, somebody

ADA = PEOPLE[0]
OLIVE = somebody("olive")
REASON = {"reason": "She wrote that her picture is blank."}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=OLIVE.subject) as running:
        yield running


@pytest.fixture
async def olive(service):
    async with asking(service, OLIVE) as caller:
        yield caller


async def test_accounts_and_people_are_found_and_looked_after(service, olive):
    async with asking(service, ADA) as ada:
        me = await ada.ask("GET", "me")
        account = me["account"]["id"]
        for words in (ADA.email[:5].upper(), account, me["account"]["name"][1:-1]):
            found = (await olive.ask("GET", "operator/accounts", params={"search": words}))["items"]
            assert account in {one["id"] for one in found}, words
        [person] = (await olive.ask("GET", "operator/people", params={"search": ADA.email}))["items"]
        assert person["accounts"][0] | {"account": ""} == {"account_id": account, "account": "", "role": "owner"}
        assert (await olive.ask("GET", "operator/people", params={"search": "100%"}))["items"] == []
        await olive.ask("GET", "operator/people", 422)
        given = {"usd": "7.50", "reference": "sorry:1"}
        assert (await olive.ask("PUT", f"operator/accounts/{account}/grants", json=given))["new"] is True
        assert (await olive.ask("PUT", f"operator/accounts/{account}/grants", json=given))["new"] is False
        await olive.ask("PUT", f"operator/accounts/{account}/grants", 422, json={**given, "usd": "-1"})
        await olive.ask("PUT", f"operator/accounts/{uuid4()}/grants", 404, json=given)
        await olive.ask("PUT", f"operator/accounts/{account}/plan", 204, json={"plan": "pro"})
        await olive.ask("PUT", f"operator/accounts/{account}/plan", 422, json={"plan": "golden"})
        [now] = (await olive.ask("GET", "operator/accounts", params={"search": account}))["items"]
        assert now["plan"] == "pro"
        assert float(now["available_usd"]) >= 7.5
        assert now["members"] == 1
        # It is told in their own trail that an operator did it; and they may none of this themselves.
        trail = (await ada.ask("GET", "audit", params={"action": "credit.granted"}))["items"]
        assert [one["who"]["kind"] for one in trail] == ["operator"]
        await ada.ask("GET", "operator/accounts", 403)
        await ada.ask("PUT", f"operator/accounts/{account}/grants", 403, json=given)


async def test_a_picture_is_seen_for_a_reason_that_its_account_reads(service, olive):
    async with asking(service, ADA) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
        photo = await ada.photo(await ada.project())
        staging, other = await ada.stage(photo, ["modern", "scandinavian"])
        await made_ready(service.platform, staging)
        listed = await olive.ask("GET", "operator/stagings", params={"account": account, "in_state": "ready"})
        [shown] = listed["items"]
        assert shown["id"] == staging["id"]
        assert "http" not in str(listed)
        look = f"operator/stagings/{staging['id']}/look"
        for reason in ("", "because", "x" * 201):
            await olive.ask("POST", look, 422, json={"reason": reason})
        assert (await ada.ask("GET", "audit", params={"action": "staging.seen"}))["items"] == []
        looked = await olive.ask("POST", look, json=REASON)
        assert "/web.webp" in looked["after"]
        async with olive.session.get(looked["before"], headers={"Authorization": ""}) as answer:
            assert answer.status == 200
        [seen] = (await ada.ask("GET", "audit", params={"action": "staging.seen"}))["items"]
        assert (seen["subject"], seen["details"]) == (staging["id"], REASON)
        waiting = await olive.ask("POST", f"operator/stagings/{other['id']}/look", json=REASON)
        assert waiting["after"] is None
        await olive.ask("POST", f"operator/stagings/{other['id']}/cancel", 204)
        await olive.ask("POST", f"operator/stagings/{other['id']}/cancel", 409)
        assert (await ada.ask("GET", f"stagings/{other['id']}"))["state"] == "canceled"
        await ada.ask("POST", look, 403, json=REASON)
        await ada.ask("DELETE", f"photos/{photo['id']}", 204)
        await olive.ask("POST", look, 404, json=REASON)


async def test_what_waits_and_what_went_wrong_is_seen_and_put_right(service, olive):
    database = service.platform.database
    async with asking(service, ADA) as ada:
        account = UUID((await ada.ask("GET", "me"))["account"]["id"])
        photo = await ada.photo(await ada.project())
        [staging] = await ada.stage(photo)
        await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/in?token=hush"})
    await database.execute("update webhook_endpoints set failures = 3, failing_since = now()")
    await database.execute(
        """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict, account_id, cost)
           values ('t', 'k', $1, 1, 'm', '1', 40000, now(), 'failed', $2, 40000)""",
        UUID(staging["id"]),
        account,
    )
    await database.execute("insert into notices (id, token, prediction) values ('n', 't', '{}')")
    await database.execute("update jobs set run_at = now() - interval '1 minute' where state = 'queued'")
    queue = await olive.ask("GET", "operator/queue")
    assert sum(lane["waiting"] for lane in queue["lanes"]) >= 1
    assert max(lane["oldest_seconds"] for lane in queue["lanes"]) >= 60
    job = await database.fetchval("select job_id from stagings")
    await database.execute(
        "update jobs set state = 'dead', error = 'out of memory', finished_at = now() where id = $1", job
    )
    [dead] = (await olive.ask("GET", "operator/jobs"))["items"]
    assert (dead["id"], dead["error"]) == (str(job), "out of memory")
    [shown] = (await olive.ask("GET", "operator/stagings", params={"account": str(account)}))["items"]
    assert (shown["job_state"], shown["job_error"]) == ("dead", "out of memory")
    await olive.ask("POST", f"operator/jobs/{job}/replay", 204)
    await olive.ask("POST", f"operator/jobs/{job}/replay", 404)
    assert (await olive.ask("GET", "operator/queue"))["dead"] == 0
    [day] = (await olive.ask("GET", "operator/costs"))["items"]
    assert day == {
        "day": f"{utc_now():%Y-%m-%d}", "model": "m", "asked": 1, "passed": 0, "cost_usd": "0.04", "unpaid_usd": "0.04",
    }  # fmt: skip
    await database.execute("update attempts set created_at = $1", utc_now() - timedelta(days=3))
    assert (await olive.ask("GET", "operator/costs", params={"days": 1}))["items"] == []
    told = await olive.ask("GET", "operator/webhooks")
    assert (told["failing"][0]["host"], told["failing"][0]["failures"]) == ("hooks.example.com", 3)
    assert "hush" not in str(told)
    assert told["incoming"][0]["id"] == "n"
    assert "items" in await olive.ask("GET", "operator/letters")
