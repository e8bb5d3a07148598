"""Webhooks on the wire: what is told, signed how, sent when, and what becomes of it when the other side misbehaves or we are killed."""

import asyncio
import contextlib
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import jsonschema_rs
import msgspec
import standardwebhooks
import svix.webhooks

from harness.service import room
from harness.service import service as run_service
from realstaging.api import build
from realstaging.api.description import described
from realstaging.domains.accounts.events import MemberJoined, MemberRemoved, ToldMember
from realstaging.domains.accounts.service import Role
from realstaging.domains.billing.events import BudgetAlert, ReachedShare
from realstaging.domains.webhooks import outgoing, rules
from realstaging.domains.webhooks import service as webhooks
from realstaging.domains.webhooks.jobs import deliver
from realstaging.domains.webhooks.messages import WebhookEvent
from realstaging.domains.webhooks.payloads import Deliver
from realstaging.kit.errors import CannotStage
from realstaging.kit.ids import new_id
from realstaging.runtime import jobs
from realstaging.runtime.jobs import Claim
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve


async def say(ada, endpoint, number=1, **body):
    """Have test messages sent."""
    path = f"webhook-endpoints/{endpoint['id']}/test"
    return [await ada.ask("POST", path, 201, json=body) for _ in range(number)]


async def look(ada, delivery):
    return await ada.ask("GET", f"webhook-deliveries/{delivery['id']}")


async def test_a_listing_is_told_from_its_first_photo_to_its_end(service, ada, receiver, endpoint, run_due):
    project = await ada.project()
    photos = [await ada.photo(project, room(450 + size, 300)) for size in range(2)]
    broken = await ada.announce(project, b"no photo", "broken.jpg")
    await ada.send(broken, b"no photo")
    await ada.ask("POST", "photos", 207, json={"project_id": project["id"], "upload_ids": [broken["upload_id"]]})
    service.engine.failures = [CannotStage("No floor.")]
    async with service.working():
        [failed] = await ada.stage(photos[0])
        await ada.until(failed, "failed")
        ready = [(await ada.stage(photo))[0] for photo in photos]
        for staging in ready:
            await ada.until(staging, "ready")
        service.engine.gate.clear()
        [canceled] = await ada.stage(photos[0], ["coastal"])
        await ada.until(canceled, "running")
        await ada.ask("POST", f"stagings/{canceled['id']}/cancel")
    async with transaction(service.platform) as work:
        account_id = await work.connection.fetchval("select id from accounts")
        work.publish(account_id, BudgetAlert(ReachedShare(80, work.now.date().replace(day=1))))
    await run_due()
    bodies = [
        msgspec.json.decode(body) for body in {head["webhook-id"]: body for head, body in receiver.heard}.values()
    ]
    told = {}
    for body in bodies:
        told.setdefault(body["type"], []).append(body["data"])
    assert {name: len(data) for name, data in told.items()} == {
        "photo.ready": 2,
        "photo.refused": 1,
        "staging.failed": 1,
        "staging.ready": 2,
        "staging.canceled": 1,
        "project.completed": 1,
        "usage.budget_reached": 1,
    }
    assert told["photo.refused"][0]["code"] == "bad_photo"
    assert told["staging.failed"][0]["code"] == "cannot_stage"
    assert {one["staging_id"] for one in told["staging.ready"]} == {one["id"] for one in ready}
    assert told["project.completed"][0]["project_id"] == project["id"]
    assert told["usage.budget_reached"][0]["percent"] == 80
    check_described(bodies)


def check_described(bodies):
    """Every body is as the description says."""
    document = described(build(Settings()))
    for body in bodies:
        content = document["webhooks"][body["type"]]["post"]["requestBody"]["content"]
        jsonschema_rs.Draft202012Validator(
            {**content["application/json"]["schema"], "components": document["components"]}
        ).validate(body)


async def test_every_type_may_be_tried_out(ada, receiver, endpoint, run_due):
    for type_ in WebhookEvent:
        await say(ada, endpoint, type=type_)
    await say(ada, endpoint)
    await run_due()
    assert sorted(receiver.types) == sorted([*WebhookEvent, "webhook.test"])
    bodies = [msgspec.json.decode(body) for _, body in receiver.heard]
    assert all(body["data"]["test"] for body in bodies)
    check_described(bodies)


async def test_only_what_was_chosen_is_told_and_to_the_account_alone(service, ada, receivers, run_due):
    chosen, nothing, elsewhere = [await receivers() for _ in range(3)]
    await ada.ask("POST", "webhook-endpoints", 201, json={"url": chosen.url, "events": ["photo.ready", "photo.ready"]})
    await ada.ask("POST", "webhook-endpoints", 201, json={"url": nothing.url, "events": ["member.joined"]})
    async with service.signed_in(PEOPLE[1]) as bob:
        await bob.ask("POST", "webhook-endpoints", 201, json={"url": elsewhere.url})
        await ada.photo(await ada.project())
        await run_due()
    assert (chosen.types, nothing.types, elsewhere.types) == (["photo.ready"], [], [])


