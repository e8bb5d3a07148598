"""The audit trail: an entry says who did what to what, from where; it is found, read and exported, and nobody changes it."""

import asyncio
import csv
import io
import json
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from harness.service import service as run_service
from realstaging.domains.audit import rules
from realstaging.domains.audit import service as audit
from realstaging.domains.audit.rules import MOST_EXPORTED
from realstaging.kit import tables
from realstaging.kit.clock import utc_now
from realstaging.kit.errors import InvalidInput
from realstaging.sandbox.oidc import PEOPLE

ADA, BEN = PEOPLE[0], PEOPLE[1]


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=ADA.subject) as running:
        yield running


async def entries(caller, **filters):
    return (await caller.ask("GET", "audit", params=filters))["items"]


async def test_an_entry_says_who_did_what_to_what_from_where(service, ada):
    phone = {"User-Agent": "Phone\t" + "x" * 300}
    me = await ada.ask("GET", "me", headers=phone)
    project = await ada.ask("POST", "projects", 201, json={"name": "12 Elm Street"}, headers=phone)
    created, *_ = await entries(ada, action="project.created")
    assert created["subject"] == project["id"]
    assert created["account_id"] == me["account"]["id"]
    assert created["who"] == {"kind": "person", "id": me["id"], "name": ADA.email}
    assert created["address"] == "127.0.0.1"
    assert created["device"] == "Phone " + "x" * 194
    assert created["details"] == {"name": "12 Elm Street"}
    await ada.ask("PUT", "operator/models", json={"chain": ["google/nano-banana"]})
    [changed] = (await ada.ask("GET", "operator/audit", params={"action": "models.changed"}))["items"]
    assert (changed["who"]["kind"], changed["account_id"]) == ("operator", None)
    assert changed["details"]["chain"] == ["google/nano-banana"]


async def test_what_is_refused_and_what_is_sent_again_leaves_nothing(service, ada):
    key = {"Idempotency-Key": "one"}
    first = await ada.ask("POST", "projects", 201, json={"name": "Elm"}, headers=key)
    assert await ada.ask("POST", "projects", 201, json={"name": "Elm"}, headers=key) == first
    await ada.ask("POST", "projects", 422, json={"name": ""})
    await ada.ask("DELETE", f"projects/{UUID(int=7)}", 404)
    assert len(await entries(ada, action="project.created")) == 1
    assert await entries(ada, action="project.deleted") == []


async def test_signing_in_is_put_down_once_for_each_device_and_day(tmp_path, database_url, redis_url):
    now = [utc_now()]
    async with run_service(tmp_path, database_url, redis_url, clock=lambda: now[0]) as service:

        async def call(device):
            async with service.signed_in() as caller:
                await caller.ask("GET", "me", headers={"User-Agent": device})

        # At once from a device that nobody has seen: the index lets one of them write.
        await asyncio.gather(*(call("laptop") for _ in range(8)))
        for device in ("laptop", "phone", "phone"):
            await call(device)
        now[0] += timedelta(days=1)
        await call("phone")
        async with service.signed_in() as caller:
            found = await entries(caller, action="person.signed_in")
        devices = [one["device"] for one in found]
        # The one that asks is a device, too.
        assert devices[1:] == ["phone", "phone", "laptop"]


async def test_a_caller_who_names_itself_anew_each_time_fills_no_table(service, ada):
    for number in range(60):
        await ada.ask("GET", "me", headers={"User-Agent": f"device {number}"})
    assert await service.platform.database.fetchval("select count(*) from audit_entries where device <> ''") <= 52


