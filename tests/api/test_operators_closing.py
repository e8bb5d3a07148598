"""What operators close and tell: switches hold everybody at once, incidents are read by everybody; and what is in force is told without secrets."""

import asyncio
from datetime import timedelta
from uuid import UUID

import aiohttp
import msgspec
import pytest

from harness.service import jpeg
from harness.service import service as run_service
from realstaging.api.in_force import in_force
from realstaging.kit.clock import utc_now
from realstaging.runtime import switches
from realstaging.runtime.last_done import Done
from realstaging.runtime.switches import Setting, Switch, SwitchedOff, Switches
from realstaging.runtime.wake_ups import EventMessage
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import SECRETS, Settings
from tests.offices import OLIVE, asking, somebody

ADA = PEOPLE[0]
NOBODY = UUID(int=0)


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=OLIVE.subject) as running:
        yield running


async def switch(olive, name, on, words=""):
    return await olive.ask("PUT", f"operator/switches/{name}", json={"on": on, "words": words})


async def test_what_is_switched_off_is_refused_to_everybody_and_nothing_else_is(service, olive):
    async with asking(service, ADA) as ada:
        project = await ada.project()
        photo = await ada.photo(project)
        link = await ada.ask("POST", f"projects/{project['id']}/upload-links", 201, json={})
        token = link["url"].rpartition("/")[2]
        file = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}
        uploads = {"project_id": project["id"], "files": [file]}
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
        sent = {"files": [{name: file[name] for name in ("name", "size", "sha256")}]}
        closed = {
            Switch.UPLOADS: [("POST", "uploads", uploads), ("POST", f"upload-links/{token}/uploads", sent)],
            Switch.UPLOAD_LINKS: [
                ("GET", f"upload-links/{token}", None),
                ("POST", f"upload-links/{token}/uploads", sent),
                ("POST", f"projects/{project['id']}/upload-links", {}),
            ],
            Switch.STAGINGS: [("POST", "stagings", {"items": [item]}), ("POST", f"stagings/{NOBODY}/retry", None)],
            Switch.PAYMENTS: [
                ("POST", "billing/checkout", {"pack": "pack_20"}),
                ("PUT", "billing/subscription", {"plan": "pro", "term": "year"}),
            ],
        }
        begun = await ada.announce(project, data := jpeg(colour=(9, 9, 9)))
        for name, asked in closed.items():
            told = await switch(
                olive, name, on=False, words="We move house until 10." if name is Switch.UPLOADS else ""
            )
            assert (told["on"], told["author"]) == (False, OLIVE.email)
            await heard(service, name, on=False)
            for method, path, body in asked:
                refused = await ada.ask(method, path, 403, json=body)
                assert refused["code"] == "switched_off"
                assert refused["detail"] == (told["words"] or told["says"]), path
            if name is Switch.UPLOADS:
                # What was announced before is taken: nothing is lost that somebody is in the middle of.
                assert await ada.send(begun, data) in {200, 201, 204}
                body = {"project_id": project["id"], "upload_ids": [begun["upload_id"]]}
                await ada.ask("POST", "photos", 201, json=body)
            assert (await ada.ask("GET", "projects"))["items"]
            await switch(olive, name, on=True)
            await heard(service, name, on=True)
        await ada.ask("POST", "uploads", 201, json=uploads)
        await ada.ask("GET", f"upload-links/{token}")
        await ada.ask("POST", "stagings", 201, json={"items": [item]})
        # Who was never here gets no account; who has one is let in.
        await switch(olive, Switch.SIGN_UPS, on=False)
        await heard(service, Switch.SIGN_UPS, on=False)
        async with asking(service, somebody("nell")) as nell:
            assert (await nell.ask("GET", "me", 403))["code"] == "switched_off"
            assert await service.platform.database.fetchval("select count(*) from people where name = 'Nell'") == 0
            await ada.ask("GET", "me")
            await switch(olive, Switch.SIGN_UPS, on=True)
            await heard(service, Switch.SIGN_UPS, on=True)
            await nell.ask("GET", "me")
        # And who, when and why is told, to operators alone.
        shown = (await olive.ask("GET", "operator/switches"))["items"]
        assert [one["name"] for one in shown] == [str(one) for one in Switch]
        assert {one["name"] for one in shown if one["author"]} == {*closed, Switch.SIGN_UPS}
        await ada.ask("GET", "operator/switches", 403)
        await ada.ask("PUT", "operator/switches/uploads", 403, json={"on": False})
        await olive.ask("PUT", "operator/switches/everything", 404, json={"on": False})
        trail = (await olive.ask("GET", "operator/audit", params={"action": "switch.changed", "subject": "uploads"}))[
            "items"
        ]
        assert [one["details"]["on"] for one in trail] == [True, False]
        assert trail[1]["details"]["words"] == "We move house until 10."


