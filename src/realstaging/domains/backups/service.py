"""Use cases of backups: make one, list them, put one back and look at it, rehearse all of that.

A backup is what `pg_dump` writes, of one moment, sealed with BACKUP_KEY on its way to another bucket. Its manifest is written last, and
says how many rows there were at that same moment (both share one snapshot). Killed anywhere, a making leaves no backup and a
restore leaves an empty database, for `pg_restore` works in one transaction.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import asyncpg
import msgspec
import structlog

from realstaging.domains.backups import programs, rules, store
from realstaging.domains.backups.errors import BadDatabaseName, Damaged, NoSuchBackup, NotArrived, NotEmpty, WrongKey
from realstaging.domains.backups.rules import Check, Content
from realstaging.domains.backups.rules import Manifest as Manifest
from realstaging.domains.backups.rules import is_recent as is_recent
from realstaging.domains.files import sampling
from realstaging.domains.privacy import erasures
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.keyring import KeyRing
from realstaging.kit.stream_sealing import opened, sealed
from realstaging.runtime.platform import Platform
from realstaging.runtime.release import release
from realstaging.storage import NoSuchFile, Storage, StorageUnavailable

log = structlog.get_logger()

CONNECTS_WITHIN: Final = 10.0
PURPOSE: Final = "backups"
SAMPLE: Final = 50
"""Files of each kind that are asked for after a restore."""
LATEST: Final = "latest"
MOST_SHOWN: Final = 5


class Setup(msgspec.Struct, frozen=True):
    """With what backups are made and put back. ``platform_at`` opens the service's parts on another database."""

    database_url: str
    places: Storage
    """Where backups are kept: not where pictures are."""
    ring: KeyRing
    programs: str
    kept: timedelta
    platform_at: Callable[[str], AbstractAsyncContextManager[Platform]]
    clock: Clock = utc_now

    @property
    def key(self) -> bytes:
        return self.ring.keys(PURPOSE)[0]

    @property
    def key_name(self) -> str:
        """Tells one key from another, and nothing else of it."""
        return hashlib.sha256(b"name of " + self.key).hexdigest()[:12]


class Restored(msgspec.Struct, frozen=True):
    """What became of a restore: into which database, what was looked at, how long it took."""

    backup: str
    database: str
    checks: list[Check]
    seconds: float

    @property
    def well(self) -> bool:
        return all(check.well for check in self.checks)


class Rehearsal(msgspec.Struct, frozen=True):
    """A backup made and put back. ``recovery_seconds`` (RTO): from the first byte fetched until everything was looked at. ``lost_seconds``
    (RPO): how old the newest backup before this one was, which is what a loss at that moment would have cost; None where there was none.
    """

    manifest: Manifest
    restored: Restored
    recovery_seconds: float
    lost_seconds: float | None


async def make(setup: Setup) -> Manifest:
    """Back up the database as it is now, look whether it arrived whole, and remove backups that are over."""
    began = time.monotonic()
    now = setup.clock()
    name = rules.name_of(now, secrets.token_hex(4))
    written = _Written()
    async with _connected(setup.database_url) as connection:
        major = await store.major(connection)
        program = await programs.require(programs.found("pg_dump", setup.programs), major)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            shared = await store.snapshot(connection)
            content = await store.content(connection)
            address, password = rules.without_password(setup.database_url)
            command: list[str | Path] = [
                program,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                "--no-password",
                f"--snapshot={shared}",
            ]
            dumping = programs.output_of([*command, f"--dbname={address}"], {"PGPASSWORD": password})
            # Closed at once where the bucket fails, and the program with it.
            async with aclosing(dumping) as dumped:
                pieces = written.counted(sealed(dumped, setup.key, name))
                await setup.places.write(rules.file_key(name), pieces, "application/octet-stream")
    kept = await setup.places.head(rules.file_key(name))
    if kept is None or kept.size != written.size:
        raise NotArrived
    manifest = Manifest(
        format=rules.FORMAT,
        name=name,
        taken_at=now,
        seconds=round(time.monotonic() - began, 3),
        release=release().version,
        postgres=major,
        key=setup.key_name,
        size=written.size,
        sha256=written.digest.hexdigest(),
        content=content,
    )
    await setup.places.put(rules.manifest_key(name), msgspec.json.encode(manifest), "application/json")
    try:
        await _remove_over(setup)
    except StorageUnavailable as error:
        # The backup is made. A bucket with a lock lets nobody remove old ones, and another is asked again tomorrow.
        log.error("backup.old_ones_left", error=error.message)  # noqa: TRY400 - what it says is in the message
    return manifest


