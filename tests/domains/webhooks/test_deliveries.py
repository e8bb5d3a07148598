"""Webhooks on the wire: signed how, sent when, and what becomes of it when the other side misbehaves or we are killed."""

import asyncio
import contextlib
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
import standardwebhooks
import svix.webhooks

from harness.service import service as run_service
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Permission
from realstaging.domains.webhooks import rules
from realstaging.domains.webhooks import service as webhooks
from realstaging.domains.webhooks.jobs import deliver
from realstaging.domains.webhooks.payloads import Deliver
from realstaging.runtime import jobs
from realstaging.runtime.jobs import Claim
from realstaging.sandbox.oidc import PEOPLE
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve
from tests.domains.webhooks.conftest import say


async def look(ada, delivery):
    return await ada.ask("GET", f"webhook-deliveries/{delivery['id']}")


def verified(secret, heard):
    """By how many of the public libraries, which look at the time as well."""
    headers, body = heard
    found = 0
    for library in (standardwebhooks, svix.webhooks):
        with contextlib.suppress(library.WebhookVerificationError):
            library.Webhook(secret).verify(body, headers)
            found += 1
    return found


async def test_signatures_verify_and_a_rotated_secret_for_a_day_longer(ada, receiver, endpoint, run_due, clock):
    await say(ada, endpoint)
    await run_due()
    assert verified(endpoint["secret"], receiver.heard[0]) == 2
    rotated = await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/rotate")
    assert rotated["secret"] != endpoint["secret"]
    assert rotated["previous_secret_until"]
    await say(ada, endpoint)
    await run_due()
    assert [verified(secret, receiver.heard[1]) for secret in (endpoint["secret"], rotated["secret"])] == [2, 2]
    clock.forward(hours=24, seconds=1)
    await say(ada, endpoint)
    await run_due()
    headers, body = receiver.heard[2]
    assert " " not in headers["webhook-signature"]
    expected = rules.signatures([rotated["secret"]], headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == expected
    assert (await ada.ask("GET", f"webhook-endpoints/{endpoint['id']}"))["previous_secret_until"] is None


async def test_a_host_that_fails_is_tried_by_the_schedule_warned_of_and_disabled(
    ada, receiver, endpoint, run_due, clock, deliveries
):
    receiver.answers = [(500, {}, "Oh\0" * 4000)]
    [first] = await say(ada, endpoint)
    moments = []
    for number in range(1, 11):
        await run_due()
        now = await look(ada, first)
        assert (now["tries"], len(receiver.heard)) == (number, number)
        moments.append(clock())
        if now["state"] == "waiting":
            assert await run_due() == 0
            clock.forward(
                seconds=(msgspec.convert(now["next_at"], type(clock()), strict=False) - clock()).total_seconds()
            )
    assert (now["state"], now["status"], now["next_at"]) == ("failed", 500, None)
    for (before, after), wait in zip(pairwise(moments), rules.SCHEDULE[1:], strict=True):
        assert wait - timedelta(seconds=5) <= after - before <= wait * 1.1 + timedelta(seconds=5)
    assert len(set(receiver.ids)) == 1
    assert len({body for _, body in receiver.heard}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in receiver.heard}) == 10
    assert [one["status"] for one in now["attempts"]] == [500] * 10
    assert now["attempts"][0]["answer"].startswith("Oh\ufffdOh")
    assert len(now["attempts"][0]["answer"].encode()) <= 4096 * 3
    state = await ada.ask("GET", f"webhook-endpoints/{endpoint['id']}")
    assert (state["enabled"], bool(state["failing_since"])) == (True, True)
    # Told by now, after three days; two more, and it is over.
    clock.forward(days=2)
    others = await say(ada, endpoint, 2)
    await run_due()
    state = await ada.ask("GET", f"webhook-endpoints/{endpoint['id']}")
    assert (state["enabled"], state["disabled_reason"]) == (False, "failing")
    assert {one["state"] for one in await deliveries(endpoint)} == {"failed"}
    await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 409, json={})
    # Enabled again it begins anew, and what was given up may be sent again.
    receiver.answers = [(200, {}, "")]
    state = await ada.ask("PATCH", f"webhook-endpoints/{endpoint['id']}", json={"enabled": True})
    assert (state["enabled"], state["disabled_reason"], state["failing_since"]) == (True, None, None)
    told = await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/replay", json={"since": first["created_at"]})
    assert told == {"count": 3, "next_since": None}
    await run_due()
    assert {one["state"] for one in await deliveries(endpoint)} == {"delivered"}
    assert set(receiver.ids) == {one["webhook_id"] for one in [first, *others]}


