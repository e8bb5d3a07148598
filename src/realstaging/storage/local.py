"""Files in a folder, behind links signed by ourselves and served by ``local_http``."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hmac
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TypeVar
from urllib.parse import unquote, urlencode, urlsplit

from realstaging.kit.errors import AppError
from realstaging.kit.keyring import KeyRing
from realstaging.storage.contract import (
    UPLOAD_LIFE,
    WINDOW,
    ListedFile,
    NoSuchFile,
    Sign,
    SignedPut,
    StorageUnavailable,
    StoredObject,
    check_key,
    is_key,
    window_start,
)
from realstaging.storage.links import Mac, WindowLinks
from realstaging.storage.observed import observed

T = TypeVar("T")

CHUNK: Final = 256 * 1024
THREADS: Final = 8
"""For reading and writing files. None is held while a client is waited for."""
LOOKS: Final = 2
"""For looking whether a file is there, which the health check does: they wait behind no file that is read or written."""
INCOMING: Final = ".incoming"
# As many files as S3 lists in one answer.
PAGE: Final = 1000


class LocalStorage:
    """Storage in ``folder``. Whole files appear at once: they are written aside and renamed."""

    def __init__(self, folder: Path, *, public_url: str, keys: KeyRing) -> None:
        self.folder = folder
        self._threads = ThreadPoolExecutor(THREADS, "files")
        self._looks = ThreadPoolExecutor(LOOKS, "looks")
        self._address = f"{public_url.rstrip('/')}/files"
        self._keys = keys.keys("local storage links")
        self._mac = Mac(self._keys[0])
        self._links = WindowLinks(self._shown)

    @classmethod
    def from_url(cls, url: str, *, public_url: str, keys: KeyRing) -> LocalStorage:
        """From ``file:///absolute/folder``; ValueError when the folder is not absolute."""
        parts = urlsplit(url)
        folder = Path(unquote(parts.path))
        if parts.netloc not in {"", "localhost"} or not folder.is_absolute():
            raise ValueError("STORAGE_URL must name an absolute folder, as file:///var/lib/realstaging.")
        return cls(folder, public_url=public_url, keys=keys)

    @property
    def origin(self) -> str:
        return self._address

    def path(self, key: str) -> Path:
        """Where a key's file is."""
        return self.folder / check_key(key)

    @observed
    async def put(self, key: str, data: bytes | Path, content_type: str) -> None:  # noqa: ARG002 - told by its first bytes
        def write(aside: Path) -> None:
            if isinstance(data, Path):
                shutil.copyfile(data, aside)
            else:
                aside.write_bytes(data)

        await self._on_disk(self.keep, key, write)

    def keep(self, key: str, write: Callable[[Path], None]) -> None:
        """Let ``write`` fill a file aside, then put it in its place."""
        place = self.path(key)
        with _told(missing=StorageUnavailable), self._aside() as aside:
            write(aside)
            _settle(aside, place)

    @observed
    async def write(self, key: str, pieces: AsyncIterator[bytes], content_type: str) -> None:  # noqa: ARG002 - told by its first bytes
        """A thread is held while a batch is written, never while one is waited for."""
        place = self.path(key)
        with _told(missing=StorageUnavailable), self._aside() as aside:
            batch = bytearray()
            async for piece in pieces:
                batch += piece
                if len(batch) >= CHUNK:
                    await self._on_disk(_append, aside, bytes(batch))
                    batch.clear()
            await self._on_disk(_append, aside, bytes(batch))
            await self._on_disk(_settle, aside, place)

    @contextmanager
    def _aside(self) -> Iterator[Path]:
        """A new file that nobody knows of; what is left of it at the end goes."""
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    async def _on_disk(self, work: Callable[..., T], *args: object) -> T:
        return await _done(self._threads, work, *args)

    @observed
    async def get(self, key: str) -> bytes:
        path = self.path(key)
        with _told():
            return await self._on_disk(path.read_bytes)

    @observed
    async def download(self, key: str, path: Path) -> None:
        source = self.path(key)
        with _told():
            try:
                await self._on_disk(shutil.copyfile, source, path)
            except OSError:
                path.unlink(missing_ok=True)
                raise

    async def first_bytes(self, key: str, count: int) -> bytes:
        """What a file begins with."""

        def read() -> bytes:
            with path.open("rb") as file:
                return file.read(count)

        path = self.path(key)
        with _told():
            return await self._on_disk(read)

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        async for piece in self.part(key, 0, None):
            yield piece

    async def part(self, key: str, first: int, count: int | None) -> AsyncIterator[bytes]:
        """``count`` bytes from the byte ``first`` on (None: to the end), piece by piece."""
        path = self.path(key)
        left = sys.maxsize if count is None else count
        with _told():
            file: BinaryIO = await self._on_disk(path.open, "rb")
            try:
                await self._on_disk(file.seek, first)
                while left and (piece := await self._on_disk(file.read, min(CHUNK, left))):
                    left -= len(piece)
                    yield piece
            finally:
                file.close()

    @observed
    async def head(self, key: str) -> StoredObject | None:
        path = self.path(key)
        with _told():
            try:
                return StoredObject((await _done(self._looks, path.stat)).st_size)
            except (FileNotFoundError, NotADirectoryError):
                return None

    @observed
    async def delete(self, keys: Sequence[str]) -> None:
        paths = [self.path(key) for key in keys]
        with _told():
            await self._on_disk(_remove, paths, self.folder)

    async def erase(self, folder: str) -> None:
        async for page in self.scan(folder):
            await self.delete([file.key for file in page])

    @observed
    async def list(self, prefix: str) -> list[str]:
        folder = self.path(prefix.rstrip("/"))
        with _told():
            return await self._on_disk(_keys_below, folder, self.folder)

    async def scan(self, prefix: str) -> AsyncIterator[Sequence[ListedFile]]:
        files = _files_below(self.path(prefix.rstrip("/")), prefix.rstrip("/"))
        with _told():
            while page := await self._on_disk(_some, files):
                yield page

    @observed
    async def move(self, key: str, to: str) -> None:
        source, target = self.path(key), self.path(to)

        def rename() -> None:
            source.stat()
            _put_in_place(source, target)
            _remove([source], self.folder)

        with _told():
            await self._on_disk(rename)

    async def remove_unfinished(self, before: datetime) -> None:
        def remove() -> None:
            for aside in (self.folder / INCOMING).glob("*"):
                with contextlib.suppress(FileNotFoundError):
                    if aside.stat().st_mtime < before.timestamp():
                        aside.unlink()

        with _told():
            await self._on_disk(remove)

    def sign_get(self, key: str, *, now: datetime, download_name: str | None = None) -> str:
        if not download_name:
            return self.signer(now)(key)
        return self._signed("GET", key, _claimed(window_start(now), download_name))

    def signer(self, now: datetime) -> Sign:
        return self._links.at(now)

    def _shown(self, start: datetime) -> Sign:
        stated, mac = _claimed(start), self._mac
        return lambda key: f"{self._address}/{check_key(key)}?{stated}&signature={mac.hex(_text('GET', key, stated))}"

    def sign_put(self, key: str, *, content_type: str, size: int, now: datetime) -> SignedPut:
        expires = now + UPLOAD_LIFE
        stated = _stated({"expires": str(int(expires.timestamp())), "type": content_type, "size": str(size)})
        return SignedPut(self._signed("PUT", key, stated), "PUT", {"Content-Type": content_type}, expires)

    def _signed(self, method: str, key: str, stated: str) -> str:
        return f"{self._address}/{check_key(key)}?{stated}&signature={_signature(self._keys[0], method, key, stated)}"

    def allows(self, method: str, key: str, query: dict[str, str], now: datetime) -> bool:
        """Whether the link was signed by us for this and has not run out."""
        claims = {name: value for name, value in query.items() if name != "signature"}
        given = query.get("signature", "")
        expected = [_signature(secret, method, key, _stated(claims)) for secret in self._keys]
        if not any(hmac.compare_digest(given.encode(), one.encode()) for one in expected):
            return False
        return datetime.fromtimestamp(int(claims["expires"]), UTC) > now