class _Written:
    """What passed on its way to the bucket, or from it."""

    def __init__(self) -> None:
        self.digest, self.size = hashlib.sha256(), 0

    async def counted(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for piece in pieces:
            self.digest.update(piece)
            self.size += len(piece)
            yield piece


async def _remove_over(setup: Setup) -> None:
    whole = await newest(setup)
    for manifest in rules.over(whole, setup.clock(), setup.kept):
        # The manifest first: half a backup is none, and is removed as that.
        await setup.places.delete([rules.manifest_key(manifest.name), rules.file_key(manifest.name)])
        log.info("backup.removed", backup=manifest.name)
    for key in await _halves(setup, {manifest.name for manifest in whole}):
        await setup.places.delete([key])
        log.info("backup.half_removed", file=key)


async def _halves(setup: Setup, whole: AbstractSet[str]) -> list[str]:
    """Files of backups that were never whole: their maker died, or what arrived was cut. None that may still be written to."""
    before = setup.clock() - rules.WRITTEN_WITHIN
    return [
        file.key
        async for page in setup.places.scan(f"{rules.FOLDER}/")
        for file in page
        if (name := rules.named_in(file.key)) and name not in whole and file.written_at < before
    ]


async def newest(setup: Setup) -> list[Manifest]:
    """Every backup there is, newest first."""
    found = []
    async for page in setup.places.scan(f"{rules.FOLDER}/"):
        for file in page:
            name = rules.named_in(file.key)
            if name and file.key == rules.manifest_key(name):
                found.append(msgspec.json.decode(await setup.places.get(file.key), type=Manifest))
    return sorted(found, key=lambda manifest: manifest.taken_at, reverse=True)


async def get(setup: Setup, name: str) -> Manifest:
    """One backup by its name, or the newest. NoSuchBackup where there is none."""
    if name == LATEST:
        manifests = await newest(setup)
        if not manifests:
            raise NoSuchBackup("There is no backup yet. `realstaging operate backup` makes one.")
        return manifests[0]
    if not rules.NAME.fullmatch(name):
        raise NoSuchBackup
    try:
        return msgspec.json.decode(await setup.places.get(rules.manifest_key(name)), type=Manifest)
    except NoSuchFile as error:
        raise NoSuchBackup from error


async def restore(setup: Setup, manifest: Manifest, into: str | None = None) -> Restored:
    """Put a backup back into a new database ``into`` of the same server, or into the empty one of DATABASE_URL, and look at it. What the
    restored database would bring back of erased people is put up to be erased again.
    """
    began = time.monotonic()
    if manifest.key != setup.key_name:
        raise WrongKey
    url = await _new(setup, into) if into else setup.database_url
    try:
        await _put_back(setup, manifest, url)
    except BaseException:
        # A database that we have made, and that holds nothing.
        if into:
            await _dropped(setup, into)
        raise
    checks = await _looked_at(setup, manifest.content, url)
    return Restored(manifest.name, into or "", checks, round(time.monotonic() - began, 3))


async def _new(setup: Setup, name: str) -> str:
    if not rules.DATABASE_NAME.fullmatch(name):
        raise BadDatabaseName
    async with _connected(setup.database_url) as connection:
        try:
            await store.create(connection, name)
        except asyncpg.DuplicateDatabaseError as error:
            raise NotEmpty(f"There is a database {name} already. Nothing was changed.") from error
    return rules.database_at(setup.database_url, name)


async def _put_back(setup: Setup, manifest: Manifest, url: str) -> None:
    async with _connected(url) as connection:
        if await store.tables(connection):
            raise NotEmpty
        program = await programs.require(programs.found("pg_restore", setup.programs), await store.major(connection))
    address, password = rules.without_password(url)
    command: list[str | Path] = [
        program,
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        "--no-password",
    ]
    kept = _as_written(setup.places.stream(rules.file_key(manifest.name)), manifest)
    await programs.feed(
        [*command, f"--dbname={address}"], {"PGPASSWORD": password}, opened(kept, setup.key, manifest.name)
    )


async def _as_written(pieces: AsyncIterator[bytes], manifest: Manifest) -> AsyncIterator[bytes]:
    """The sealed file, unless it is not the one of the manifest: told before its last piece is opened."""
    read = _Written()
    async for piece in read.counted(pieces):
        yield piece
    if (read.digest.hexdigest(), read.size) != (manifest.sha256, manifest.size):
        raise Damaged


async def _looked_at(setup: Setup, wanted: Content, url: str) -> list[Check]:
    async with (
        _connected(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        found = await store.content(connection)
    checks = rules.content_checks(wanted, found)
    async with setup.platform_at(url) as platform:
        checks.append(await _files(platform))
        again = [entry async for entry in erasures.replay(platform)]
    checks.append(Check("erasures", well=True, seen=f"{len(again)} that the backup brings back are erased again"))
    return checks


async def _files(platform: Platform) -> Check:
    looked, wrong = await sampling.sample(platform, SAMPLE)
    if wrong:
        return Check(
            "files", well=False, seen=f"{len(wrong)} of {looked} are not as rows say: {', '.join(wrong[:MOST_SHOWN])}"
        )
    return Check("files", well=True, seen=f"{looked} are there and of the size that rows say")


async def rehearse(setup: Setup) -> Rehearsal:
    """Make a backup, put it back into a database beside, look at that, and drop it."""
    before = await newest(setup)
    manifest = await make(setup)
    name = f"realstaging_rehearsal_{secrets.token_hex(4)}"
    try:
        restored = await restore(setup, manifest, name)
    finally:
        await _dropped(setup, name)
    lost = (manifest.taken_at - before[0].taken_at).total_seconds() if before else None
    return Rehearsal(manifest, restored, restored.seconds, lost)


async def _dropped(setup: Setup, name: str) -> None:
    async with _connected(setup.database_url) as connection:
        await store.drop(connection, name)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url, timeout=CONNECTS_WITHIN)
    try:
        yield connection
    finally:
        await connection.close()