async def test_of_a_test_accounts_endpoints_the_people_of_its_account_are_told(service, ada):
    """It has no members of its own: nobody was."""
    await ada.ask("POST", "keys", 201, json={"name": "trial", "scopes": ["read"], "mode": "test"})
    database = service.platform.database
    trial = await database.fetchval("select id from accounts where test_of is not null")
    told = await accounts.contacts_with(database, trial, Permission.WEBHOOKS)
    assert [one.email for one in told] == [PEOPLE[0].email]


async def test_the_owner_is_told_on_the_page_and_by_letter_before_it_is_disabled_and_then(
    service, ada, receiver, endpoint, run_due, clock
):
    receiver.answers = [(500, {}, "")]
    database = service.platform.database

    async def fail():
        await say(ada, endpoint)
        await run_due()
        await database.execute("update jobs set run_at = now() where kind = 'webhooks.tell_owner' and state = 'queued'")
        while await jobs.run_next(service.platform, HANDLERS, "general"):
            pass
        events = await database.fetchval("select count(*) from events where kind = 'webhook_endpoint.changed'")
        letters = [row["letter"] for row in await database.fetch("select letter from letters order by id")]
        return events, [(one["to"]["address"], one["endpoint"], one["reason"], bool(one["off_at"])) for one in letters]

    events, letters = await fail()
    assert letters == []
    clock.forward(days=3, hours=1)
    events_then, letters = await fail()
    told = (PEOPLE[0].email, receiver.url, "It answered 500.")
    assert (events_then - events, letters) == (1, [(*told, True)])
    events_then, letters = await fail()
    assert (events_then - events, letters) == (1, [(*told, True)])
    clock.forward(days=2)
    events_then, letters = await fail()
    assert (events_then - events, letters) == (2, [(*told, True), (*told, False)])


async def test_410_disables_at_once(ada, receiver, endpoint, run_due, deliveries):
    receiver.answers = [(410, {}, "")]
    await say(ada, endpoint, 7)
    await run_due()
    state = await ada.ask("GET", f"webhook-endpoints/{endpoint['id']}")
    assert (state["enabled"], state["disabled_reason"]) == (False, "gone")
    assert len(receiver.heard) <= rules.AT_ONCE
    assert {one["state"] for one in await deliveries(endpoint)} == {"failed"}
    await ada.photo(await ada.project())
    assert len(await deliveries(endpoint)) == 7


async def test_who_asks_for_time_is_given_it_for_all_of_its_messages(
    ada, receiver, endpoint, run_due, clock, deliveries
):
    receiver.answers = [(429, {"Retry-After": "3600"}, ""), (204, {}, "")]
    await say(ada, endpoint)
    await run_due()
    await say(ada, endpoint, 2)
    await run_due()
    clock.forward(minutes=59)
    await run_due()
    assert len(receiver.heard) == 1
    clock.forward(minutes=2)
    await run_due()
    assert {one["state"] for one in await deliveries(endpoint)} == {"delivered"}
    assert len(receiver.heard) == 4


async def test_a_redirect_is_a_failure_that_leads_nowhere(ada, receivers, receiver, endpoint, run_due):
    elsewhere = await receivers()
    receiver.answers = [(307, {"Location": elsewhere.url}, "")]
    [sent] = await say(ada, endpoint)
    await run_due()
    assert elsewhere.heard == []
    now = await look(ada, sent)
    assert (now["state"], now["status"]) == ("waiting", 307)


async def test_killed_between_sending_and_writing_it_is_sent_again_under_the_same_id(
    service, ada, receiver, endpoint, run_due
):
    [sent] = await say(ada, endpoint)
    receiver.gate.clear()
    taken = await jobs.claim(service.platform, "webhooks", list(HANDLERS))
    running = asyncio.create_task(deliver(service.platform, Claim(taken.id, Deliver(UUID(endpoint["id"])), 1)))
    await receiver.until(1)
    running.cancel()
    await asyncio.wait({running})
    receiver.gate.set()
    await service.platform.database.execute(
        "update jobs set lease_until = now() - interval '1 second' where id = $1", taken.id
    )
    await run_due()
    assert receiver.ids == [sent["webhook_id"]] * 2
    now = await look(ada, sent)
    assert (now["state"], now["tries"], len(now["attempts"])) == ("delivered", 1, 1)


