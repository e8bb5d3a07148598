"""Everything that is kept of an account, or of a person, in one ZIP: made by a job, handed out by a link, gone after its days."""

import io
import json
import zipfile
from uuid import UUID, uuid4

import aiohttp
import pytest

from harness.service import jpeg
from realstaging.domains.privacy import rules
from realstaging.domains.privacy import service as exports
from realstaging.domains.privacy.payloads import Make
from realstaging.domains.privacy.schemas import ExportState
from realstaging.runtime.account_data import Exported
from realstaging.runtime.jobs import Claim
from realstaging.sandbox.oidc import PEOPLE, Person
from realstaging.storage import StorageUnavailable
from realstaging.wiring.account_data import ACCOUNT_DATA
from realstaging.wiring.jobs import HANDLERS
from tests.domains.files.test_check import made_ready
from tests.offices import asking, join, links

ADA = PEOPLE[0]


@pytest.fixture
async def ada(service):
    async with asking(service, ADA) as caller:
        yield caller


async def made(service, caller, path):
    """An export as its job leaves it."""
    export = await caller.ask("POST", path, 201)
    await run(service, export, 1)
    return await caller.ask("GET", f"{path}/{export['id']}")


async def run(service, export, number, failures=0):
    job_id = await service.platform.database.fetchval("select job_id from exports where id = $1", UUID(export["id"]))
    await HANDLERS["privacy.make"].run(service.platform, Claim(job_id, Make(UUID(export["id"])), number, failures))


async def unpacked(export):
    async with aiohttp.ClientSession() as browser, browser.get(export["url"]) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        whole = await answer.read()
    assert len(whole) == export["size"]
    packed = zipfile.ZipFile(io.BytesIO(whole))
    assert packed.testzip() is None
    return packed


def lines(packed, name):
    return [json.loads(line) for line in packed.read(name).splitlines()]


async def test_an_account_gets_every_row_and_every_picture(service, ada):
    project = await ada.project("Elm Street 12")
    data = jpeg(320, 200, (210, 190, 200))
    photo = await ada.photo(project, data, name="Küche/1.jpg")
    [staging] = await ada.stage(photo)
    await made_ready(service.platform, staging)
    shown = await ada.ask("POST", "keys", 201, json={"name": "robot", "scopes": ["read"]})
    hook = await ada.ask(
        "POST", "webhook-endpoints", 201, json={"url": "https://hook.example.com/a", "events": ["staging.ready"]}
    )
    await ada.ask("POST", f"webhook-endpoints/{hook['id']}/rotate")
    await join(service, (await ada.ask("GET", "me"))["account"]["id"], "kim", "viewer")
    sealed = await service.platform.database.fetchrow("select secret, previous_secret from webhook_endpoints")
    assert None not in sealed.values(), "what is looked for is there"
    export = await made(service, ada, "account/exports")
    packed = await unpacked(export)
    sections = {f"{section.name}.jsonl" for one in ACCOUNT_DATA for section in one.of_account}
    pictures = {f"photos/{photo['id']}/Küche-1.jpg", f"stagings/{staging['id']}/Küche-1-living_room-modern.png"}
    assert set(packed.namelist()) == sections | pictures | {"index.json"}
    assert packed.read(f"photos/{photo['id']}/Küche-1.jpg") == data
    assert packed.read(f"stagings/{staging['id']}/Küche-1-living_room-modern.png") == b"master.png"
    assert [row["name"] for row in lines(packed, "projects.jsonl")] == ["Elm Street 12"]
    assert {row["email"] for row in lines(packed, "members.jsonl")} == {ADA.email, "kim@office.test"}
    assert lines(packed, "stagings.jsonl")[0]["room_type"] == "living_room"
    assert {row["action"] for row in lines(packed, "audit_trail.jsonl")} >= {"project.created", "key.created"}
    index = json.loads(packed.read("index.json"))
    assert (index["pictures"], index["missing"]) == (2, [])
    assert index["rows"]["projects.jsonl"] == 1
    everything = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".jsonl")).decode()
    for secret in (next(v for v in shown.values() if str(v).startswith("rs_")), hook["secret"]):
        assert secret not in everything
    assert "whsec" not in everything
    # Not even as they are kept.
    assert not {"secret", "previous_secret"} & lines(packed, "webhook_endpoints.jsonl")[0].keys()
    assert not [value for value in sealed.values() if str(value) in everything]
    assert "digest" not in everything


