"""An account is erased: every row, every file, every hidden version of one; what is kept says why, and names nobody."""

import asyncio
import types
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from moto.server import ThreadedMotoServer

from harness.service import jpeg
from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.errors import WasErased
from realstaging.domains.privacy import erasures
from realstaging.domains.privacy.payloads import Erase
from realstaging.kit.clock import utc_now
from realstaging.runtime.identity import Claims
from realstaging.runtime.jobs import Claim
from realstaging.runtime.work import transaction
from realstaging.sandbox import oidc_management
from realstaging.sandbox.oidc import PEOPLE, Person
from realstaging.wiring.jobs import HANDLERS
from tests import commands
from tests.domains.files.test_check import made_ready
from tests.offices import asking, join

ADA = PEOPLE[0]
WORDS = ("Hush Street 12", "secret-kitchen", ADA.email, ADA.subject, "whisper")
MANAGEMENT = {
    "oidc_management_client_id": oidc_management.CLIENT_ID,
    "oidc_management_client_secret": oidc_management.CLIENT_SECRET,
}
FOLDERS = ("originals", "results", "uploads", "attempts", "archives", "exports", "quarantine")


@pytest.fixture(scope="module")
def versioning_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class House(msgspec.Struct):
    service: object
    account: str
    ids: dict

    @asynccontextmanager
    async def days_later(self, days, **changed):
        """Another process, that many days later."""
        settings = msgspec.structs.replace(self.service.settings, **changed)
        async with wiring.platform(settings, engines={}, clock=lambda: utc_now() + timedelta(days=days)) as platform:
            yield platform


@pytest.fixture
async def house(tmp_path, database_url, redis_url):
    """Something of Ada's in every table that holds things of accounts."""
    async with run_service(tmp_path, database_url, redis_url, **MANAGEMENT) as service, asking(service, ADA) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
        project = await ada.project("Hush Street 12")
        photo = await ada.photo(project, name="secret-kitchen.jpg")
        await ada.announce(project, jpeg(64, 48), name="secret-kitchen-2.jpg")
        ready, waiting = await ada.stage(photo, ["modern", "scandinavian"])
        await made_ready(service.platform, ready)
        await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={"staging_ids": [ready["id"]]})
        await ada.ask(
            "POST", f"projects/{project['id']}/upload-links", 201, json={"name": "whisper", "days": 3, "files": 2}
        )
        await ada.ask("POST", "keys", 201, json={"name": "whisper", "scopes": ["read"], "mode": "test"})
        hook = {"url": "https://whisper.example.com/hook", "events": ["staging.ready"]}
        await ada.ask("POST", "webhook-endpoints", 201, json=hook)
        await ada.ask("POST", "account/exports", 201)
        await service.platform.database.execute(
            """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict, account_id, reason)
               values ('whisper-token', 'k', $1, 1, 'm', '1', 1, now(), 'passed', $2, 'whisper')""",
            UUID(ready["id"]),
            UUID(account),
        )
        await service.platform.storage.put("attempts/whisper-token/answer", b"picture", "image/png")
        yield House(
            service,
            account,
            {"project": project["id"], "photo": photo["id"], "ready": ready["id"], "waiting": waiting["id"]},
        )


async def everything(storage):
    return {file.key for folder in FOLDERS async for page in storage.scan(f"{folder}/") for file in page}


async def found_in_rows(database_url, words):
    """(table, word) of each row that holds one of these words, wherever in it."""
    connection = await asyncpg.connect(database_url)
    try:
        tables = [
            row["tablename"]
            for row in await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        ]
        return {
            (table, word)
            for table in tables
            for word in words
            if await connection.fetchval(
                f"select exists (select from {table} where strpos(lower({table}::text), lower($1)) > 0)", str(word)
            )
        }
    finally:
        await connection.close()


async def rows_of(database_url):
    """How many rows each table has."""
    connection = await asyncpg.connect(database_url)
    try:
        tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        return {name: await connection.fetchval(f"select count(*) from {name}") for (name,) in tables}
    finally:
        await connection.close()


async def filled(storage, house):
    """A bucket that keeps versions, with the house's files in it, each written twice."""
    await storage.bucket.create()
    body = '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'
    await storage.bucket._ask("PUT", {"versioning": ""}, body=body)
    local = house.service.platform.storage
    for key in await everything(local):
        for data in (b"before", await local.get(key)):
            await storage.put(key, data, "image/webp")
    return storage.bucket


async def asked_for(ada):
    name = (await ada.ask("GET", "me"))["account"]["name"]
    return await ada.ask("POST", "account/erasure", 201, json={"name": name})


