"""What a backup is called, what is written beside it, which may go, and whether a restored database is what was backed up. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import msgspec

FOLDER: Final = "backups"
NAME: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
DATABASE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
FORMAT: Final = 1
# A backup that is still being written is younger, however large the database.
WRITTEN_WITHIN: Final = timedelta(days=1)


class Ledger(msgspec.Struct, frozen=True):
    """Millionths of a dollar over all accounts, and how many accounts have balances that are not what their entries say."""

    accounts: int
    available: int
    held: int
    entries: int
    disagreeing: int


class Content(msgspec.Struct, frozen=True):
    """What a database held at one moment: its schema's revision, rows by table, sums of the ledger."""

    revision: str
    rows: dict[str, int]
    ledger: Ledger


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Stands beside a backup, and is written last: without it there is none."""

    format: int
    name: str
    taken_at: datetime
    """The moment whose rows it has."""
    seconds: float
    release: str
    postgres: int
    """The server's major version."""
    key: str
    """Which BACKUP_KEY sealed it, by the beginning of a digest."""
    size: int
    """Of the sealed file, in bytes."""
    sha256: str
    content: Content


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at in a restored database."""

    what: str
    well: bool
    seen: str


def name_of(moment: datetime, random: str) -> str:
    """Names sort by time."""
    return f"{moment:%Y%m%dT%H%M%SZ}-{random}"


def file_key(name: str) -> str:
    """Where the sealed database lies."""
    return f"{FOLDER}/{name}/database.sealed"


def manifest_key(name: str) -> str:
    """Where its manifest lies."""
    return f"{FOLDER}/{name}/manifest.json"


def named_in(key: str) -> str | None:
    """The backup that a key belongs to, if to any."""
    parts = key.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == FOLDER and NAME.fullmatch(parts[1]) else None  # noqa: PLR2004 - folder, name, file


def over(manifests: Sequence[Manifest], now: datetime, kept: timedelta) -> list[Manifest]:
    """Those that are older than backups are kept; never the newest, however old."""
    newest = max(manifests, key=lambda manifest: manifest.taken_at, default=None)
    return [manifest for manifest in manifests if manifest is not newest and manifest.taken_at < now - kept]


def is_recent(manifests: Sequence[Manifest], now: datetime, within: timedelta) -> bool:
    """Whether one of them was made within that time."""
    return any(manifest.taken_at >= now - within for manifest in manifests)


def content_checks(wanted: Content, found: Content) -> list[Check]:
    """A restored database against what was backed up."""
    return [
        Check("schema", found.revision == wanted.revision, f"revision {found.revision} of {wanted.revision}"),
        _rows_check(wanted.rows, found.rows),
        Check(
            "ledger",
            found.ledger == wanted.ledger and not found.ledger.disagreeing,
            f"{found.ledger.accounts} accounts, {found.ledger.entries} in entries, {found.ledger.disagreeing} accounts disagree",
        ),
    ]


def _rows_check(wanted: Mapping[str, int], found: Mapping[str, int]) -> Check:
    wrong = sorted(table for table in wanted.keys() | found.keys() if wanted.get(table) != found.get(table))
    if wrong:
        told = ", ".join(f"{table} has {found.get(table)} of {wanted.get(table)}" for table in wrong[:5])
        return Check("rows", well=False, seen=told)
    return Check("rows", well=True, seen=f"{sum(found.values())} rows in {len(found)} tables")


def without_password(url: str) -> tuple[str, str]:
    """The address of a database for a command line, where everybody may read it, and its password for the environment."""
    parts = urlsplit(url)
    user = f"{quote(unquote(parts.username), safe='')}@" if parts.username else ""
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", user + place, parts.path, parts.query, "")), unquote(parts.password or "")


def database_at(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
