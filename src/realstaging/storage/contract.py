"""What every storage promises, and the words they share."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

import msgspec

from realstaging.kit.errors import NotFound, Unavailable

# Links stay the same for this long, so that browsers find the picture in their cache; each is good for one more window.
WINDOW: Final = timedelta(hours=6)
UPLOAD_LIFE: Final = timedelta(hours=1)
IMMUTABLE: Final = "private, max-age=31536000, immutable"
KEY_PATTERN: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
LONGEST_KEY: Final = 512


Sign = Callable[[str], str]
"""Gives the link to what is under a key."""


class BadKey(ValueError):
    """A key is letters, digits, dot, hyphen and underscore, in segments parted by slashes, none of which begins with a dot."""


class NoSuchFile(NotFound):
    """This file is no longer kept."""

    code = "no_such_file"


class StorageUnavailable(Unavailable):
    """The place where pictures are kept did not answer. Try again in a moment."""

    code = "storage_unavailable"


class StoredObject(msgspec.Struct, frozen=True):
    """What is kept under a key: its size in bytes."""

    size: int


class ListedFile(msgspec.Struct, frozen=True):
    """One of many files: its key, its size in bytes, when it was last written."""

    key: str
    size: int
    written_at: datetime


class SignedPut(msgspec.Struct, frozen=True):
    """Where and how to send one file."""

    url: str
    method: str
    headers: dict[str, str]
    expires_at: datetime


class Storage(Protocol):
    """Files under keys such as `results/…/master.png`. Methods raise NoSuchFile, StorageUnavailable and BadKey."""

    @property
    def origin(self) -> str:
        """An address at the place that links lead to."""
        ...

    async def put(self, key: str, data: bytes | Path, content_type: str) -> None:
        """Keep bytes or a whole file under ``key``, in one step: readers see the old or the new, never a part."""
        ...

    async def write(self, key: str, pieces: AsyncIterator[bytes], content_type: str) -> None:
        """Keep what comes piece by piece, of any length, in one step as well; nothing is left where the pieces break off."""
        ...

    async def get(self, key: str) -> bytes: ...

    async def download(self, key: str, path: Path) -> None:
        """Write the file to ``path``; nothing is left there when it fails."""
        ...

    def stream(self, key: str) -> AsyncIterator[bytes]: ...

    async def head(self, key: str) -> StoredObject | None: ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files; those already gone are no error."""
        ...

    async def erase(self, folder: str) -> None:
        """Remove everything below a folder (it ends with a slash), and where the place keeps versions every one of them: also of
        files that were removed before.
        """
        ...

    async def list(self, prefix: str) -> list[str]:
        """Keys that begin with the folder ``prefix`` (ends with a slash), sorted."""
        ...

    def scan(self, prefix: str) -> AsyncIterator[Sequence[ListedFile]]:
        """All files of the folder ``prefix``, some hundreds at a time, in any order. Of what is written or removed meanwhile, some
        may be among them. Files whose names no key can have are passed over.
        """
        ...

    async def move(self, key: str, to: str) -> None:
        """Give a file another key; what was under that is replaced."""
        ...

    async def remove_unfinished(self, before: datetime) -> None:
        """Remove what writers that were killed before then have left and nobody can see, where that is ours to do."""
        ...

    def sign_get(self, key: str, *, now: datetime, download_name: str | None = None) -> str:
        """A link that anyone may follow until it runs out: the same within a window. ``download_name`` makes browsers save it."""
        ...

    def signer(self, now: datetime) -> Sign:
        """Makes the links of this moment: `sign_get` for hundreds of keys, at a fraction of what each would cost alone."""
        ...

    def sign_put(self, key: str, *, content_type: str, size: int, now: datetime) -> SignedPut:
        """A link that takes exactly one kind and size of file."""
        ...


def is_key(text: str) -> bool:
    return len(text) <= LONGEST_KEY and KEY_PATTERN.fullmatch(text) is not None


def check_key(key: str) -> str:
    """The key, or BadKey."""
    if not is_key(key):
        raise BadKey(f"{key!r} cannot be a key. {BadKey.__doc__}")
    return key


def window_start(now: datetime) -> datetime:
    """When the present window of stable links began."""
    seconds = WINDOW.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


def attachment(name: str) -> str:
    """A Content-Disposition that saves under ``name`` (RFC 6266; RFC 8187 for what is not ASCII)."""
    plain = re.sub(r"[^ !#-\[\]-~]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
