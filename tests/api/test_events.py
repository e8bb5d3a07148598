"""Everything that browsers are told is of the one union that the API describes, and is in it whole."""

from functools import reduce
from operator import or_
from uuid import UUID

import msgspec

from realstaging import wiring
from realstaging.api import build, description, stream
from realstaging.domains.accounts import office
from realstaging.domains.billing.events import BudgetAlert, ReachedShare
from realstaging.domains.payments.events import BillingChanged, ToldBilling
from realstaging.domains.photos import store
from realstaging.domains.photos.events import PhotoPredicted
from realstaging.domains.photos.service import photo_of
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from tests.offices import asking, join

UNION = reduce(or_, [*wiring.EVENTS, *stream.EVENTS])


async def told(service):
    """All events, as a browser takes them."""
    rows = await service.platform.database.fetch("select kind, data from events order by id")
    return [{"kind": row["kind"], "data": row["data"]} for row in rows]


async def everything_happens(service, ada):
    project = await ada.project()
    await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "13 Elm Street"})
    photo = await ada.photo(project)
    for place in (await ada.project("elsewhere"), project):
        await ada.ask("POST", "photos/moves", 204, json={"photo_ids": [photo["id"]], "project_id": place["id"]})
    broken = await ada.announce(project, b"no photo")
    await ada.send(broken, b"no photo")
    await ada.ask("POST", "photos", 207, json={"project_id": project["id"], "upload_ids": [broken["upload_id"]]})
    async with service.working():
        [staging, other] = await ada.stage(photo, styles=["modern", "coastal"])
        await ada.until(staging, "ready")
        await ada.until(other, "ready")
        await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={"files": "jpg"})
        await ada.ask("POST", "account/exports", 201, json={})
        await service.jobs_done()
    await ada.ask("POST", "keys", 201, json={"name": "Importer", "scopes": []})
    await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"})
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    async with transaction(service.platform) as work:
        kept = await store.find(work.connection, account, UUID(photo["id"]))
        work.publish(account, PhotoPredicted(photo_of(work.platform.signer(), kept)))
    await ada.ask("DELETE", f"stagings/{staging['id']}", 204)
    await ada.ask("DELETE", f"photos/{photo['id']}", 204)
    await ada.ask("DELETE", f"projects/{project['id']}", 204)
    async with asking(service, PEOPLE[0], account) as owner:
        await owner.ask("PATCH", "account", json={"kind": "office"})
        _, member = await join(service, str(account), "ben", "member")
        await owner.ask("PATCH", f"members/{member}", json={"role": "viewer"})
        await owner.ask("DELETE", f"members/{member}", 204)
    async with transaction(service.platform) as work:
        for suspended in (True, False):
            await office.set_state(work, account, suspended=suspended)
        work.publish(account, BudgetAlert(ReachedShare(80, work.now.date())))
        work.publish(account, BillingChanged(ToldBilling("pro", 1)))


async def test_every_event_is_of_the_union_and_loses_nothing_in_it(service, ada):
    await everything_happens(service, ada)
    seen = set()
    for event in await told(service):
        decoded = msgspec.convert(event, UNION)
        seen.add(type(decoded))
        again = msgspec.json.decode(msgspec.json.encode(decoded))
        assert without_instants(again) == without_instants(event)
    assert seen == set(wiring.EVENTS)


def without_instants(value):
    """Moments are written with a Z or with +00:00."""
    match value:
        case dict():
            return {name: without_instants(one) for name, one in value.items()}
        case list():
            return [without_instants(one) for one in value]
        case str():
            return value.replace("+00:00", "Z")
        case _:
            return value


async def test_a_stream_begins_and_ends_with_events_of_the_union(service, ada):
    async with ada.session.get("events", headers={"Accept": "text/event-stream"}) as answer:
        lines = [(await answer.content.readline()).decode() for _ in range(4)]
    kind, data = lines[2].removeprefix("event: ").strip(), lines[3].removeprefix("data: ")
    assert isinstance(msgspec.convert({"kind": kind, "data": msgspec.json.decode(data)}, UNION), stream.Snapshot)
    assert msgspec.json.decode(b'{"kind":"reconnect","data":{}}', type=UNION) == stream.Reconnect(stream.StreamEnd())


def test_the_description_holds_every_event_in_one_union():
    schemas = description.described(build(Settings()))["components"]["schemas"]
    union = schemas[description.EVENT]
    kinds = {event.__struct_config__.tag for event in [*wiring.EVENTS, *stream.EVENTS]}
    assert set(union["discriminator"]["mapping"]) == kinds
    assert len(kinds) >= 10
    for place in union["oneOf"]:
        told = schemas[place["$ref"].rpartition("/")[2]]
        assert sorted(told["required"]) == ["data", "kind"]
        assert "$ref" in told["properties"]["data"]