async def run(platform, erasure_id):
    """One run of the job, by whichever worker has it."""
    await HANDLERS["privacy.erase"].run(platform, Claim(uuid4(), Erase(UUID(erasure_id)), 1))


async def receipt_of(platform, erasure_id):
    return next(row for row in await erasures.newest(platform, 10) if str(row.id) == erasure_id)


async def test_it_is_asked_for_by_its_name_and_can_be_taken_back(house):
    async with asking(house.service, ADA) as ada:
        me = await ada.ask("GET", "me")
        told = await ada.ask("POST", "account/erasure", 422, json={"name": "Somebody else"})
        assert told["code"] == "not_the_name"
        async with asking(house.service, ADA, auth_time=1) as stale:
            await stale.ask("POST", "account/erasure", 401, json={"name": me["account"]["name"]})
        _, member_id = await join(house.service, house.account, "adam", "admin")
        assert member_id
        erasure = await asked_for(ada)
        assert erasure["state"] == "waiting"
        await ada.ask("POST", "account/erasure", 403, json={"name": me["account"]["name"]})
        await ada.ask("GET", f"projects/{house.ids['project']}", 403)
        assert (await ada.ask("GET", f"me/accounts/{house.account}/erasure"))["due_at"] == erasure["due_at"]
        async with house.service.signed_in(PEOPLE[1]) as ben:
            await ben.ask("GET", f"me/accounts/{house.account}/erasure", 404)
            await ben.ask("DELETE", f"me/accounts/{house.account}/erasure", 404)
        async with house.service.working(), asyncio.timeout(30):
            while (
                await house.service.platform.database.fetchval(
                    "select state from stagings where id = $1", UUID(house.ids["waiting"])
                )
                != "canceled"
            ):
                await asyncio.sleep(0.02)
        # Before its day nothing happens, whoever runs the job.
        await run(house.service.platform, erasure["id"])
        assert (await ada.ask("DELETE", f"me/accounts/{house.account}/erasure"))["state"] == "withdrawn"
        await ada.ask("GET", f"projects/{house.ids['project']}")
        async with house.days_later(9) as platform:
            await run(platform, erasure["id"])
        await ada.ask("GET", f"projects/{house.ids['project']}")
        await ada.ask("DELETE", f"me/accounts/{house.account}/erasure", 404)


async def test_only_an_owner_may(house):
    admin, _ = await join(house.service, house.account, "adam", "admin")
    async with asking(house.service, admin, house.account) as caller:
        name = (await caller.ask("GET", "me"))["account"]["name"]
        await caller.ask("POST", "account/erasure", 403, json={"name": name})


async def test_nothing_is_left_of_an_account(house, database_url, versioning_server):
    """Every row and file, on a server that keeps versions: also hidden ones of files that were deleted long ago."""
    keeper, _ = await join(house.service, house.account, "kim", "member")
    async with asking(house.service, keeper) as kim:
        await kim.project("Elsewhere 3")
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    assert {word for _, word in await found_in_rows(database_url, WORDS)} == set(WORDS), (
        "the words are looked for rightly"
    )
    url = f"s3://{uuid4().hex}?endpoint={versioning_server}&access_key=a&secret_key=b"
    async with house.days_later(8, storage_url=url) as platform:
        bucket = await filled(platform.storage, house)
        await platform.storage.put(f"originals/{house.account}/long-gone", b"hidden", "image/jpeg")
        await bucket._ask("DELETE", {}, key=f"originals/{house.account}/long-gone")
        await run(platform, erasure["id"])
        left = {version.key async for version in bucket.versions("")}
        assert left == {f"erasures/{erasure['id']}.json"}
        entry = msgspec.json.decode(await platform.storage.get(f"erasures/{erasure['id']}.json"))
        assert entry.keys() == {"erasure", "account", "person", "at"}
        kept = await receipt_of(platform, erasure["id"])
    assert kept.state == "done"
    deleted = kept.receipt["deleted"]
    assert (deleted["people"], deleted["sign_in_identities"]) == (1, 1)
    for table in (
        "projects",
        "photos",
        "originals",
        "stagings",
        "uploads",
        "archives",
        "exports",
        "attempts",
        "api_keys",
    ):
        assert deleted[table] >= 1, table
    assert any("ledger" in sentence for sentence in kept.receipt["kept"])
    # The receipt's letter is the one thing that still knows an address, until it is forgotten as every letter.
    assert {table for table, _ in await found_in_rows(database_url, WORDS)} == {"letters"}
    letters = await house.service.platform.database.fetch("select kind from letters")
    assert {row["kind"] for row in letters} == {"erased"}
    of_account = {table for table, _ in await found_in_rows(database_url, [house.account])}
    assert of_account <= {
        "accounts",
        "ledger_accounts",
        "ledger_entries",
        "lots",
        "holds",
        "budget_alerts",
        "erasures",
        "audit_entries",
        "events",
        "jobs",
    }, "ids, and nothing that they stand for"
    # Who was in another account as well goes on there, and nobody comes back by a token of before.
    async with asking(house.service, keeper) as kim:
        assert (await kim.ask("GET", "projects"))["items"][0]["name"] == "Elsewhere 3"
    async with asking(house.service, ADA) as ada:
        told = await ada.ask("GET", "me", 401)
        assert told["code"] == "was_erased"