def _signature(secret: bytes, method: str, key: str, stated: str) -> str:
    return hmac.digest(secret, _text(method, key, stated), "sha256").hex()


def _text(method: str, key: str, stated: str) -> bytes:
    return f"{method}\n{key}\n{stated}".encode()


def _stated(claims: dict[str, str]) -> str:
    """What a link claims, always in the same order."""
    return _encoded(tuple(sorted(claims.items())))


def _claimed(start: datetime, download_name: str | None = None) -> str:
    """What the links of the window that begins then claim."""
    expires = {"expires": str(int((start + 2 * WINDOW).timestamp()))}
    return _stated({**expires, "download": download_name} if download_name else expires)


@lru_cache(maxsize=256)
def _encoded(claims: tuple[tuple[str, str], ...]) -> str:
    return urlencode(claims)


@contextmanager
def _told(missing: type[AppError] = NoSuchFile) -> Iterator[None]:
    """The system's errors in the words of storage; ``missing`` is what a path that is not there means."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise missing from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageUnavailable("The disk is full. Free some space and try again.") from error
        raise StorageUnavailable from error


async def _done(threads: ThreadPoolExecutor, work: Callable[..., T], *args: object) -> T:
    """Do something short in a thread. Cancelled, it is still waited for: nothing goes on behind a caller's back."""
    running = asyncio.get_running_loop().run_in_executor(threads, work, *args)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running})
        raise


