"""The HTTP side of local storage: what its signed links lead to. Plain ASGI, nothing is held but the piece on its way."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
import structlog

from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import PROBLEM, AppError, Forbidden, TooSlow, Unavailable, problem
from realstaging.storage.contract import IMMUTABLE, NoSuchFile, StorageUnavailable, attachment
from realstaging.storage.local import LocalStorage

Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

log = structlog.get_logger()

ROUTE: Final = "/files/{key}"
OTHER_SIZE: Final = "The file is of another size than announced. Choose it again."
# One part, in numbers that no file's size outgrows.
RANGE: Final = re.compile(rb"bytes=([0-9]{0,18})-([0-9]{0,18})")
# First bytes of the files that are kept: their offset, themselves, the media type.
MAGIC: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "image/heic"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
)


# A picture or a download is looked at, never run: opened by itself it gets no script, no form, no origin.
POLICY: Final = b"default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""The styles are the browser's own, of the page it makes around a picture."""
MOST_UPLOADS: Final = 256
"""At once in one process: each holds a quarter of a megabyte and a file."""


class Pace(msgspec.Struct, frozen=True):
    """How slow an upload may be. By default a photo of 50 MB may take half an hour, and a line that stalls half a minute."""

    grace: float = 30.0
    """Seconds before the rate counts."""
    least: float = 32 * 1024
    """Bytes a second, from the beginning on."""
    silence: float = 30.0
    """Seconds without a byte."""


BY_DEFAULT: Final = Pace()


class LinkRefused(Forbidden):
    """This link is not valid or has run out. Load the page again."""

    code = "link_refused"


class NotAsAnnounced(Forbidden):
    """The file is not what was announced. Choose it again."""

    code = "not_as_announced"


class WrongMethod(AppError):
    """Only GET, HEAD and PUT are answered here."""

    code = "method_not_allowed"
    status = 405


class Left(Exception):
    """The sender is gone: there is nobody to tell."""


class NoSuchPart(AppError):
    """The file has no such part."""

    code = "no_such_part"
    status = 416

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size


class TooManyUploads(Unavailable):
    """Too many files are arriving just now. Try again in a moment."""

    code = "too_many_uploads"


