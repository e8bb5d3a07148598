"""Operators' pages by their API: who is found, what waits and went wrong, what is put right; and what stays closed to them."""

import csv
import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.billing import service as billing
from realstaging.engines.engine import CostClass
from realstaging.kit import tables
from realstaging.kit.clock import utc_now
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from tests.domains.files.test_check import made_ready
from tests.interleaving import member
from tests.offices import OLIVE, asking

ADA = PEOPLE[0]
REASON = {"reason": "She wrote that her picture is blank."}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=OLIVE.subject) as running:
        yield running


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


async def test_a_plan_that_an_operator_gives_is_granted_from_next_month_on(service, olive):
    """It was counted as one that is paid for: nothing was ever granted for it."""
    async with asking(service, ADA) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
        assert (await ada.ask("GET", "usage"))["available_usd"] == "2.50"
        await olive.ask("PUT", f"operator/accounts/{account}/plan", 204, json={"plan": "pro"})
    next_month = (utc_now().replace(day=1) + timedelta(days=32)).replace(day=1)
    async with (
        wiring.platform(service.settings, engines={}, clock=lambda: next_month) as later,
        transaction(later) as work,
    ):
        assert (await billing.left(work, UUID(account))).available == 25_000_000


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
    told = await olive.ask("GET", "operator/webhooks")
    assert (told["failing"][0]["host"], told["failing"][0]["failures"]) == ("hooks.example.com", 3)
    assert "hush" not in str(told)
    assert told["incoming"][0]["id"] == "n"
    assert "items" in await olive.ask("GET", "operator/letters")


ASKED = """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict, account_id, cost)
values ($1, $1, $2, 1, 'a/model', '7', 40000, now(), $3, $4, $5)"""


async def test_what_was_charged_what_it_cost_and_what_is_left_are_told_by_day(service, olive):
    database = service.platform.database
    async with asking(service, ADA) as ada:
        account = UUID((await ada.ask("GET", "me"))["account"]["id"])
        project = await ada.project()
        photo = await ada.photo(project)
        paid, back, failed = [UUID(one["id"]) for one in await ada.stage(photo, ["modern", "coastal", "industrial"])]
        caller = await member(ada)
    await database.execute("update stagings set engine = 'replicate'")
    async with transaction(service.platform) as work:
        order = billing.Order(project["id"], "paid", [paid, back], CostClass.PROVIDERS_PICTURE)
        assert await billing.hold(work, caller, order) is None
        for staging in (paid, back):
            await billing.settle(work, staging)
        amount = await billing.credit_back(work, account, back)
    await database.execute(
        """insert into credit_backs (staging_id, account_id, member_id, reason, words, amount, engine, model, prompt_version, created_at)
           values ($1, $2, $2, 'other', 'a lamp floats', $3, 'replicate', 'a/model', '7', now())""",
        back,
        account,
        amount,
    )
    for token, staging, verdict, cost in (
        ("p1", paid, "failed", 40_000),
        ("p2", paid, "passed", 40_000),
        ("b", back, "passed", 40_000),
        ("f", failed, "failed", 80_000),
    ):
        await database.execute(ASKED, token, staging, verdict, account, cost)
    # What a test key was charged is no money.
    test = await database.fetchval(
        "insert into accounts (id, name, test_of) values (gen_random_uuid(), 'Test', $1) returning id", account
    )
    await database.execute("insert into ledger_accounts (account_id) values ($1)", test)
    await database.execute(
        """insert into ledger_entries (account_id, kind, debit, credit, amount, reference, in_lots)
           values ($1, 'settle', 'held', 'earned', 990000, $2::text || ':1', true), ($1, 'credit_back', 'earned', 'available', 980000, $2, true)""",
        test,
        str(uuid4()),
    )
    told = await olive.ask("GET", "operator/costs")
    sums = {
        "asked": 4, "passed": 2, "cost_usd": "0.20", "unpaid_usd": "0.12", "charged": 2, "charged_usd": "0.50",
        "credited_back_usd": "0.25", "margin_usd": "0.05",
    }  # fmt: skip
    today = {"day": f"{utc_now():%Y-%m-%d}", "engine": "replicate", "model": "a/model"}
    assert told == {"items": [sums | today], "total": sums}
    async with olive.session.get("operator/costs.csv") as answer:
        assert answer.content_type == "text/csv"
        [row] = csv.DictReader(io.StringIO(await answer.text()))
    assert row == {name: str(value) for name, value in (today | sums).items()}
    # Of whom the staging is deleted by now, it is told all the same.
    await database.execute("delete from stagings where id = $1", failed)
    assert (await olive.ask("GET", "operator/costs"))["total"] == sums
    await database.execute("update attempts set ended_at = $1", utc_now() - timedelta(days=3))
    later = (await olive.ask("GET", "operator/costs", params={"days": 1}))["items"]
    assert [(one["cost_usd"], one["charged_usd"]) for one in later] == [("0.00", "0.50")]
    # Who gave it back is found among the stagings; nothing of a picture is told without a reason.
    [given] = (await olive.ask("GET", "operator/credit-backs"))["recent"]
    assert given["words"] == "a lamp floats"
    [shown] = (await olive.ask("GET", "operator/stagings", params={"staging": given["staging_id"]}))["items"]
    assert shown["id"] == str(back)
    assert (await olive.ask("GET", "operator/stagings", params={"staging": str(uuid4())}))["items"] == []
    await olive.ask("GET", "operator/stagings", 422, params={"staging": "x"})
    # With an account goes what it said of a picture, not the amount.
    await database.execute("delete from credit_backs")
    assert (await olive.ask("GET", "operator/costs"))["total"]["credited_back_usd"] == "0.25"


def test_an_amount_below_zero_is_a_number_in_a_table():
    assert tables.table([["-0.04", "-1+2", "0.5"]]) == b"-0.04,'-1+2,0.5\r\n"
