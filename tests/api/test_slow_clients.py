"""Clients that drag things out, on real sockets: they hold nobody up, and each of their requests comes to an end."""

import asyncio
import contextlib
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiohttp
import pytest

from realstaging.api.intake import Patience
from tests.service import service as run_service

HASTE = Patience(head=0.5, body=0.5, rest=0.5, read=0.5)


@pytest.fixture
async def hasty(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, patience=HASTE) as running:
        yield running


async def sent(service, data):
    address = urlsplit(service.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(data)
    await writer.drain()
    return reader, writer


def head(service, line, *headers):
    host = urlsplit(service.url).netloc
    return "\r\n".join([f"{line} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode()


async def test_fifty_of_each_kind_stall_and_the_service_is_ready(tmp_path, service):
    token = f"Authorization: Bearer {service.token()}"
    storage = service.platform.storage
    json = head(service, "POST /api/v1/projects", token, "Content-Type: application/json", "Content-Length: 100")
    stalled = [await sent(service, b"GET /api/v1/me HTTP/1.1\r\nHo") for _ in range(50)]
    stalled += [await sent(service, json + b'{"name"') for _ in range(50)]
    for number in range(50):
        link = urlsplit(storage.sign_put(f"u/{number}", content_type="image/jpeg", size=99, now=datetime.now(UTC)).url)
        put = head(service, f"PUT {link.path}?{link.query}", "Content-Type: image/jpeg", "Content-Length: 99")
        stalled.append(await sent(service, put + b"\xff\xd8"))
    async with asyncio.timeout(20):
        while len(list((storage.folder / ".incoming").glob("*"))) < 50:
            await asyncio.sleep(0.01)
    async with aiohttp.ClientSession() as http, asyncio.timeout(20):
        for _ in range(3):
            async with http.get(f"{service.url}/health/ready") as answer:
                assert answer.status == 200, await answer.text()
    for _, writer in stalled:
        writer.close()
    async with asyncio.timeout(20):
        while list((storage.folder / ".incoming").glob("*")):
            await asyncio.sleep(0.01)


async def test_a_head_or_a_body_that_does_not_come_is_told_so_and_closed(hasty):
    token = f"Authorization: Bearer {hasty.token()}"
    body = head(hasty, "POST /api/v1/projects", token, "Content-Type: application/json", "Content-Length: 100")
    for data in (b"", b"GET /api/v1/me HTTP/1.1\r\nHo", body + b'{"na'):
        reader, writer = await sent(hasty, data)
        async with asyncio.timeout(20):
            told = await reader.read()
        assert told.startswith(b"HTTP/1.1 408 "), data
        assert b"too_slow" in told
        assert b"nosniff" in told
        writer.close()


async def test_what_is_left_of_a_body_that_was_answered_is_not_waited_for_long(hasty):
    storage = hasty.platform.storage
    await storage.put("a/b.jpg", b"\xff\xd8\xff", "image/jpeg")
    link = urlsplit(storage.sign_get("a/b.jpg", now=datetime.now(UTC)))
    request = head(hasty, f"GET {link.path}?{link.query}", "Content-Length: 1000000")
    reader, writer = await sent(hasty, request + b"x")
    async with asyncio.timeout(20):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        ended = asyncio.create_task(reader.read())
        # The rest goes on dripping: only an end of the whole puts an end to it.
        while not ended.done():
            writer.write(b"x")
            await asyncio.sleep(0.05)
        with contextlib.suppress(ConnectionResetError):
            await ended
    writer.close()


async def test_a_reader_that_stops_reading_is_let_go(hasty):
    """A stalled download keeps a file open and its buffers full: after a while it is cut."""
    storage = hasty.platform.storage
    await storage.put("a/large.jpg", b"\xff\xd8\xff" + bytes(30_000_000), "image/jpeg")
    link = urlsplit(storage.sign_get("a/large.jpg", now=datetime.now(UTC)))
    reader, writer = await sent(hasty, head(hasty, f"GET {link.path}?{link.query}"))
    async with asyncio.timeout(20):
        await reader.readexactly(1000)
        writer.transport.pause_reading()
        # Longer than the service waits: nothing else tells that it has.
        await asyncio.sleep(1.5)
        writer.transport.resume_reading()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await reader.readexactly(29_000_000)
    writer.close()


async def test_a_quick_client_is_not_hurried(hasty):
    """The time for a head begins anew with each request of a connection, and an idle connection is no late one."""
    request = head(hasty, "GET /api/v1/version")
    reader, writer = await sent(hasty, request)
    for _ in range(3):
        async with asyncio.timeout(20):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            await reader.readuntil(b"}")
        await asyncio.sleep(0.7)
        writer.write(request)
    writer.close()
