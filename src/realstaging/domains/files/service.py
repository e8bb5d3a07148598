"""Finding files that no row names and rows whose files are gone; putting right what can be put right.

A row is looked at before it is believed to have lost a file, and a file is a day old before it is believed to be nobody's: what
is being written or removed meanwhile is not mistaken. Nothing is removed here. A file that no row names is moved to
``quarantine/`` and goes from there after seven days (`free_quarantine`); one that a row misses and that lies there is moved back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Final, Literal
from uuid import UUID

import msgspec
import structlog

from realstaging.domains.files import rules, store
from realstaging.domains.files.rules import KINDS, Kind, Owner
from realstaging.domains.files.store import Named
from realstaging.domains.photos.service import original_keys
from realstaging.domains.staging.deliverables import NAMES
from realstaging.runtime import last_done
from realstaging.runtime.database import Connection
from realstaging.runtime.last_done import Done
from realstaging.runtime.platform import Platform
from realstaging.storage import ListedFile, NoSuchFile
from realstaging.storage.contract import StorageUnavailable

log = structlog.get_logger()

# Rows read at once, and files asked for at once.
ROWS: Final = 200
AT_ONCE: Final = 16


class Finding(msgspec.Struct, frozen=True):
    """One file that is wrong. ``id`` and ``account_id``: the row that names it, None where none does."""

    wrong: Literal["no_row", "no_file"]
    kind: Kind
    key: str
    mended: bool
    """Moved to quarantine, or back from there."""
    size: int | None = None
    id: UUID | None = None
    account_id: UUID | None = None


class Found(msgspec.Struct, frozen=True):
    """What an inventory came to: files that no row names and their bytes, rows whose file is gone, and how many were put right."""

    no_row: int = 0
    no_row_bytes: int = 0
    no_file: int = 0
    mended: int = 0

    def and_also(self, finding: Finding) -> Found:
        """With one more."""
        return Found(
            self.no_row + (finding.wrong == "no_row"),
            self.no_row_bytes + (finding.size or 0),
            self.no_file + (finding.wrong == "no_file"),
            self.mended + finding.mended,
        )


class SetAside(msgspec.Struct, frozen=True):
    """Files in quarantine and their bytes; ``more``: there are others that were not counted."""

    files: int
    bytes: int
    more: bool


async def check(platform: Platform, *, repair: bool = False) -> AsyncIterator[Finding]:
    """Everything that is wrong, as it is found; never more than some hundreds of rows and files are held."""
    for kind in KINDS:
        async for page in platform.storage.scan(f"{kind}/"):
            for file in await _unnamed(platform, kind, page):
                yield await _set_aside(platform, kind, file, repair)
    async for kind, rows in _rows(platform):
        for row, missing in zip(rows, await _missing_of(platform, kind, rows), strict=True):
            for key in missing:
                restored = repair and await _restored(platform, key)
                yield Finding("no_file", kind, key, restored, id=row.id, account_id=row.account_id)


async def inventory(platform: Platform, *, repair: bool = False) -> AsyncIterator[Finding]:
    """As `check`; what it came to is written down when all was looked at, for operators."""
    found = Found()
    async for finding in check(platform, repair=repair):
        found = found.and_also(finding)
        yield finding
    await last_done.note(platform.database, Done.INVENTORY, platform.clock(), msgspec.structs.asdict(found))


async def set_aside(platform: Platform, most: int) -> SetAside:
    """What is in quarantine, as far as ``most`` files; StorageUnavailable."""
    files, size = 0, 0
    async for page in platform.storage.scan(f"{rules.QUARANTINE}/"):
        files, size = files + len(page), size + sum(file.size for file in page)
        if files >= most:
            return SetAside(files, size, more=True)
    return SetAside(files, size, more=False)


async def _unnamed(platform: Platform, kind: Kind, page: Sequence[ListedFile]) -> list[ListedFile]:
    """The files of one page that are old enough to be named and are not."""
    now = platform.clock()
    old = [file for file in page if not rules.young(file.written_at, now)]
    owners = {file.key: rules.owner_of(file.key) for file in old}
    named = await _named(platform.database, kind, [owner for owner in owners.values() if owner])
    return [file for file in old if not ((owner := owners[file.key]) and named(owner, file.key))]


async def _named(connection: Connection, kind: Kind, owners: Sequence[Owner]) -> Callable[[Owner, str], bool]:
    """Whether a file is named by the row it should belong to, for the files of these owners."""
    ids = list({owner.id for owner in owners if owner.id})
    bases = list({owner.base for owner in owners})
    match kind:
        case "originals":
            keys = await store.originals(connection, bases, ids)
            return lambda owner, _: owner.base in keys
        case "results":
            rows = await store.stagings(connection, ids)
            return lambda owner, key: _named_by_staging(rows.get(owner.id), key) if owner.id else False
        case "uploads":
            uploads = await store.uploads(connection, ids)
            return lambda owner, _: owner.id in uploads
        case "attempts":
            tokens = await store.attempts(connection, bases)
            return lambda owner, _: owner.base in tokens
        case "archives":
            archives = await store.archives(connection, ids)
            return lambda owner, _: owner.id in archives
        case "exports":
            exports = await store.exports(connection, ids)
            return lambda owner, _: owner.id in exports


def _named_by_staging(row: store.Result | None, key: str) -> bool:
    # Whoever works on a staging names its files as they come: drafts, and parts of a result.
    return row is not None and (row.open or (bool(row.result_key) and key.startswith(f"{row.result_key}/")))


async def _set_aside(platform: Platform, kind: Kind, file: ListedFile, repair: bool) -> Finding:
    mended = False
    if repair:
        # It may have gone by itself meanwhile.
        mended = True
        with contextlib.suppress(NoSuchFile):
            mended = await _moved(platform, file.key, rules.quarantine_key(file.key, platform.clock()))
    return Finding("no_row", kind, file.key, mended, size=file.size)


async def _rows(platform: Platform) -> AsyncIterator[tuple[Kind, list[Named]]]:
    """Every row that names files people are shown, some hundreds at a time."""
    pages: dict[Kind, Callable[..., Awaitable[list[Named]]]] = {
        "originals": store.originals_in_use,
        "results": store.results,
        "archives": store.ready_archives,
    }
    for kind, read in pages.items():
        last: UUID | None = None
        while page := await read(platform.database, last, ROWS):
            yield kind, page
            last = page[-1].id


async def _missing_of(platform: Platform, kind: Kind, rows: Sequence[Named]) -> list[list[str]]:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(row: Named) -> list[str]:
        async with places:
            return await _missing(platform, kind, row)

    return list(await asyncio.gather(*(one(row) for row in rows)))


async def _missing(platform: Platform, kind: Kind, row: Named) -> list[str]:
    """The row's files that are not there, though it names them still."""
    missing = [key for key in keys_of(kind, row.key) if await platform.storage.head(key) is None]
    if missing and not await store.still_names(platform.database, kind, row.id, row.key):
        return []
    return missing


