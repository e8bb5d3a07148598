"""Uploads that stall, drip or leave, on real sockets: they hold no thread, end by themselves and leave nothing."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp
import pytest
import uvicorn

from realstaging.dev.ports import free_port
from realstaging.kit.keyring import KeyRing
from realstaging.storage import open_storage
from realstaging.storage.local_http import Pace, files_app

JPEG = b"\xff\xd8\xff" + b"j" * 500_000


@asynccontextmanager
async def served(folder, **limits):
    port = free_port()
    storage = open_storage(
        folder.as_uri(), public_url=f"http://127.0.0.1:{port}", keys=KeyRing("a secret of the tests")
    )
    server = uvicorn.Server(uvicorn.Config(files_app(storage, **limits), port=port, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield storage
    finally:
        server.should_exit = True
        await serving


async def begun(storage, key):
    """A connection on which an upload has begun and goes no further."""
    signed = storage.sign_put(key, content_type="image/jpeg", size=len(JPEG), now=datetime.now(UTC))
    address = urlsplit(signed.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head = f"PUT {address.path}?{address.query} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: image/jpeg\r\n"
    writer.write(f"{head}Content-Length: {len(JPEG)}\r\n\r\n".encode() + JPEG[:1000])
    await writer.drain()
    return reader, writer


def incoming(folder):
    return list((folder / ".incoming").glob("*"))


async def until(true):
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


async def test_fifty_stalled_uploads_hold_nobody_up(tmp_path):
    async with served(tmp_path) as storage, aiohttp.ClientSession() as http:
        await storage.put("a/b.jpg", JPEG, "image/jpeg")
        stalled = [await begun(storage, f"u/{number}") for number in range(50)]
        await until(lambda: len(incoming(tmp_path)) == 50)
        async with asyncio.timeout(20):
            assert await storage.head("a/b.jpg")
            async with http.get(storage.sign_get("a/b.jpg", now=datetime.now(UTC))) as answer:
                assert await answer.read() == JPEG
            signed = storage.sign_put("u/fast", content_type="image/jpeg", size=len(JPEG), now=datetime.now(UTC))
            async with http.put(signed.url, data=JPEG, headers=signed.headers) as answer:
                assert answer.status == 200
        for _, writer in stalled:
            writer.close()
        await until(lambda: not incoming(tmp_path))
        assert await storage.list("u") == ["u/fast"]


async def test_looking_waits_behind_no_file(tmp_path):
    """The health check looks for a file: it has threads of its own."""
    storage = open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing("a secret of the tests"))
    free = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def slow():
        await free.wait()
        yield JPEG

    def blocked(_aside):
        asyncio.run_coroutine_threadsafe(free.wait(), loop).result()

    busy = [asyncio.create_task(storage._on_disk(storage.keep, f"s/{number}", blocked)) for number in range(20)]
    waiting = [asyncio.create_task(storage.write(f"w/{number}", slow(), "image/jpeg")) for number in range(5)]
    async with asyncio.timeout(20):
        assert await storage.head("a/b.jpg") is None
    free.set()
    await asyncio.gather(*busy, *waiting, return_exceptions=True)


@pytest.mark.parametrize(
    "pace",
    [Pace(grace=60, least=1, silence=0.2), Pace(grace=0.2, least=1_000_000, silence=60)],
    ids=["silent", "dripping"],
)
async def test_what_comes_too_slowly_is_ended_and_leaves_nothing(tmp_path, pace):
    async with served(tmp_path, pace=pace) as storage:
        reader, writer = await begun(storage, "u/1")

        async def drip():
            while pace.silence > 1:
                writer.write(b"j")
                await asyncio.sleep(0.02)

        dripping = asyncio.create_task(drip())
        async with asyncio.timeout(20):
            head = await reader.readuntil(b"\r\n\r\n")
        dripping.cancel()
        assert b" 408 " in head
        assert b"application/problem+json" in head
        await until(lambda: not incoming(tmp_path))
        assert await storage.head("u/1") is None
        writer.close()


async def test_more_than_may_come_at_once_are_asked_to_come_again(tmp_path):
    async with served(tmp_path, most=3) as storage, aiohttp.ClientSession() as http:
        stalled = [await begun(storage, f"u/{number}") for number in range(3)]
        await until(lambda: len(incoming(tmp_path)) == 3)
        signed = storage.sign_put("u/late", content_type="image/jpeg", size=len(JPEG), now=datetime.now(UTC))
        async with http.put(signed.url, data=JPEG, headers=signed.headers) as answer:
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) >= 1
        for _, writer in stalled:
            writer.close()
        await until(lambda: not incoming(tmp_path))
        async with http.put(signed.url, data=JPEG, headers=signed.headers) as answer:
            assert answer.status == 200


async def test_pieces_given_up_leave_nothing(tmp_path):
    storage = open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing("a secret of the tests"))
    going = asyncio.Event()

    async def endless():
        while True:
            yield JPEG
            going.set()
            await asyncio.sleep(0)

    writing = asyncio.create_task(storage.write("u/1", endless(), "image/jpeg"))
    await going.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert incoming(tmp_path) == []
    assert await storage.head("u/1") is None
