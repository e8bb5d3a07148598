"""The database sealed and kept elsewhere, put back into a new one, and looked at: on real PostgreSQL, by its own programs."""

import asyncio
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest

from harness.killing import started
from harness.servers import database_at
from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.backups import programs, rules, service
from realstaging.domains.backups.errors import (
    Damaged,
    NoSuchBackup,
    NotArrived,
    NotEmpty,
    ProgramFailed,
    WrongKey,
    WrongMajor,
)
from realstaging.domains.billing import service as billing
from realstaging.domains.privacy import erasures
from realstaging.kit.clock import utc_now
from realstaging.kit.keyring import KeyRing
from realstaging.kit.stream_sealing import SealedFileBroken
from realstaging.runtime.work import transaction
from realstaging.storage import StorageUnavailable, open_storage
from tests import commands
from tests.domains.files.test_check import made_ready

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0a1b2"
GRANTED = 7_000_000


@pytest.fixture
async def house(tmp_path, database_url, redis_url):
    """A photo, a staging with its files, money; and a place for backups that is not where pictures are."""
    async with run_service(tmp_path, database_url, redis_url) as running, running.signed_in() as ada:
        account = UUID((await ada.ask("GET", "me"))["account"]["id"])
        photo = await ada.photo(await ada.project("Hush Street 12"))
        [staging] = await ada.stage(photo)
        await made_ready(running.platform, staging)
        async with transaction(running.platform) as work:
            assert await billing.grant(work, account, GRANTED, "for-tests", "")
        yield House(running, tmp_path / "backups", account)


class House(msgspec.Struct):
    service: object
    folder: Path
    account: UUID

    def setup(self, **changed):
        settings = self.service.settings
        given = {
            "database_url": settings.database_url,
            "places": open_storage(self.folder.as_uri(), public_url=settings.public_url, keys=settings.keys),
            "ring": KeyRing(KEY),
            "programs": "",
            "kept": timedelta(days=30),
            "platform_at": self.platform_at,
        }
        return service.Setup(**given | changed)

    def platform_at(self, url):
        return wiring.platform(msgspec.structs.replace(self.service.settings, database_url=url), engines={})

    @property
    def environment(self):
        settings = self.service.settings
        given = {
            name: str(getattr(settings, name)) for name in ("database_url", "redis_url", "storage_url", "oidc_issuer")
        }
        return {name.upper(): value for name, value in given.items()} | {
            "BACKUP_STORAGE_URL": self.folder.as_uri(),
            "BACKUP_KEY": KEY,
        }


async def asked(url, query, *arguments):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query, *arguments)
    finally:
        await connection.close()


async def databases(url):
    return (
        await asked(url, "select array_agg(datname::text) from pg_database where datname like 'realstaging\\_re%'")
        or []
    )


class CuttingStorage:
    """Says that it has written everything, and has not written the end."""

    def __init__(self, storage):
        self._storage = storage

    def __getattr__(self, name):
        return getattr(self._storage, name)

    async def write(self, key, pieces, content_type):
        all_pieces = [piece async for piece in pieces]

        async def cut():
            for piece in all_pieces[:-1]:
                yield piece

        await self._storage.write(key, cut(), content_type)


async def test_what_is_not_whole_in_the_bucket_is_no_backup(house):
    setup = house.setup()
    with pytest.raises(NotArrived):
        await service.make(house.setup(places=CuttingStorage(setup.places)))
    assert await service.newest(setup) == []
    # Half a backup is removed once nobody can be writing to it; a bucket that lets nobody remove anything spoils no backup.
    [half] = await files(setup)
    later = house.setup(clock=lambda: utc_now() + timedelta(days=2))
    await service.make(msgspec.structs.replace(later, places=LockedStorage(setup.places)))
    assert half in await files(setup)
    await service.make(later)
    assert half not in await files(setup)
    assert len(await service.newest(setup)) == 2


async def files(setup):
    return [file.key async for page in setup.places.scan(f"{rules.FOLDER}/") for file in page]