def keys_of(kind: Kind, key: str) -> list[str]:
    """All files that a row with this key names."""
    match kind:
        case "originals":
            return original_keys(key)
        case "results":
            return [f"{key}/{name}" for name in NAMES]
        case _:
            return [key]


async def _restored(platform: Platform, key: str) -> bool:
    """Move a file back that was set aside, if it was."""
    for place in rules.quarantine_places(key, platform.clock()):
        with contextlib.suppress(NoSuchFile):
            return await _moved(platform, place, key)
    return False


async def _moved(platform: Platform, key: str, target: str) -> bool:
    """Whether it was moved. One that cannot be, as S3 copies at most 5 GB in a request, keeps no other from it. NoSuchFile."""
    try:
        await platform.storage.move(key, target)
    except StorageUnavailable as error:
        log.warning("files.not_moved", key=key, error=error.message)
        return False
    return True


async def free_quarantine(platform: Platform) -> None:
    """Remove what has been in quarantine for seven days, and what killed writers have left."""
    now = platform.clock()
    await platform.storage.remove_unfinished(now - rules.YOUNG)
    async for page in platform.storage.scan(f"{rules.QUARANTINE}/"):
        over = [file.key for file in page if rules.quarantine_over(file.key, now)]
        await platform.storage.delete(over)