async def test_a_person_gets_their_own_and_nobody_elses(service, ada):
    account = (await ada.ask("GET", "me"))["account"]["id"]
    kim, _ = await join(service, account, "kim", "viewer")
    async with asking(service, kim, account) as caller:
        await caller.ask("POST", "account/exports", 403)
        export = await made(service, caller, "me/exports")
        packed = await unpacked(export)
        assert set(packed.namelist()) == {
            *(f"{section.name}.jsonl" for one in ACCOUNT_DATA for section in one.of_person),
            "index.json",
        }
        assert lines(packed, "person.jsonl")[0]["email"] == "kim@office.test"
        assert {row["role"] for row in lines(packed, "memberships.jsonl")} == {"owner", "viewer"}
        assert {row["action"] for row in lines(packed, "what_you_did.jsonl")} >= {"account.created"}
        everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert ADA.email not in everything
        # The account's own export is not hers, nor is hers the account's.
        others = await ada.ask("POST", "account/exports", 201)
        await caller.ask("GET", f"me/exports/{others['id']}", 404)
        [own] = (await caller.ask("GET", "me/exports"))["items"]
        assert (own["id"], own["url"]) == (export["id"], None)
    assert [one["id"] for one in (await ada.ask("GET", "account/exports"))["items"]] == [others["id"]]
    assert (await ada.ask("GET", "me/exports"))["items"] == []
    await ada.ask("GET", f"account/exports/{export['id']}", 404)
    await ada.ask("GET", f"me/exports/{export['id']}", 404)


@pytest.mark.parametrize("verified", [True, False])
async def test_letters_are_theirs_whose_address_is_confirmed(service, ada, verified):
    await ada.ask("POST", "invitations", 201, json={"email": "kim@office.test"})
    mal = Person("sandbox|mal", "Mal", "kim@office.test", "")
    async with asking(service, mal, email_verified=verified) as caller:
        await caller.ask("GET", "me")
        packed = await unpacked(await made(service, caller, "me/exports"))
        letters = lines(packed, "letters_to_you.jsonl")
        assert [one["kind"] for one in letters] == (["invitation"] if verified else [])
        changed = await caller.ask("PATCH", "me/mail", 200 if verified else 409, json={"batch_ready": False})
        assert verified or "confirmed" in changed["detail"]


async def test_no_export_holds_a_link_that_opens_an_account(service, ada):
    await ada.ask("POST", "invitations", 201, json={"email": "kim@office.test", "role": "owner"})
    [token] = await links(service)
    for path in ("account/exports", "me/exports"):
        packed = await unpacked(await made(service, ada, path))
        assert not [name for name in packed.namelist() if token.encode() in packed.read(name)]
    letters = lines(await unpacked(await made(service, ada, "account/exports")), "letters.jsonl")
    assert [one["letter"]["path"] for one in letters if one["kind"] == "invitation"] == ["/invitations/"]


async def test_it_asks_for_a_fresh_sign_in_and_is_made_one_at_a_time(service, ada):
    async with asking(service, ADA, auth_time=1) as stale:
        await stale.ask("POST", "account/exports", 401)
        await stale.ask("POST", "me/exports", 401)
    first = await ada.ask("POST", "account/exports", 201)
    assert (await ada.ask("POST", "account/exports", 409))["code"] == "export_under_way"
    await ada.ask("POST", "me/exports", 201)
    await run(service, first, 1)
    await ada.ask("POST", "account/exports", 201)


async def test_who_asked_is_written_to_and_the_trail_says_who_took_it(service, ada):
    await service.platform.database.execute("update people set email_verified = true")
    export = await made(service, ada, "account/exports")
    assert export["state"] == "ready"
    kinds = await service.platform.database.fetch("select kind from letters")
    assert [row["kind"] for row in kinds] == ["export_ready"]
    told = await service.platform.database.fetch("select data from events where kind = 'export.changed' order by id")
    assert [row["data"]["state"] for row in told] == ["queued", "running", "ready"]
    assert "url" not in told[-1]["data"]
    trail = await ada.ask("GET", "audit")
    assert {"export.requested", "export.linked"} <= {entry["action"] for entry in trail["items"]}


