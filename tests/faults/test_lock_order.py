"""Every use case and every job, one after the other: each transaction locks in the one order (decision 62)."""

import asyncio

import pytest

from harness.paid import house
from harness.service import room
from realstaging.domains.operations import service as operations
from realstaging.runtime import jobs
from realstaging.wiring.jobs import CHORES, HANDLERS
from tests.interleaving import run_jobs
from tests.locks import locked, out_of_order, recorded
from tests.offices import asking, join, somebody


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("select a from photos join projects on true where x for share of photos", ["photos"]),
        (
            "select a from x, y for share of projects for share of photos for update of stagings",
            ["projects", "photos", "stagings"],
        ),
        ("select id from uploads where id = $1 for update", ["uploads"]),
        (
            "update jobs set state = 'done' where id in (select id from jobs where x order by id for update)",
            ["jobs", "jobs"],
        ),
        ("insert into originals (id) values ($1) on conflict do nothing", ["originals"]),
        ("insert into photos (id) values ($1)", []),
        (
            "insert into attempts (a) select a from stagings where b for share on conflict do nothing",
            ["stagings", "attempts"],
        ),
        ("select from a where id in (select b from photos) order by id for share", ["a"]),
        ("delete from events where id < 3", ["events"]),
        ("lock table model_settings in share row exclusive mode", ["model_settings"]),
        ("select pg_advisory_xact_lock(hashtextextended($1, 9))", ["an advisory lock without a name"]),
        ("select 1 from photos", []),
    ],
)
def test_what_a_statement_locks_is_read_off_it(statement, tables):
    assert locked(statement) == tables


def test_an_order_turned_round_is_seen():
    assert out_of_order(("projects", "stagings", "jobs")) is None
    assert out_of_order(("jobs", "stagings")) == ("stagings", "jobs")
    assert out_of_order(("ledger_accounts", "holds", "jobs")) is None
    assert out_of_order(("holds", "ledger_accounts")) == ("holds", "it has no place")
    assert out_of_order(("projects", "drapes")) == ("drapes", "it has no place")


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


async def test_every_transaction_locks_in_the_one_order(paid):
    platform = paid.service.platform
    async with recorded(platform.database) as recorder:
        await a_listing(paid)
        endpoint = await an_endpoint(paid)
        await every_way_to_end(paid)
        await what_it_was_told(paid, endpoint)
        for chore in CHORES:
            await chore.run(platform)
        await everything_goes(paid)
    assert recorder.violations() == []
    # Nothing is shown by transactions that lock one table alone.
    assert {
        ("idempotency_keys", "projects"),
        ("projects", "photos"),
        ("projects", "uploads"),
        ("originals", "unclaimed_originals"),
        ("uploads", "originals"),
        ("photos", "stagings"),
        ("stagings", "ledger_accounts"),
        ("ledger_accounts", "holds"),
        ("stagings", "jobs"),
        ("holds", "jobs"),
        ("ledger_accounts", "unpaid_days"),
        ("quotas", "projects"),
        ("quotas", "stagings"),
        ("archives", "events"),
        ("notices", "attempts"),
        ("stagings", "events"),
        ("stagings", "webhook_completions"),
        ("webhook_endpoints", "webhook_deliveries"),
        ("webhook_endpoints", "events"),
    } <= recorder.pairs()
    # These are locked alone, or with nothing that others lock: that they were locked at all is what is shown.
    assert {"archives", "model_settings", "people", "members", "accounts"} <= {
        table for tables in recorder.transactions for table in tables
    }


async def an_endpoint(paid):
    """That is told everything, at an address that is refused when it is sent to."""
    path = "webhook-endpoints"
    made = await paid.ada.ask(
        "POST", path, 201, json={"url": "https://hooks.example.com/"}, headers={"Idempotency-Key": "hook"}
    )
    await paid.service.platform.database.execute("update webhook_endpoints set url = 'http://127.0.0.1:9/'")
    return f"{path}/{made['id']}"


async def what_it_was_told(paid, endpoint):
    """Tried, looked at, replayed; the endpoint set up anew, and deleted with all of it."""
    ada, platform = paid.ada, paid.service.platform
    await run_jobs(platform, "webhooks.deliver")
    [told, *_] = (await ada.ask("GET", f"{endpoint}/deliveries"))["items"]
    await ada.ask("POST", f"webhook-deliveries/{told['id']}/replay")
    await ada.ask("POST", f"{endpoint}/replay", json={"since": told["created_at"], "states": ["waiting", "failed"]})
    await ada.ask("POST", f"{endpoint}/rotate")
    await ada.ask("PATCH", endpoint, json={"enabled": False})
    await ada.ask("PATCH", endpoint, json={"enabled": True})
    await ada.ask("POST", f"{endpoint}/test", 201, json={})
    await run_jobs(platform, "webhooks.deliver")
    long_ago = "update webhook_endpoints set paused_until = null, failing_since = now() - interval '9 days', warned_at = now() - interval '2 days'"
    await platform.database.execute(long_ago)
    await ada.ask("POST", f"{endpoint}/test", 201, json={})
    await run_jobs(platform, "webhooks.deliver", "webhooks.tell_owner")
    assert (await ada.ask("GET", endpoint))["disabled_reason"] == "failing"
    await ada.ask("DELETE", endpoint, 204)


