"""The HTTP side of local storage: what its signed links lead to. Plain ASGI, nothing is held but the piece on its way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from realstaging.kit.clock import Clock, utc_now
from realstaging.storage.contract import IMMUTABLE, NoSuchFile, StorageUnavailable, attachment
from realstaging.storage.local import LocalStorage

Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

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


class Refused(Exception):
    """Answered with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def files_app(storage: LocalStorage, *, clock: Clock = utc_now) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """An ASGI application, mounted at ``/files``, that serves and takes what links of ``storage`` allow."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await _answer(storage, clock(), scope, receive, send)
        except Refused as refused:
            await _say(send, refused.status, refused.sentence)
        except NoSuchFile as error:
            await _say(send, 404, error.message)
        except StorageUnavailable as error:
            await _say(send, 507 if "full" in error.message else 503, error.message)

    return app


async def _answer(storage: LocalStorage, now: datetime, scope: Scope, receive: Receive, send: Send) -> None:
    method = scope["method"]
    key = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/files").strip("/")
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    if method not in {"GET", "HEAD", "PUT"}:
        raise Refused(405, "Only GET, HEAD and PUT are answered here.")
    if not storage.allows("PUT" if method == "PUT" else "GET", key, query, now):
        raise Refused(403, "This link is not valid or has run out. Load the page again.")
    if method == "PUT":
        await _take(storage, key, query, scope, receive)
        await _say(send, 200, "Kept.")
    else:
        await _serve(storage, key, query, scope, send)


async def _serve(storage: LocalStorage, key: str, query: dict[str, str], scope: Scope, send: Send) -> None:
    stored = await storage.head(key)
    if stored is None:
        raise NoSuchFile
    # Keys are made of content, so the key itself tells one content from another.
    tag = f'"{key}"'.encode()
    given = dict(scope["headers"])
    headers = [(b"etag", tag), (b"cache-control", IMMUTABLE.encode()), (b"x-content-type-options", b"nosniff")]
    if given.get(b"if-none-match") == tag:
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    kind = await asyncio.to_thread(_media_type, storage.path(key))
    headers += [(b"content-type", kind.encode()), (b"accept-ranges", b"bytes")]
    if "download" in query:
        headers.append((b"content-disposition", attachment(query["download"]).encode()))
    whole = range(stored.size)
    part = asked_range(given, tag, stored.size)
    if part is None:
        await _say(send, 416, "The file has no such part.", [(b"content-range", b"bytes */%d" % stored.size)])
        return
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


async def _take(storage: LocalStorage, key: str, query: dict[str, str], scope: Scope, receive: Receive) -> None:
    """Write the body aside, hold it to the signed kind and size, then keep it."""
    headers = dict(scope["headers"])
    size = int(query["size"])
    if headers.get(b"content-type", b"").decode("latin-1") != query["type"]:
        raise Refused(403, "The file is of another kind than announced.")
    if headers.get(b"content-length", str(size).encode()) != str(size).encode():
        raise Refused(403, "The file is of another size than announced.")
    pieces: asyncio.Queue[bytes | None] = asyncio.Queue(8)
    loop = asyncio.get_running_loop()

    def write(aside: Path) -> None:
        with aside.open("wb") as file:
            while piece := asyncio.run_coroutine_threadsafe(pieces.get(), loop).result():
                file.write(piece)
        if aside.stat().st_size != size:
            raise Refused(403, "The file is of another size than announced.")

    keeping = asyncio.create_task(asyncio.to_thread(storage.keep, key, write))
    feeding = asyncio.create_task(_feed(receive, size, pieces))
    done, _ = await asyncio.wait({keeping, feeding}, return_when=asyncio.FIRST_COMPLETED)
    if keeping in done:
        feeding.cancel()
    await keeping


async def _feed(receive: Receive, size: int, pieces: asyncio.Queue[bytes | None]) -> None:
    """Hand the body on piece by piece, then None; a sender that leaves or overruns ends it early."""
    taken, more = 0, True
    try:
        while more and taken <= size:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            taken += len(message.get("body", b""))
            more = message.get("more_body", False)
            if message.get("body"):
                await pieces.put(message["body"])
    finally:
        await pieces.put(None)


def _media_type(path: Path) -> str:
    with path.open("rb") as file:
        first = file.read(16)
    return next(
        (kind for place, magic, kind in MAGIC if first[place : place + len(magic)] == magic), "application/octet-stream"
    )


async def _say(send: Send, status: int, sentence: str, more: Sequence[tuple[bytes, bytes]] = ()) -> None:
    body = sentence.encode()
    headers = [
        *more,
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
