"""What webhooks tell: of which events, to whose endpoints, and when a project is complete."""

import asyncio
from uuid import UUID

import jsonschema_rs
import msgspec

from harness.service import room
from realstaging.api import build
from realstaging.api.description import described
from realstaging.domains.accounts.events import MemberJoined, MemberRemoved, ToldMember
from realstaging.domains.accounts.service import Role
from realstaging.domains.billing.events import BudgetAlert, ReachedShare
from realstaging.domains.webhooks import outgoing
from realstaging.domains.webhooks.messages import WebhookEvent
from realstaging.kit.errors import CannotStage
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from tests.domains.webhooks.conftest import say


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


async def test_who_comes_and_goes_is_told(service, ada, receiver, endpoint, run_due):
    account_id, member_id = UUID((await ada.ask("GET", "me"))["account"]["id"]), new_id()
    async with transaction(service.platform) as work:
        for event in (MemberJoined, MemberRemoved):
            work.publish(account_id, event(ToldMember(member_id, Role.VIEWER)))
    await run_due()
    assert sorted(receiver.types) == ["member.joined", "member.removed"]
    assert {msgspec.json.decode(body)["data"]["member_id"] for _, body in receiver.heard} == {str(member_id)}


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