async def test_a_runner_that_was_given_up_changes_nothing_of_the_one_that_follows(service, ada):
    export = await ada.ask("POST", "account/exports", 201)
    await run(service, export, 2)
    before = (await ada.ask("GET", f"account/exports/{export['id']}"))["state"]
    await run(service, export, 1)
    assert (before, await service.platform.storage.list(f"exports/{export['id']}/")) == (
        "ready",
        [f"exports/{export['id']}/2.zip"],
    )


async def test_what_is_gone_from_storage_is_told_and_what_is_away_is_waited_for(service, ada):
    photo = await ada.photo(await ada.project())
    key = await service.platform.database.fetchval("select key from originals")
    await service.platform.storage.delete([key])
    export = await made(service, ada, "account/exports")
    index = json.loads((await unpacked(export)).read("index.json"))
    assert (index["pictures"], index["missing"]) == (0, [f"photos/{photo['id']}/living.jpg"])
    service.platform.storage.path("exports/blocked").parent.mkdir(exist_ok=True)
    other = await ada.ask("POST", "account/exports", 201)
    # Nothing can be written where a file stands in the folder's place.
    blocked = service.platform.storage.path(f"exports/{other['id']}")
    blocked.write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        await run(service, other, 1)
    assert (await ada.ask("GET", f"account/exports/{other['id']}"))["state"] == ExportState.RUNNING
    await run(service, other, 5, failures=4)
    assert (await ada.ask("GET", f"account/exports/{other['id']}"))["state"] == ExportState.FAILED
    blocked.unlink()
    assert (await made(service, ada, "account/exports"))["state"] == ExportState.READY


async def test_days_later_it_is_gone(service, ada):
    export = await made(service, ada, "account/exports")
    await exports.remove_over(service.platform)
    assert await service.platform.storage.list(exports.folder(export["id"]))
    await service.platform.database.execute("update exports set expires_at = now() - interval '1 second'")
    await ada.ask("GET", f"account/exports/{export['id']}", 404)
    await exports.remove_over(service.platform)
    assert await service.platform.storage.list(exports.folder(export["id"])) == []
    assert await service.platform.database.fetchval("select count(*) from exports") == 0


async def test_pages_of_rows_are_whole(service, ada):
    """Each section, read two rows at a time, gives what it gives at once."""
    project = await ada.project()
    for number in range(5):
        await ada.photo(project, jpeg(80 + number, 70), name=f"{number}.jpg")
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    seen = 0
    for section in [section for one in ACCOUNT_DATA for section in one.of_account]:
        whole = await section.read(service.platform.database, account, None, 1000)
        last, paged = None, []
        while rows := await section.read(service.platform.database, account, last, 2):
            paged += rows
            last = rows[-1].at
        assert paged == whole, section.name
        assert await section.read(service.platform.database, uuid4(), None, 10) == [], section.name
        seen += len(whole)
    assert seen > 12


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\con.jpg", "a/b/c.png", "", "\u202egpj.exe"])
def test_no_picture_leaves_its_folder(name):
    made = rules.entry_name("photos", Exported("1", {}, "key", name, ".jpg"))
    folder, file = made.rsplit("/", 1)
    assert (folder, file[-4:]) == ("photos/1", ".jpg")
    assert not {"/", "\\", "\u202e"} & set(file)
    assert not file.startswith(".")


async def test_the_link_to_all_there_is_asks_for_a_fresh_sign_in(service, ada):
    for whose in ("account/exports", "me/exports"):
        export = await ada.ask("POST", whose, 201)
        await run(service, export, 1)
        async with asking(service, ADA, auth_time=1) as stale:
            [listed] = (await stale.ask("GET", whose))["items"]
            assert (listed["state"], listed["url"]) == ("ready", None)
            assert (await stale.ask("GET", f"{whose}/{export['id']}", 401))["code"] == "sign_in_again"
        assert (await ada.ask("GET", f"{whose}/{export['id']}"))["url"]