class LockedStorage(CuttingStorage):
    """A bucket that nobody can remove files from."""

    async def write(self, key, pieces, content_type):
        await self._storage.write(key, pieces, content_type)

    async def delete(self, keys):
        raise StorageUnavailable


async def test_a_backup_is_put_back_into_a_new_database_with_everything_that_was_there(house):
    url, setup = house.service.settings.database_url, house.setup()
    manifest = await service.make(setup)
    assert manifest.content.rows["photos"] == 1
    assert manifest.content.ledger.available >= GRANTED
    [file] = [path for path in house.folder.rglob("database.sealed") if path.is_file()]
    assert b"PGDMP" not in file.read_bytes()
    assert b"Hush Street" not in file.read_bytes()

    # What comes afterwards is not in it; who is erased afterwards is erased again.
    await asked(url, "update projects set name = 'later'")
    entry = erasures.Entry(UUID(int=7), house.account, None, utc_now())
    await house.service.platform.storage.put("erasures/7.json", msgspec.json.encode(entry), "application/json")
    name = f"realstaging_restored_{os.urandom(4).hex()}"
    try:
        restored = await service.restore(setup, await service.get(setup, "latest"), name)
        assert restored.well, restored.checks
        assert {check.what for check in restored.checks} == {"schema", "rows", "ledger", "files", "erasures"}
        there = database_at(url, name)
        assert await asked(there, "select name from projects") == "Hush Street 12"
        assert await asked(there, "select account_id from erasures where state = 'waiting'") == house.account
        with pytest.raises(NotEmpty):
            await service.restore(setup, manifest, name)
        with pytest.raises(NotEmpty):
            await service.restore(setup, manifest)
        # A file that has gone is told, and so is a row.
        await asked(there, "update ledger_accounts set available = available + 1")
        await asked(there, "delete from events")
        lost = [path for path in (house.folder.parent / "files").rglob("*master.png*") if path.is_file()]
        lost[0].unlink()
        found = {check.what: check for check in await service._looked_at(setup, manifest.content, there)}
        assert not any(found[what].well for what in ("rows", "ledger", "files"))
        assert "events has 0 of" in found["rows"].seen
        assert "master.png" in found["files"].seen
        # So is a file that is not as long as its row says.
        storage, key = house.service.platform.storage, await asked(there, "select key from originals")
        await storage.put(key, b"cut off", "image/jpeg")
        found = {check.what: check for check in await service._looked_at(setup, manifest.content, there)}
        assert key in found["files"].seen
    finally:
        await asked(url, f'drop database if exists "{name}" with (force)')


async def test_what_is_not_as_it_was_written_is_not_put_back_and_leaves_nothing(house, tmp_path):
    setup = house.setup()
    manifest = await service.make(setup)
    with pytest.raises(WrongKey):
        await service.restore(house.setup(ring=KeyRing(KEY[::-1])), manifest, "realstaging_restored_x")
    with pytest.raises(NoSuchBackup):
        await service.get(setup, "20260101T000000Z-00000000")
    [file] = [path for path in house.folder.rglob("database.sealed") if path.is_file()]
    whole = file.read_bytes()
    for changed in (whole[:-1], whole + b"x", whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]):
        file.write_bytes(changed)
        with pytest.raises((Damaged, SealedFileBroken)):
            await service.restore(setup, manifest, "realstaging_restored_x")
        assert await databases(setup.database_url) == []
    # A program of another major version, and one that fails on its way.
    with pytest.raises(WrongMajor, match="of PostgreSQL 15, and what it is to speak to is 18"):
        await service.make(house.setup(programs=script(tmp_path, 'echo "pg_dump (PostgreSQL) 15.1"')))
    with pytest.raises(ProgramFailed, match="no room left"):
        await service.make(
            house.setup(programs=script(tmp_path, f'{VERSION}; echo abc; echo "no room left" >&2; exit 3'))
        )
    assert [one.name for one in await service.newest(setup)] == [manifest.name]
    # Those that are over go, and the newest stays, however old.
    later = house.setup(clock=lambda: utc_now() + timedelta(days=31))
    newest = await service.make(later)
    assert [one.name for one in await service.newest(setup)] == [newest.name]
    assert len([path for path in house.folder.rglob("database.sealed") if path.is_file()]) == 1


