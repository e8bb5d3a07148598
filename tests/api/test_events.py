"""Everything that browsers are told is of the one union that the API describes, and is in it whole."""

import asyncio
from functools import reduce
from operator import or_
from typing import get_args, get_type_hints
from uuid import UUID

import msgspec
from litestar.routes import HTTPRoute

from realstaging import wiring
from realstaging.api import build, description, stream
from realstaging.domains.accounts import office
from realstaging.domains.accounts.service import Permission
from realstaging.domains.archives.events import ArchiveChanged
from realstaging.domains.archives.schemas import Archive
from realstaging.domains.billing.events import BillingChanged, BudgetAlert, ReachedShare, ToldBilling
from realstaging.domains.photos import store
from realstaging.domains.photos.events import PhotoPredicted
from realstaging.domains.photos.service import photo_of
from realstaging.kit.clock import utc_now
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from tests.api.test_keys import bearing
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


def structs_in(annotation):
    """The structs that an answer of this type may hold, at any depth."""
    if not (isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)):
        return set().union(*map(structs_in, get_args(annotation)))
    return {annotation}.union(*(structs_in(type_) for type_ in get_type_hints(annotation).values()))


def test_an_event_needs_what_reading_the_same_needs():
    """Whoever may read a thing by a route may be told of it; who may not, is not."""
    handlers = {
        (handler.opt["needs"], handler.parsed_return_field.annotation)
        for route in build(Settings(web_folder="")).routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if "GET" in handler.http_methods and "needs" in handler.opt
    }
    compared = 0
    for event in wiring.EVENTS:
        told = get_type_hints(event)["data"]
        # How an account is called is told to its people by routes of their own, and is no secret from its keys.
        read_by = {needs for needs, answer in handlers if told in structs_in(answer)} - {Permission.OWN}
        compared += bool(read_by)
        assert not read_by or event.needs in read_by, f"{event.__name__} needs {event.needs}, and is read by {read_by}"
    assert compared > 4


async def heard(caller, until, last_id):
    """Kinds of events that a stream tells after an id, as far as the one whose block has ``until`` in it."""
    kinds, whole = [], ""
    async with caller.session.get("events", headers={"Last-Event-ID": str(last_id)}) as stream_, asyncio.timeout(20):
        assert stream_.status == 200
        while until not in whole:
            block = (await stream_.content.readuntil(b"\n\n")).decode()
            whole += block
            kinds += [line.removeprefix("event: ") for line in block.splitlines() if line.startswith("event: ")]
    return kinds, whole


async def test_nobody_is_told_by_a_stream_what_they_could_not_read(service, ada):
    """A webhook's address may have a secret in it, and an archive's opens it: a viewer's stream told the one, a reading key's both."""
    account = (await ada.ask("GET", "me"))["account"]["id"]
    viewer, _ = await join(service, account, "vera", "viewer")
    key = (await ada.ask("POST", "keys", 201, json={"name": "reads", "scopes": ["read"]}))["secret"]
    project = await ada.project()
    begin = await service.platform.database.fetchval("select max(id) from events")
    await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/in?secret=s3cr3t"})
    at = utc_now()
    url = "https://files.example.com/all.zip?signature=abc"
    archive = Archive(UUID(int=1), UUID(project["id"]), "ready", 1, 0, 1.0, 1, url, None, at, at)
    async with transaction(service.platform) as work:
        work.publish(UUID(account), ArchiveChanged(archive))
        work.publish(UUID(account), BillingChanged(ToldBilling("pro", 1)))
    await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "the last"})
    everything = ["webhook_endpoint.changed", "archive.changed", "billing.changed", "project.changed"]
    assert (await heard(ada, "the last", begin))[0] == everything
    async with asking(service, viewer, account) as looks:
        kinds, whole = await heard(looks, "the last", begin)
        assert kinds == everything[1:]
        assert "s3cr3t" not in whole
    async with asyncio.timeout(20), bearing(service, key) as program:
        kinds, whole = await heard(program, "the last", begin)
        assert kinds == everything[-1:]
        assert "signature" not in whole
        # What comes while it listens is withheld, too.
        headers = {"Last-Event-ID": str(await service.platform.database.fetchval("select max(id) from events"))}
        async with program.session.get("events", headers=headers) as stream_:
            await stream_.content.readuntil(b"\n\n")
            async with transaction(service.platform) as work:
                work.publish(UUID(account), ArchiveChanged(archive))
            await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "the very last"})
            told_ = ""
            while "the very last" not in told_:
                told_ += (await stream_.content.readuntil(b"\n\n")).decode()
            assert "archive.changed" not in told_