async def test_a_run_given_up_for_dead_that_comes_late_writes_nothing(service, ada, receiver, endpoint, run_due):
    receiver.answers = [(500, {}, "")]
    [sent] = await say(ada, endpoint)
    receiver.gate.clear()
    taken = await jobs.claim(service.platform, "webhooks", list(HANDLERS))
    claim = Claim(taken.id, Deliver(UUID(endpoint["id"])), 1)
    runs = [asyncio.create_task(deliver(service.platform, claim)) for _ in range(2)]
    await receiver.until(2)
    receiver.gate.set()
    await asyncio.gather(*runs)
    now = await look(ada, sent)
    assert (now["state"], now["tries"], len(now["attempts"])) == ("waiting", 1, 1)


async def test_a_host_that_never_answers_takes_one_place_of_the_lane(service, ada, receivers):
    slow, quick = await receivers(), await receivers()
    slow.gate.clear()
    first, second = [await ada.ask("POST", "webhook-endpoints", 201, json={"url": one.url}) for one in (slow, quick)]
    await say(ada, first, 12)
    stop = asyncio.Event()
    working = asyncio.create_task(serve(service.platform, HANDLERS, {"webhooks": 2}, stop))
    await slow.until(rules.AT_ONCE)
    await say(ada, second, 3)
    await quick.until(3)
    assert len(slow.heard) == rules.AT_ONCE
    slow.gate.set()
    await slow.until(12)
    stop.set()
    await working


async def test_what_lost_its_job_is_found(service, ada, receiver, endpoint, run_due, clock, deliveries):
    await say(ada, endpoint)
    await service.platform.database.execute("delete from jobs")
    await webhooks.sweep(service.platform)
    assert await run_due() == 0
    clock.forward(seconds=31)
    await webhooks.sweep(service.platform)
    await webhooks.sweep(service.platform)
    assert await service.platform.database.fetchval("select count(*) from jobs") == 1
    await run_due()
    assert [one["state"] for one in await deliveries(endpoint)] == ["delivered"]


async def test_deliveries_are_kept_for_thirty_days(service, ada, receiver, endpoint, run_due, clock, deliveries):
    await say(ada, endpoint, 2)
    await run_due()
    clock.forward(days=29, hours=23)
    await webhooks.forget(service.platform)
    assert len(await deliveries(endpoint)) == 2
    clock.forward(hours=2)
    await say(ada, endpoint)
    await webhooks.forget(service.platform)
    assert len(await deliveries(endpoint)) == 1
    assert await service.platform.database.fetchval("select count(*) from webhook_attempts") == 0


async def test_lists_are_paged_and_filtered(ada, receiver, endpoint, run_due, deliveries):
    receiver.answers = [(204, {}, ""), (500, {}, "")]
    sent = await say(ada, endpoint, 3)
    await run_due()
    path = f"webhook-endpoints/{endpoint['id']}/deliveries"
    first = await ada.ask("GET", path, params={"limit": 2})
    second = await ada.ask("GET", path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert [one["id"] for one in first["items"] + second["items"]] == [one["id"] for one in reversed(sent)]
    assert second["next_cursor"] is None
    assert len(await deliveries(endpoint, state="delivered")) == 1
    await ada.ask("GET", path, 422, params={"state": "lost"})


async def test_one_delivery_may_be_replayed(ada, receiver, endpoint, run_due):
    [sent] = await say(ada, endpoint)
    await run_due()
    again = await ada.ask("POST", f"webhook-deliveries/{sent['id']}/replay")
    assert (again["state"], again["tries"], again["webhook_id"]) == ("waiting", 0, sent["webhook_id"])
    await run_due()
    assert receiver.ids == [sent["webhook_id"]] * 2
    assert len((await look(ada, sent))["attempts"]) == 2


async def test_in_production_a_name_for_a_private_address_gets_nothing(tmp_path, database_url, redis_url, receiver):
    """The guard is in the way that messages go, whatever was let in before."""
    async with run_service(tmp_path, database_url, redis_url) as running, running.signed_in() as ada:
        await ada.ask("POST", "webhook-endpoints", 422, json={"url": receiver.url})
        made = await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"})
        await running.platform.database.execute("update webhook_endpoints set url = $1", receiver.url)
        [sent] = await say(ada, made)
        assert await jobs.run_next(running.platform, HANDLERS, "webhooks")
        now = await look(ada, sent)
    assert receiver.heard == []
    assert now["attempts"][0]["error"].startswith("The address must")


async def test_refused_addresses_say_why_and_repeat_no_secret(ada):
    told = await ada.ask("POST", "webhook-endpoints", 422, json={"url": "https://me:word@hooks.example.com/"})
    assert told["code"] == "address_refused"
    assert "word@" not in str(told)