async def test_a_photo_that_is_deleted_leaves_no_version(house, versioning_server):
    url = f"s3://{uuid4().hex}?endpoint={versioning_server}&access_key=a&secret_key=b"
    async with house.days_later(0, storage_url=url) as platform:
        bucket = await filled(platform.storage, house)
        async with asking(house.service, ADA) as ada:
            await ada.ask("DELETE", f"photos/{house.ids['photo']}", 204)
        job = await platform.database.fetchrow("select id, payload from jobs where kind = 'staging.free_photos'")
        handler = HANDLERS["staging.free_photos"]
        await handler.run(platform, Claim(job["id"], msgspec.convert(job["payload"], handler.payload), 1))
        left = {version.key.partition("/")[0] async for version in bucket.versions("")}
    assert not left & {"originals", "results"}


async def test_what_a_restore_brings_back_is_erased_again(house, database_url):
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    async with house.days_later(8) as platform:
        row = await platform.database.fetchrow("select * from erasures")
        await erasures.write_down(platform, msgspec.convert({**row, "state": "running"}, erasures.store.ErasureRow))
        # The backup is of before anybody asked.
        await platform.database.execute("delete from erasures")
        await platform.database.execute("update accounts set suspended_at = null")
        code, told = await command(house, "replay")
        assert (code, house.account in told, "1 to erase again" in told) == (0, True, True)
        anew = str(await platform.database.fetchval("select id from erasures"))
        assert anew != erasure["id"]
        await run(platform, anew)
        assert (await receipt_of(platform, anew)).state == "done"
        assert [entry async for entry in erasures.replay(platform)] == []
        code, told = await command(house, "list", "--json")
        assert code == 0
        assert msgspec.json.decode(told)["receipt"]["deleted"]["projects"] == 1
    assert await found_in_rows(database_url, WORDS) == set()


async def command(house, *words):
    """Exit code and output of `realstaging operate erasures`."""
    settings = house.service.settings
    given = {name: str(getattr(settings, name)) for name in ("database_url", "redis_url", "storage_url", "oidc_issuer")}
    environment = {name.upper(): value for name, value in given.items()}
    code, told, _ = await commands.command("operate", "erasures", *words, **environment)
    return code, told


class Ended(Exception):
    """A worker has died here."""


DEAD = []
"""What nobody goes on with. Kept: what is thrown away would be tidied up, as nothing is by the death of a process."""


@types.coroutine
def ended_after(waits, coroutine):
    """Run a coroutine until it has waited so often, and leave it there."""
    send, given = coroutine.send, None
    for _ in range(waits):
        try:
            waited_for = send(given)
        except StopIteration as result:
            return result.value
        try:
            given = yield waited_for
            send = coroutine.send
        except BaseException as error:  # noqa: BLE001 - whatever it is, is for the coroutine
            send, given = coroutine.throw, error
    DEAD.append(coroutine)
    raise Ended


async def dying(waits, coroutine):
    """In a task of its own: the time limits of what is left there end that, and nobody else."""
    await ended_after(waits, coroutine)