async def test_entries_are_found_by_what_is_said_of_them_page_by_page(service, ada):
    me = await ada.ask("GET", "me")
    made = [await ada.project(f"House {number}") for number in range(5)]
    await ada.ask("DELETE", f"projects/{made[2]['id']}", 204)
    about = [one["action"] for one in await entries(ada, subject=made[2]["id"])]
    assert about == ["project.deleted", "project.created"]
    assert await entries(ada, person=str(UUID(int=7))) == []
    assert {one["who"]["id"] for one in await entries(ada, person=me["id"])} == {me["id"]}
    day = f"{utc_now():%Y-%m-%d}"
    assert await entries(ada, until=day) == await entries(ada, since="2999-01-01") == []
    assert len(await entries(ada, since=day, action="project.created")) == 5
    assert len(await entries(ada, since=f"{day}T00:00:00Z", until="2999-01-01T00:00:00+02:00")) >= 6
    await ada.ask("GET", "audit?since=2026-02-31", 422)
    await ada.ask("GET", "audit?since=yesterday", 422)
    await ada.ask("GET", "audit?action=project.painted", 422)
    read, cursor = [], None
    while True:
        page = await ada.ask("GET", "audit", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= 2
        read += page["items"]
        if (cursor := page["next_cursor"]) is None:
            break
    assert read == await entries(ada)


async def test_nobody_reads_another_accounts_trail_but_operators(service, ada):
    project = await ada.project()
    async with service.signed_in(BEN) as ben:
        await ben.project("Ben's own")
        assert await entries(ben, subject=project["id"]) == []
        async with ben.session.get("audit.jsonl") as answer:
            assert project["id"] not in await answer.text()
        await ben.ask("GET", "operator/audit", 403)
        theirs = (await ben.ask("GET", "me"))["account"]["id"]
    seen = (await ada.ask("GET", "operator/audit", params={"account": theirs}))["items"]
    assert {one["account_id"] for one in seen} == {theirs}
    everybody = (await ada.ask("GET", "operator/audit"))["items"]
    assert {one["account_id"] for one in everybody} > {theirs}


MANY = """insert into audit_entries (id, created_at, account_id, action, subject, actor_kind, actor_name, address, device, details)
select gen_random_uuid(), now(), $1, 'photo.added', number::text, 'person', 'Ada', '', '', '{}' from generate_series(1, $2::int) as number"""


async def test_a_file_has_all_of_it_and_no_formula(service, ada):
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    await ada.project('=HYPERLINK("http://evil")')
    await ada.project('plain, with "quotes"\nand lines')
    await service.platform.database.execute(MANY, account, 2500)
    async with ada.session.get("audit.jsonl") as answer:
        assert answer.content_type == "application/x-ndjson"
        assert "attachment" in answer.headers["Content-Disposition"]
        found = [json.loads(line) for line in (await answer.text()).splitlines()]
    subjects = {one["subject"] for one in found if one["action"] == "photo.added"}
    assert subjects == {str(number) for number in range(1, 2501)}
    assert found[0]["action"] == "audit.exported" or "audit.exported" in {one["action"] for one in found}
    async with ada.session.get("audit.csv", params={"action": "project.created"}) as answer:
        assert answer.content_type == "text/csv"
        rows = list(csv.DictReader(io.StringIO(await answer.text())))
    assert [json.loads(row["details"])["name"] for row in rows] == [
        'plain, with "quotes"\nand lines',
        '=HYPERLINK("http://evil")',
    ]
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    await service.platform.database.execute(MANY, account, MOST_EXPORTED)
    problem = await ada.ask("GET", "audit.csv", 422)
    assert "shorter time" in problem["detail"]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1+2", "@a", "\t=1", "\r=1", "  =1", "\n=1", "＝1", "\u3000＋1", "\u200b=1", "\xa0@a", "﹣1"]
)
def test_no_cell_is_a_formula(text):
    assert tables.cell(text) == "'" + text


def test_a_cell_of_plain_words_stays_as_it_is():
    assert tables.cell("12 Elm Street = home") == "12 Elm Street = home"


@pytest.mark.parametrize("text", ["2026-13-01", "2026-11-26T25:00:00Z"])
def test_a_time_that_no_calendar_has_is_refused(text):
    with pytest.raises(InvalidInput, match="neither a day"):
        rules.moment(text)


@pytest.mark.parametrize(
    "statement",
    ["update audit_entries set actor_name = 'nobody'", "delete from audit_entries", "truncate audit_entries"],
)
async def test_the_database_itself_refuses_to_change_an_entry(service, ada, statement):
    await ada.project()
    with pytest.raises(asyncpg.RaiseError, match="neither changed nor taken away"):
        await service.platform.database.execute(statement)
    assert await entries(ada, action="project.created")


async def test_only_time_takes_entries_away_and_never_young_ones(service, ada):
    account = UUID((await ada.ask("GET", "me"))["account"]["id"])
    for days in (401, 399, 31, 29):
        await service.platform.database.execute(MANY.replace("now()", f"now() - interval '{days} days'"), account, 1)
    kept = "select array_agg(round(extract(epoch from now() - created_at) / 86400)::int order by created_at) from audit_entries where subject = '1'"
    await audit.forget(service.platform)
    assert await service.platform.database.fetchval(kept) == [399, 31, 29]
    # Whatever it is told: what is younger than thirty days stays.
    assert await service.platform.database.fetchval("select forget_audit(now() + interval '1 year', 1000)") == 2
    assert await service.platform.database.fetchval(kept) == [29]
    # And the door is closed behind it.
    with pytest.raises(asyncpg.RaiseError):
        await service.platform.database.execute("delete from audit_entries where subject = '1'")