async def heard(service, name, *, on):
    """Until this process knows, by the message alone: nobody looks the rows up so soon."""
    async with asyncio.timeout(10):
        while (service.platform.switches.refusal_of(name) is None) is not on:
            await asyncio.sleep(0.01)


async def test_a_process_that_was_told_nothing_looks_and_one_told_late_is_not_misled(service):
    database, now = service.platform.database, utc_now()
    await database.execute(
        "insert into switches (name, is_on, author, set_at) values ('uploads', false, 'olive', $1)", now
    )
    other = Switches(database, look=0.05)
    other.require(Switch.UPLOADS)
    looking = asyncio.create_task(other.keep())
    async with asyncio.timeout(10):
        while other.refusal_of(Switch.UPLOADS) is None:
            await asyncio.sleep(0.01)
    looking.cancel()
    before = Setting("uploads", True, "", "olive", now - timedelta(seconds=1))
    other.heard(EventMessage(0, NOBODY, switches.KIND, msgspec.Raw(msgspec.json.encode(before))))
    with pytest.raises(SwitchedOff):
        other.require(Switch.UPLOADS)
    with pytest.raises(SwitchedOff):
        await switches.require_row(database, Switch.UPLOADS)
    await switches.require_row(database, Switch.PAYMENTS)


async def status_page(service):
    async with aiohttp.ClientSession() as anybody, anybody.get(f"{service.url}/status") as answer:
        return await answer.text()


async def test_an_incident_is_begun_told_more_of_and_ended_beside_those_of_the_file(tmp_path, database_url, redis_url):
    file = tmp_path / "incidents.toml"
    file.write_text(f'[[incident]]\ntitle = "Of the file"\ntext = "Long."\nbegan = {utc_now().isoformat()}\n')
    more = {"operator_subjects": OLIVE.subject, "status_incidents": str(file)}
    async with run_service(tmp_path, database_url, redis_url, **more) as service, asking(service, OLIVE) as olive:
        new, key = {"title": "Uploads <i>fail</i>", "text": "We look."}, {"Idempotency-Key": "one"}
        begun = await olive.ask("POST", "operator/incidents", 201, json=new, headers=key)
        assert await olive.ask("POST", "operator/incidents", 201, json=new, headers=key) == begun
        for wrong in ({"title": " "}, {"text": ""}, {"text": "x" * 4001}, {"began_at": "2026-11-26T10:00:00"}):
            await olive.ask("POST", "operator/incidents", 422, json={**new, **wrong})
        ahead = (utc_now() + timedelta(hours=1)).isoformat()
        await olive.ask("POST", "operator/incidents", 422, json={**new, "began_at": ahead})
        path = f"operator/incidents/{begun['id']}/reports"
        report, key = {"text": "A disk is full."}, {"Idempotency-Key": "two"}
        told = await olive.ask("POST", path, 201, json=report, headers=key)
        assert await olive.ask("POST", path, 201, json=report, headers=key) == told
        assert [one["text"] for one in told["reports"]] == ["We look.", "A disk is full."]
        page = await status_page(service)
        assert "Of the file" in page
        assert "Uploads &lt;i&gt;fail&lt;/i&gt;" in page
        # The newest report comes first, and who wrote it is not told to everybody.
        assert page.index("A disk is full.") < page.index("We look.")
        assert OLIVE.email not in page
        ended = await olive.ask("POST", path, 201, json={"text": "It works again.", "ends": True})
        assert ended["ended_at"]
        await olive.ask("POST", path, 409, json={"text": "Again?"})
        await olive.ask("POST", f"operator/incidents/{NOBODY}/reports", 404, json=report)
        [listed] = (await olive.ask("GET", "operator/incidents"))["items"]
        assert listed == ended
        async with asking(service, ADA) as ada:
            await ada.ask("POST", "operator/incidents", 403, json=new)
            await ada.ask("GET", "operator/incidents", 403)
        acts = {
            one["action"]
            for one in (await olive.ask("GET", "operator/audit", params={"subject": begun["id"]}))["items"]
        }
        assert acts == {"incident.begun", "incident.reported", "incident.ended"}