def buried(coroutine):
    """Closed at last, however often it would like to wait for something first."""
    for _ in range(100):
        with suppress(RuntimeError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return coroutine.close()
    return None


async def test_a_worker_that_dies_anywhere_is_followed_by_one_that_goes_on(house, database_url):
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    there = await rows_of(database_url)
    ended = 0
    for waits in range(3, 400, 7):
        async with house.days_later(8) as platform:
            job = Claim(uuid4(), Erase(UUID(erasure["id"])), 1)
            try:
                await asyncio.create_task(dying(waits, HANDLERS["privacy.erase"].run(platform, job)))
                break
            except Ended:
                ended += 1
                # The server ends a transaction whose client is gone.
                platform.database.terminate()
    async with house.days_later(8) as platform:
        kept = await receipt_of(platform, erasure["id"])
        assert kept.state == "done"
        assert kept.receipt["deleted"]["stagings"] == 2, "counted once, however often it was begun"
        assert kept.receipt["deleted"]["people"] == 1
    # What the receipt says of each table is what was in it.
    said = {table: number for table, number in kept.receipt["deleted"].items() if table in there}
    # But of jobs: those that run, the erasure's own among them, stay until they are over.
    assert said.pop("jobs") >= 1
    assert said == {table: there[table] for table in said}
    assert said.keys() >= {"projects", "photos", "originals", "uploads", "archives", "exports", "attempts", "api_keys"}
    assert said.keys() >= {"upload_links", "webhook_endpoints", "stagings", "sessions"}
    for coroutine in DEAD:
        buried(coroutine)
    assert ended > 5
    assert {table for table, _ in await found_in_rows(database_url, WORDS)} <= {"letters"}
    assert await everything(house.service.platform.storage) == set()


async def test_who_is_in_another_account_as_well_keeps_everything_of_theirs(house):
    """They are not even looked at; and who comes into another account while they are is left alone (the look was before)."""
    database = house.service.platform.database
    kim, _ = await join(house.service, house.account, "kim", "member")
    bo, _ = await join(house.service, house.account, "bo", "member")
    choices = {}
    for person in (kim, bo):
        async with asking(house.service, person) as caller:
            own = (await caller.ask("GET", "me"))["account"]["id"]
            choices[person.subject] = await caller.ask("PATCH", "me/mail", json={"batch_ready": False})
            await caller.ask("PATCH", "me/profile", json={"company": "Elsewhere"})
    # Bo's own account is gone: he is in Ada's alone, until he comes into another.
    await database.execute("delete from members where account_id = $1", UUID(own))
    bos_id = await database.fetchval("select id from people where subject = $1", bo.subject)
    async with asking(house.service, kim) as caller:
        kims = (await caller.ask("GET", "me"))["account"]["id"]
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    async with house.days_later(8) as platform:
        # He has come into it before the erasure gets to him, and after it has looked.
        async with transaction(house.service.platform) as work:
            await accounts.join(work, UUID(kims), bos_id, accounts.Role.MEMBER)
            erasing = asyncio.create_task(run(platform, erasure["id"]))
            await waiting_for_others(database)
        await erasing
        assert (await receipt_of(platform, erasure["id"])).receipt["deleted"]["people"] == 1
    for person in (kim, bo):
        async with asking(house.service, person) as caller:
            assert (await caller.ask("GET", "me/profile"))["company"] == "Elsewhere"
            assert await caller.ask("GET", "me/mail") == choices[person.subject]
            assert [one["account"]["id"] for one in (await caller.ask("GET", "me/accounts"))["items"]] == [kims]


async def waiting_for_others(database):
    """Until a transaction waits for a row that another one holds."""
    async with asyncio.timeout(30):
        while not await database.fetchval(
            "select exists (select from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted)"
        ):
            await asyncio.sleep(0.02)


async def test_who_comes_into_an_account_before_they_are_forgotten_goes_on(house):
    """Nothing of theirs is touched, nobody is told that they were erased, and a restore erases nothing."""
    kim, member_id = await join(house.service, house.account, "kim", "member")
    database = house.service.platform.database
    async with asking(house.service, kim) as caller:
        me = await caller.ask("GET", "me")
        wanted = await caller.ask("PATCH", "me/mail", json={"batch_ready": False})
    await database.execute("delete from members where account_id = $1", UUID(me["account"]["id"]))
    async with asking(house.service, ADA) as ada:
        await ada.ask("DELETE", f"members/{member_id}", 204)
    async with house.days_later(8) as platform:
        await erasures.go_on(platform)
        erasure_id = str(await database.fetchval("select id from erasures"))
        async with transaction(house.service.platform) as work:
            await accounts.join(work, UUID(house.account), UUID(me["person_id"]), accounts.Role.VIEWER)
            erasing = asyncio.create_task(run(platform, erasure_id))
            await waiting_for_others(database)
        await erasing
        kept = await receipt_of(platform, erasure_id)
        assert (kept.state, kept.receipt) == ("withdrawn", None)
        assert [page async for page in platform.storage.scan("erasures/")] in ([], [[]])
        assert await database.fetchval("select count(*) from letters where kind = 'erased'") == 0
        assert await database.fetchval("select count(*) from audit_entries where action = 'person.erased'") == 0
    async with asking(house.service, kim) as caller:
        assert await caller.ask("GET", "me/mail") == wanted


async def test_an_address_that_somebody_else_has_as_well_is_theirs(house):
    """Whoever claims an address, or shares it, takes nothing away with it: letters' choices, keys' makers, invitations."""
    database = house.service.platform.database
    claiming = Person("sandbox|claims", "Cleo", ADA.email, "")
    sharing = Person("sandbox|shares", "Shay", ADA.email, "")
    invited = Person("sandbox|invited", "Ivy", "ivy@house.test", "")
    async with asking(house.service, ADA) as ada:
        wanted = await ada.ask("PATCH", "me/mail", json={"batch_ready": False})
        await ada.ask("POST", "invitations", 201, json={"email": "ivy@house.test", "role": "member"})
    for person, verified in ((claiming, False), (sharing, True), (invited, False)):
        async with asking(house.service, person, email_verified=verified) as caller:
            erasure = await asked_for(caller)
        async with house.days_later(8) as platform:
            await run(platform, erasure["id"])
            assert (await receipt_of(platform, erasure["id"])).receipt["deleted"]["people"] == 1
    async with asking(house.service, ADA) as ada:
        assert await ada.ask("GET", "me/mail") == wanted
        assert [one["email"] for one in (await ada.ask("GET", "invitations"))["items"]] == ["ivy@house.test"]
    assert await database.fetchval("select created_by from api_keys") == ADA.email
    # And nobody is written to at an address that is only claimed.
    assert await database.fetchval("select count(*) from letters where kind = 'erased'") == 1


async def test_a_sign_in_that_waits_for_an_erasure_is_of_nobody(house):
    platform = house.service.platform
    kim = Claims(
        house.service.issuer, "sandbox|kim", "kim@office.test", "Kim", 2e9, signed_in_at=1, email_verified=True
    )
    person_id = (await accounts.sign_in(platform, kim)).person_id
    await platform.database.execute("delete from members where person_id = $1", person_id)
    async with transaction(platform) as work:
        person = await accounts.begin_forgetting(work, person_id, None)
        signing_in = asyncio.create_task(accounts.sign_in(platform, kim))
        await waiting_for_others(platform.database)
        await accounts.forget_person(work, person)
    with pytest.raises(WasErased):
        await signing_in


async def test_an_operators_suspension_outlives_an_erasure_that_is_taken_back(house):
    async with asking(house.service, ADA) as ada:
        for states, suspended in (((True,), True), ((False, True, False), False)):
            await asked_for(ada)
            for state in states:
                async with transaction(house.service.platform) as work:
                    await office.set_state(work, UUID(house.account), suspended=state)
            await ada.ask("DELETE", f"me/accounts/{house.account}/erasure")
            found = {one["account"]["id"]: one for one in (await ada.ask("GET", "me/accounts"))["items"]}
            assert bool(found[house.account]["suspended"]) is suspended
            async with transaction(house.service.platform) as work:
                await office.set_state(work, UUID(house.account), suspended=False)


async def test_somebody_in_no_account_is_forgotten_after_a_week(house, database_url):
    kim, member_id = await join(house.service, house.account, "kim", "member")
    database = house.service.platform.database
    async with asking(house.service, kim) as caller:
        own = (await caller.ask("GET", "me"))["account"]["id"]
    # Their own account is gone already.
    await database.execute("delete from members where account_id = $1", UUID(own))
    async with asking(house.service, ADA) as ada:
        await ada.ask("DELETE", f"members/{member_id}", 204)
    await erasures.go_on(house.service.platform)
    assert await database.fetchval("select count(*) from erasures") == 0
    async with house.days_later(8) as platform:
        await erasures.go_on(platform)
        await run(platform, str(await platform.database.fetchval("select id from erasures")))
    assert await database.fetchval("select count(*) from people where subject = $1", kim.subject) == 0
    assert await database.fetchval("select count(*) from people where subject = $1", ADA.subject) == 1


async def test_an_erasure_that_nobody_is_at_is_taken_up(house):
    async with asking(house.service, ADA) as ada:
        await asked_for(ada)
    async with house.days_later(8) as platform:
        await platform.database.execute(
            "update jobs set state = 'dead', finished_at = now() where kind = 'privacy.erase'"
        )
        await erasures.go_on(platform)
        await erasures.go_on(platform)
        waiting = "select count(*) from jobs where kind = 'privacy.erase' and state = 'queued'"
        assert await platform.database.fetchval(waiting) == 1


async def test_the_trail_of_an_account_that_is_not_erased_stays(house):
    with pytest.raises(asyncpg.RaiseError):
        await house.service.platform.database.execute("delete from audit_entries")
    async with transaction(house.service.platform) as work:
        assert await accounts.is_erased(work.connection, UUID(house.account)) is False