async def test_of_two_accounts_in_one_transaction_each_hears_what_is_its_own(service, ada, receivers, run_due):
    hers, his = await receivers(), await receivers()
    await ada.ask("POST", "webhook-endpoints", 201, json={"url": hers.url})
    async with service.signed_in(PEOPLE[1]) as bob:
        await bob.ask("POST", "webhook-endpoints", 201, json={"url": his.url})
        accounts = [UUID((await one.ask("GET", "me"))["account"]["id"]) for one in (ada, bob)]
    async with transaction(service.platform) as work:
        for account_id, percent in zip(accounts, (80, 100), strict=True):
            work.publish(account_id, BudgetAlert(ReachedShare(percent, work.now.date().replace(day=1))))
    await run_due()
    told = [[msgspec.json.decode(body)["data"]["percent"] for _, body in one.heard] for one in (hers, his)]
    assert told == [[80], [100]]


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


async def test_the_owner_is_told_on_the_page_and_by_letter_before_it_is_disabled_and_then(
    service, ada, receiver, endpoint, run_due, clock
):
    receiver.answers = [(500, {}, "")]
    database = service.platform.database

    async def fail():
        await say(ada, endpoint)
        await run_due()
        await database.execute("update jobs set run_at = now() where kind = 'webhooks.tell_owner' and state = 'queued'")
        while await jobs.run_next(service.platform, HANDLERS, "wait"):
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


async def test_who_comes_and_goes_is_told(service, ada, receiver, endpoint, run_due):
    account_id, member_id = UUID((await ada.ask("GET", "me"))["account"]["id"]), new_id()
    async with transaction(service.platform) as work:
        for event in (MemberJoined, MemberRemoved):
            work.publish(account_id, event(ToldMember(member_id, Role.VIEWER)))
    await run_due()
    assert sorted(receiver.types) == ["member.joined", "member.removed"]
    assert {msgspec.json.decode(body)["data"]["member_id"] for _, body in receiver.heard} == {str(member_id)}


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


async def test_two_that_end_at_once_complete_their_project_once(service, ada, receiver, endpoint, run_due):
    project = await ada.project()
    photo = await ada.photo(project, room())
    service.engine.gate.clear()
    stagings = await ada.stage(photo, ["modern", "coastal"])
    async with service.working():
        for staging in stagings:
            await ada.until(staging, "running")
        service.engine.gate.set()
        for staging in stagings:
            await ada.until(staging, "ready")
    await run_due()
    assert receiver.told.count("project.completed") == 1
    # Deleting what was the last thing at work is an end as well, if something became ready since.
    async with service.working():
        await ada.until((await ada.stage(photo, ["modern"], seed=5))[0], "ready")
    service.engine.gate.clear()
    await run_due()
    assert receiver.told.count("project.completed") == 2
    [last] = await ada.stage(photo, ["coastal"], seed=6)
    await ada.ask("DELETE", f"stagings/{last['id']}", 204)
    await run_due()
    assert receiver.told.count("project.completed") == 2


async def test_of_two_transactions_that_end_stagings_the_last_to_commit_sees_the_end(
    service, ada, endpoint, deliveries
):
    """The first has looked and not committed while the second looks: it has to wait, or both would see the other at work."""
    photo = await ada.photo(await ada.project(), room())
    stagings = await ada.stage(photo, ["modern", "coastal"])
    database = service.platform.database
    account_id = await database.fetchval("select id from accounts")
    # The figures of the project are one row: without this trigger's lock the two meet at the look alone.
    await database.execute("alter table stagings disable trigger count_update")
    ended, looked, commit = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def end(work, staging):
        ready = "update stagings set state = 'ready', finished_at = clock_timestamp(), result_key = 'x' where id = $1"
        await work.connection.execute(ready, staging["id"])

    async def look(work):
        await outgoing.complete(work, [outgoing.Ended(account_id, UUID(stagings[0]["project_id"]))])

    async def first():
        async with transaction(service.platform) as work:
            await end(work, stagings[0])
            await ended.wait()
            await look(work)
            looked.set()
            await commit.wait()

    async def second():
        async with transaction(service.platform) as work:
            await end(work, stagings[1])
            ended.set()
            await looked.wait()
            await look(work)

    both = [asyncio.create_task(first()), asyncio.create_task(second())]
    await looked.wait()
    while not both[1].done() and not await database.fetchval("select exists (select from pg_locks where not granted)"):
        await asyncio.sleep(0.01)
    commit.set()
    await asyncio.gather(*both)
    assert [one["type"] for one in await deliveries(endpoint)].count("project.completed") == 1


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