async def a_listing(paid):
    """From the first photo to a result, and all that is asked on the way."""
    ada = paid.ada
    project = await ada.project()
    await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "13 Elm Street"})
    await ada.ask("PUT", "usage/budget", json={"monthly_usd": "2.00"})
    photo = await ada.photo(project, room(300, 200))
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
    answer = await ada.ask("POST", "stagings", 201, json={"items": [item]}, headers={"Idempotency-Key": "one"})
    [staging] = answer["items"][0]["stagings"]
    async with paid.working():
        await ada.until(staging, "ready")
        await paid.quiet()
        await a_zip(ada, project, staging)
    await ada.ask("DELETE", f"stagings/{staging['id']}", 204)
    await models_set_up(paid)
    await an_office(paid)


async def an_office(paid):
    """Another account, its name, its members, who owns it, and that it is suspended."""
    office = (await paid.ada.ask("POST", "me/accounts", 201, json={"name": "Elm Estates"}))["account"]["id"]
    (_, ben), (_, cyd) = [await join(paid.service, office, name, "member") for name in ("ben", "cyd")]
    headers = {"Real-Staging-Account": office}
    await paid.ada.ask("PATCH", "account", json={"name": "Elm and Oak"}, headers=headers)
    change = {"role": "owner", "suspended": False, "monthly_limit_usd": "5.00"}
    await paid.ada.ask("PATCH", f"members/{ben}", json=change, headers=headers)
    await paid.ada.ask("DELETE", f"members/{cyd}", 204, headers=headers)
    invited = [
        await paid.ada.ask("POST", "invitations", 201, json={"email": f"{name}@a.test"}, headers=headers)
        for name in ("dan", "eve")
    ]
    await paid.ada.ask("POST", f"invitations/{invited[0]['id']}/resend", headers=headers)
    await paid.ada.ask("DELETE", f"invitations/{invited[1]['id']}", 204, headers=headers)
    path = await paid.database.fetchval("select letter ->> 'path' from letters order by id desc limit 1")
    body = {"token": path.rpartition("/")[2], "confirm_other_address": True}
    async with asking(paid.service, somebody("dan")) as dan:
        await dan.ask("POST", "invitations/accept", json=body)
    await paid.ada.ask("DELETE", f"me/accounts/{office}", 204)
    await paid.ada.ask("PUT", f"operator/accounts/{office}/state", 204, json={"suspended": True})
    await run_jobs(paid.service.platform, "staging.stop_account")


async def a_zip(ada, project, staging):
    """Asked for in two ways, made by a job, looked at."""
    for wanted in ({"files": "jpg"}, {"files": "png", "staging_ids": [staging["id"]]}):
        archive = await ada.ask("POST", f"projects/{project['id']}/archives", 201, json=wanted)
        async with asyncio.timeout(30):
            while (await ada.ask("GET", f"archives/{archive['id']}"))["state"] != "ready":
                await asyncio.sleep(0.02)


async def everything_goes(paid):
    """An export, an erasure taken back, and one that is done."""
    ada, platform = paid.ada, paid.service.platform
    await ada.ask("POST", "account/exports", 201)
    await ada.ask("POST", "me/exports", 201)
    await run_jobs(platform, "privacy.make")
    account = (await ada.ask("GET", "me"))["account"]
    await ada.ask("POST", "account/erasure", 201, json={"name": account["name"]})
    await ada.ask("DELETE", f"me/accounts/{account['id']}/erasure")
    await ada.ask("POST", "account/erasure", 201, json={"name": account["name"]})
    await platform.database.execute("update erasures set due_at = now() - interval '1 second'")
    await platform.database.execute("update jobs set run_at = now() where kind = 'privacy.erase'")
    await run_jobs(platform, "privacy.erase")
    assert await platform.database.fetchval("select count(*) from erasures where state = 'done'") == 1


async def models_set_up(paid):
    """By an operator: another chain, a model's values, and all that is sealed sealed anew."""
    [first, *_] = (await paid.ada.ask("GET", "operator/models"))["chain"]["models"]
    await paid.ada.ask("PUT", "operator/models", json={"chain": [first]})
    await paid.ada.ask("PUT", "operator/models", json={"configurations": {first: {}}})
    await operations.reseal(paid.service.platform)


async def every_way_to_end(paid):
    """Canceled, tried again, given up, deleted with its photo, deleted with its project."""
    ada, platform = paid.ada, paid.service.platform
    project = await ada.project()
    photo = await ada.photo(project, room(300, 200))
    other = await ada.photo(project, room(310, 200))
    [staging] = await ada.stage(photo, engine="replicate")
    await ada.ask("POST", f"stagings/{staging['id']}/cancel")
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    await given_up(platform, staging)
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    await ada.stage(other, engine="replicate")
    await ada.ask("DELETE", f"photos/{photo['id']}", 204)
    await run_jobs(platform, "staging.free_photos")
    await ada.ask("DELETE", f"projects/{project['id']}", 204)
    await run_jobs(platform)


async def given_up(platform, staging):
    """As when its worker died at every run."""
    await platform.database.execute(
        """update jobs set state = 'running', failures = $1, lease_until = now() - interval '1 second'
           where state = 'queued' and payload ->> 'staging_id' = $2""",
        jobs.MOST_FAILURES,
        staging["id"],
    )
    await jobs.sweep(platform, HANDLERS)