def _append(aside: Path, batch: bytes) -> None:
    """Onto a file that is there: one that was given up meanwhile does not come back."""
    with aside.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(batch)


def _settle(aside: Path, place: Path) -> None:
    """A whole file, safe on the disk, appears in its place, and its name is as safe, with the folders that it is in."""
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    _put_in_place(aside, place)
    storage = aside.parent.parent
    for folder in place.parents:
        if not folder.is_relative_to(storage):
            break
        _name_safely(folder)


def _name_safely(folder: Path) -> None:
    """What the folder holds survives a power cut (fsync(2): the file's own does not say so of its name)."""
    # It may be gone by now, with the file that was the last in it.
    with contextlib.suppress(FileNotFoundError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _put_in_place(file: Path, place: Path) -> None:
    """Into its folder, made where there is none; a removal of the last file in it takes the folder along at any moment."""
    for last in (*[False] * 20, True):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        except (FileNotFoundError, FileExistsError):
            # mkdir says that it exists where it was taken along just after it was found there.
            if last:
                raise
        else:
            return


def _files_below(folder: Path, prefix: str) -> Iterator[ListedFile]:
    """Every file, read off the folders as it is asked for: as many of them are open as lie in each other."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                key = f"{prefix}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from _files_below(Path(entry.path), key)
                elif entry.is_file(follow_symlinks=False) and is_key(key):
                    with contextlib.suppress(FileNotFoundError):
                        found = entry.stat()
                        yield ListedFile(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
    except (FileNotFoundError, NotADirectoryError):
        return


def _some(files: Iterator[ListedFile]) -> list[ListedFile]:
    return list(islice(files, PAGE))


def _remove(paths: list[Path], root: Path) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
        for folder in path.parents:
            if folder == root:
                break
            try:
                folder.rmdir()
            except OSError:
                break


def _keys_below(folder: Path, root: Path) -> list[str]:
    """Folders that are deleted meanwhile have none."""
    walked = os.walk(folder, onerror=_unless_gone)
    return sorted(str(Path(where, name).relative_to(root)) for where, _, names in walked for name in names)


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error