VERSION = 'if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) 18.6"; exit 0; fi'


def script(folder, text):
    """A folder with a pg_dump that does this."""
    path = folder / os.urandom(4).hex() / "pg_dump"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path.parent)


async def test_a_rehearsal_by_the_command_tells_how_long_recovery_takes_and_leaves_nothing_behind(house):
    await service.make(house.setup(clock=lambda: utc_now() - timedelta(hours=20)))
    code, told, complaint = await commands.command("operate", "backup", "rehearse", **house.environment)
    assert code == 0, told + complaint
    assert "RTO " in told
    assert "RPO 20.0 h" in told
    assert told.count("well  ") == 5
    assert await databases(house.service.settings.database_url) == []
    assert len(await service.newest(house.setup())) == 2
    # For the alerts on backups that are old.
    done = "select count(*) from last_done where what in ('backup', 'restore_rehearsal') and done_at > now() - interval '5 minutes'"
    assert await asked(house.service.settings.database_url, done) == 2
    code, told, _ = await commands.command("operate", "backup", "list", "--within", "1", **house.environment)
    assert code == 0
    assert told.count("Z-") == 2
    assert await asked(house.service.settings.database_url, "select count(*) from erasures") == 0


def test_those_that_are_over_are_not_the_newest():
    def manifest(days):
        content = rules.Content("0001", {}, rules.Ledger(0, 0, 0, 0, 0))
        taken = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=days)
        return rules.Manifest(
            format=1, name=rules.name_of(taken, "0" * 8), taken_at=taken, seconds=1, release="", postgres=18, key="", size=1, sha256="", content=content,
        )  # fmt: skip

    old, older, new = manifest(3), manifest(1), manifest(40)
    now = new.taken_at + timedelta(hours=1)
    assert rules.over([new, old, older], now, timedelta(days=30)) == [old, older]
    assert rules.over([old, older], now, timedelta(days=30)) == [older]
    assert rules.over([], now, timedelta(days=30)) == []
    assert rules.is_recent([old, new], now, timedelta(hours=2))
    assert not rules.is_recent([old, new], now, timedelta(minutes=59))
    assert not rules.is_recent([], now, timedelta(days=999))
    assert rules.named_in(rules.manifest_key(new.name)) == new.name
    assert rules.named_in("backups/../x") is None


def test_a_password_is_on_no_command_line():
    address, password = rules.without_password("postgres://me%40x:p%23w@db.example:6000/name?sslmode=require")
    assert address == "postgresql://me%40x@db.example:6000/name?sslmode=require"
    assert password == "p#w"


@pytest.mark.long
async def test_killed_halfway_there_is_no_backup_and_the_next_one_is_whole(house, tmp_path):
    real, sign = programs.found("pg_dump", ""), tmp_path / "halfway"
    halfway = script(tmp_path, f'{VERSION}; "{real}" "$@" | head -c 3000; touch "{sign}"; exec sleep 600')
    process = started(
        commands._run,
        ["operate", "backup"],
        house.environment | {"POSTGRES_PROGRAMS": halfway},
        [tmp_path / "out", tmp_path / "err"],
    )
    async with asyncio.timeout(60):
        while not sign.exists():
            assert process.is_alive(), (tmp_path / "err").read_text()
            await asyncio.sleep(0.02)
    process.kill()
    process.join()
    assert await service.newest(house.setup()) == []
    # Its snapshot is not held any longer, or nothing could be tidied up.
    async with asyncio.timeout(30):
        while await asked(house.service.settings.database_url, "select count(*) from pg_stat_activity where backend_xmin is not null and pid <> pg_backend_pid() and state like 'idle in%'"):  # fmt: skip
            await asyncio.sleep(0.05)
    found = await service.rehearse(house.setup())
    assert found.restored.well