def files_app(
    storage: LocalStorage, *, clock: Clock = utc_now, pace: Pace = BY_DEFAULT, most: int = MOST_UPLOADS
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """An ASGI application, mounted at ``/files``, that serves and takes what links of ``storage`` allow.

    At most ``most`` uploads come in at once, none slower than ``pace``.
    """
    uploads = _Uploads(storage, pace, most)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        state["route"] = ROUTE
        try:
            await _answer(uploads, clock(), scope, receive, send)
        except Left:
            log.info("files.upload_broken_off")
        except AppError as error:
            state["problem"] = error.code
            await _tell(send, error)

    return app


async def _answer(uploads: _Uploads, now: datetime, scope: Scope, receive: Receive, send: Send) -> None:
    method, storage = scope["method"], uploads.storage
    key = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/files").strip("/")
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    if method not in {"GET", "HEAD", "PUT"}:
        raise WrongMethod
    if not storage.allows("PUT" if method == "PUT" else "GET", key, query, now):
        raise LinkRefused
    if method == "PUT":
        await uploads.take(key, query, dict(scope["headers"]), receive)
        await _say(send, 200, b"Kept.", [(b"content-type", b"text/plain; charset=utf-8")])
    else:
        await _serve(storage, key, query, scope, send)


async def _serve(storage: LocalStorage, key: str, query: dict[str, str], scope: Scope, send: Send) -> None:
    stored = await storage.head(key)
    if stored is None:
        raise NoSuchFile
    # Keys are made of content, so the key itself tells one content from another.
    tag = f'"{key}"'.encode()
    given = dict(scope["headers"])
    headers = [
        (b"etag", tag),
        (b"cache-control", IMMUTABLE.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", POLICY),
    ]
    if given.get(b"if-none-match") == tag:
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    kind = _media_type(await storage.first_bytes(key, 16))
    headers += [(b"content-type", kind.encode()), (b"accept-ranges", b"bytes")]
    if "download" in query:
        headers.append((b"content-disposition", attachment(query["download"]).encode()))
    whole = range(stored.size)
    part = asked_range(given, tag, stored.size)
    if part is None:
        raise NoSuchPart(stored.size)
    headers.append((b"content-length", b"%d" % len(part)))
    if part != whole:
        headers.append((b"content-range", b"bytes %d-%d/%d" % (part.start, part.stop - 1, stored.size)))
    await send({"type": "http.response.start", "status": 200 if part == whole else 206, "headers": headers})
    if scope["method"] == "GET":
        async for chunk in storage.part(key, part.start, len(part)):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


def asked_range(headers: Mapping[bytes, bytes], tag: bytes, size: int) -> range | None:
    """The bytes that a Range header asks for; all of them without one, or for one that asks for several parts, in other units, or
    of another version (If-Range); None where the file has no such part (RFC 9110 §14.2).
    """
    whole = range(size)
    if headers.get(b"if-range", tag) != tag:
        return whole
    asked = RANGE.fullmatch(headers.get(b"range", b""))
    if asked is None or asked.groups() == (b"", b""):
        return whole
    first, last = asked.groups()
    if not first:
        length = min(int(last), size)
        return range(size - length, size) if length else None
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return whole
    return range(start, stop) if start < size else None


class _Uploads:
    """What is coming in."""

    def __init__(self, storage: LocalStorage, pace: Pace, most: int) -> None:
        self.storage, self._pace, self._most = storage, pace, most
        self._coming = 0

    async def take(self, key: str, query: dict[str, str], headers: dict[bytes, bytes], receive: Receive) -> None:
        """Hold the body to the signed kind and size, and keep it. TooSlow or NotAsAnnounced leave nothing behind."""
        size = int(query["size"])
        if headers.get(b"content-type", b"").decode("latin-1") != query["type"]:
            raise NotAsAnnounced("The file is of another kind than announced. Choose it again.")
        if headers.get(b"content-length", str(size).encode()) != str(size).encode():
            raise NotAsAnnounced(OTHER_SIZE)
        if self._coming >= self._most:
            raise TooManyUploads
        self._coming += 1
        try:
            await self.storage.write(key, self._pieces(receive, size), query["type"])
        finally:
            self._coming -= 1

    async def _pieces(self, receive: Receive, size: int) -> AsyncIterator[bytes]:
        """The body as it comes, all of it or NotAsAnnounced; TooSlow where the next piece is waited for too long."""
        pace, loop = self._pace, asyncio.get_running_loop()
        began, taken, more = loop.time(), 0, True
        while more:
            due = min(loop.time() + pace.silence, began + pace.grace + taken / pace.least)
            try:
                async with asyncio.timeout_at(due):
                    message = await receive()
            except TimeoutError as error:
                raise TooSlow("The file comes too slowly. Send it again, over a better connection.") from error
            if message["type"] != "http.request":
                raise Left
            piece, more = message.get("body", b""), message.get("more_body", False)
            taken += len(piece)
            if taken > size or (not more and taken < size):
                raise NotAsAnnounced(OTHER_SIZE)
            yield piece


def _media_type(first: bytes) -> str:
    return next(
        (kind for place, magic, kind in MAGIC if first[place : place + len(magic)] == magic), "application/octet-stream"
    )


async def _tell(send: Send, error: AppError) -> None:
    """A refusal as a problem document. What is left of a body is not waited for."""
    full = isinstance(error, StorageUnavailable) and "full" in error.message
    status = 507 if full else error.status
    headers = [(b"content-type", PROBLEM.encode()), (b"connection", b"close")]
    if error.retry_after is not None:
        headers.append((b"retry-after", str(int(error.retry_after) or 1).encode()))
    if isinstance(error, NoSuchPart):
        headers.append((b"content-range", b"bytes */%d" % error.size))
    if isinstance(error, WrongMethod):
        headers.append((b"allow", b"GET, HEAD, PUT"))
    await _say(send, status, json.dumps(problem(status, error.code, error.message)).encode(), headers)


async def _say(send: Send, status: int, body: bytes, more: Sequence[tuple[bytes, bytes]]) -> None:
    headers = [*more, (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