def test_settings_are_told_without_anything_secret():
    secret = "hush-hush-hush-7f3a"
    texts = {name: secret for name, value in Settings.__annotations__.items() if value == "str" and name in SECRETS}
    addresses = {
        "database_url": f"postgresql://ada:{secret}@db.example:5432/stage?password={secret}",
        "storage_url": f"s3://photos?endpoint=https://s3.example&secret_key={secret}",
        "mail_url": f"smtp://u:{secret}@mail.example:587",
        "sentry_dsn": f"https://{secret}@errors.example/7",
        "replicate_output_hosts": f"replicate.delivery, http://a:{secret}@127.0.0.1:9",
    }
    given = Settings(**texts, **addresses, operator_subjects="auth0|olive", port=8100)
    told = {name: in_force(given, name) for name in Settings.__struct_fields__}
    assert secret not in str(told)
    assert {told[name].state for name in SECRETS} == {"set"}
    assert {in_force(Settings(), name).state for name in SECRETS} == {"not set"}
    assert told["database_url"].value == "postgresql://db.example:5432/stage"
    assert told["storage_url"].value == "s3://photos"
    assert told["replicate_output_hosts"].value == "replicate.delivery, http://127.0.0.1:9"
    assert (told["port"].value, told["port"].state) == ("8100", "set")
    assert (told["host"].value, told["host"].state) == ("127.0.0.1", "default")


async def test_who_is_limited_now_is_told_with_the_limits_in_force(tmp_path, database_url, redis_url):
    limits = {"rate_limit_patience": 5.0, "rate_limit_stage": "3/minute, 3/minute, 300/minute"}
    more = {"operator_subjects": OLIVE.subject, **limits}
    async with run_service(tmp_path, database_url, redis_url, **more) as service, asking(service, OLIVE) as olive:
        assert (await olive.ask("GET", "operator/rate-limits"))["limited"] == []
        async with asking(service, ADA) as ada:
            account = (await ada.ask("GET", "me"))["account"]["id"]
            for _ in range(3):
                await ada.ask("POST", "stagings", 422, json={"items": []})
            await ada.ask("POST", "stagings", 429, json={"items": []})
        told = await olive.ask("GET", "operator/rate-limits")
        assert told["complete"]
        found = {(one["cost"], one["per"]): one for one in told["limited"]}
        assert found.keys() == {("stage", "account"), ("stage", "token")}
        assert found["stage", "account"]["account_id"] == account
        assert 0 < found["stage", "account"]["wait_seconds"] <= 120
        assert len(found["stage", "token"]["who"]) == 8
        assert {
            "cost": "stage",
            "per": "account",
            "most": 3,
            "window_seconds": 60,
            "setting": "RATE_LIMIT_STAGE",
        } in told["limits"]
        shown = (await olive.ask("GET", "operator/settings"))["items"]
        assert {"name": "RATE_LIMIT_STAGE", "value": limits["rate_limit_stage"], "state": "set"} in shown


async def test_what_is_kept_is_told_by_kind_and_account_with_the_last_inventory(service, olive):
    async with asking(service, ADA) as ada:
        account = (await ada.ask("GET", "me"))["account"]
        photo = await ada.photo(await ada.project(), data := jpeg(colour=(4, 5, 6)))
        assert photo["id"]
    told = await olive.ask("GET", "operator/storage")
    kinds = {one["kind"]: (one["count"], one["bytes"]) for one in told["kinds"]}
    assert kinds == {"originals": (1, len(data)), "results": (0, 0), "archives": (0, 0), "uploads": (0, 0)}
    assert told["accounts"] == [
        {"account_id": account["id"], "account": account["name"], "originals": len(data), "results": 0}
    ]
    assert (told["inventory"], told["quarantine"]) == (None, {"files": 0, "bytes": 0, "more": False})
    await service.platform.storage.put("quarantine/2026-11-27/uploads/x", b"nobody's", "text/plain")
    await service.platform.database.execute(
        """insert into last_done (what, done_at, details) values ($1, now(), '{"no_row": 2, "no_row_bytes": 9, "no_file": 1, "mended": 2}')""",
        Done.INVENTORY,
    )
    told = await olive.ask("GET", "operator/storage")
    assert (told["quarantine"]["files"], told["quarantine"]["bytes"]) == (1, 8)
    found = {name: told["inventory"][name] for name in ("no_row", "no_row_bytes", "no_file", "mended")}
    assert found == {"no_row": 2, "no_row_bytes": 9, "no_file": 1, "mended": 2}
