"""An account is erased: every row, every file, every hidden version of one; what is kept says why, and names nobody."""

import asyncio
import types
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from moto.server import ThreadedMotoServer

from realstaging.domains.accounts import service as accounts
from realstaging.domains.privacy import erasures, rules
from realstaging.domains.privacy.payloads import Erase
from realstaging.runtime.jobs import Claim
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from realstaging.wiring.jobs import HANDLERS
from tests import commands
from tests.domains.privacy.house import (
    ADA,
    WORDS,
    asked_for,
    everything,
    filled,
    found_in_rows,
    receipt_of,
    rows_of,
    run,
)
from tests.offices import asking, join


@pytest.fixture(scope="module")
def versioning_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


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


async def test_what_was_taken_back_since_the_backup_waits_for_its_whole_time_anew(house):
    async with asking(house.service, ADA) as ada:
        await asked_for(ada)
    # Restored when its day had come long ago: it was taken back, or it would have been written down.
    async with house.days_later(30) as platform:
        assert [entry async for entry in erasures.replay(platform)] == []
        row = await platform.database.fetchrow("select state, due_at from erasures")
        assert row["state"] == "waiting"
        assert row["due_at"] > platform.clock() + rules.GRACE - timedelta(minutes=5)
        letters = await platform.database.fetch("select letter from letters where kind = 'erasure_begun' order by id")
        assert [one["letter"]["who"] for one in letters] == ["Ada Agent", ""]
        await erasures.go_on(platform)
        assert await platform.database.fetchval("select state from erasures") == "waiting"


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


async def test_while_the_bucket_is_away_an_erasure_is_put_off(house):
    """No job dies of it: as soon as it can be written down, the next one goes on."""
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    async with house.days_later(8) as platform:
        # Nothing can be written where a file stands in the folder's place.
        blocked = platform.storage.path(erasures.LOG)
        blocked.write_bytes(b"")
        await run(platform, erasure["id"])
        assert await platform.database.fetchval("select count(*) from projects") == 1
        blocked.unlink()
        await run(platform, erasure["id"])
        assert (await receipt_of(platform, erasure["id"])).state == "done"


async def test_the_trail_of_an_account_that_is_not_erased_stays(house):
    with pytest.raises(asyncpg.RaiseError):
        await house.service.platform.database.execute("delete from audit_entries")
    async with transaction(house.service.platform) as work:
        assert await accounts.is_erased(work.connection, UUID(house.account)) is False
