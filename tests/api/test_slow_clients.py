"""Clients that drag things out, on real sockets: they hold nobody up, and each of their requests comes to an end."""

import asyncio
import contextlib
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.api import build, configuration
from realstaging.api.intake import BY_DEFAULT, Patience
from realstaging.api.protocol import MOST_PIPELINED
from realstaging.settings import Settings

HASTE = Patience(head=0.5, body=0.5, rest=0.5, read=0.5, idle=2)
LONGEST_OF_PROXIES = 120
"""Seconds: Caddy's and Azure's; nginx and AWS close after 60."""


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


@pytest.fixture
async def patient(tmp_path, database_url, redis_url):
    """A service that would wait for a day: whatever ends here ends by its size."""
    day = Patience(*[86_400.0] * 4, idle=86_400)
    async with run_service(tmp_path, database_url, redis_url, patience=day) as running:
        yield running


CHUNKED = (
    b"POST /api/v1/projects HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
ENDLESS = {
    "address": (b"GET /", b"a", 414),
    "query": (b"GET /api/v1/me?x=", b"a", 414),
    "space before the address": (b"GET ", b" ", 431),
    "name": (b"GET / HTTP/1.1\r\n", b"a", 431),
    "value": (b"GET / HTTP/1.1\r\nX: ", b"a", 431),
    "space in a value": (b"GET / HTTP/1.1\r\nX: ", b" ", 431),
    "headers": (b"GET / HTTP/1.1\r\n", b"X: a\r\n", 431),
    "large headers": (b"GET / HTTP/1.1\r\n", b"X: " + b"a" * 5000 + b"\r\n", 431),
    "empty lines": (b"\r\n", b"\r\n", 431),
    "length of a piece": (CHUNKED, b"0", 431),
    "extension of a piece": (CHUNKED + b"1;", b"a", 431),
    "trailer": (CHUNKED + b"2\r\n{}\r\n0\r\nX: ", b"a", 431),
    "trailers": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: a\r\n", 431),
}


async def test_what_has_no_end_is_refused_by_its_size(patient):
    for name, (begin, more, expected) in ENDLESS.items():
        for piece in (500, 65_536):
            told, taken = await poured(patient, begin, more * (piece // len(more) + 1))
            assert told.startswith(b"HTTP/1.1 %d " % expected), f"{name}: {told[:300]!r}"
            assert b"problem+json" in told, name
            assert b"nosniff" in told, name
            assert told.endswith(b"}"), name
            assert taken < 12_000_000, f"{name}: {taken} bytes were taken"


async def test_nothing_is_carried_out_after_what_was_refused_by_its_size(patient):
    token = f"Authorization: Bearer {patient.token()}"
    request = head(patient, "POST /api/v1/projects", token, "Content-Type: application/json", "Content-Length: 12")
    reader, writer = await sent(patient, b"\r\n" * 30_000)
    async with asyncio.timeout(60):
        assert (await reader.read()).startswith(b"HTTP/1.1 431 ")
        # More than is dropped in patience, so that the connection goes.
        with pytest.raises(ConnectionError):
            while True:
                writer.write((request + b'{"name":"a"}') * 100)
                await writer.drain()
                await asyncio.sleep(0)
    async with patient.signed_in() as caller:
        # What had begun before these is over when they are.
        for _ in range(10):
            await caller.project("b")
        assert {project["name"] for project in (await caller.ask("GET", "projects"))["items"]} == {"b"}


async def test_a_body_in_pieces_may_be_as_long_as_any(patient):
    token = f"Authorization: Bearer {patient.token()}"
    begin = head(
        patient, "POST /api/v1/projects", token, "Content-Type: application/json", "Transfer-Encoding: chunked"
    )
    pieces = [b'{"name":"a"', *([b" " * 100] * 2000), b"}", b""]
    reader, writer = await sent(patient, begin + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces))
    async with asyncio.timeout(60):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 201 ")
    writer.close()


async def poured(service, begin, more, most=50_000_000):
    """What is answered to something without an end, and how many bytes went before the connection did."""
    reader, writer = await sent(service, begin)
    answered = asyncio.create_task(reader.read())
    taken = 0
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(60):
            while taken < most and not answered.done():
                writer.write(more)
                await writer.drain()
                taken += len(more)
                # Else nothing but this loop would run while the socket takes everything.
                await asyncio.sleep(0)
            await answered
    writer.transport.abort()
    with contextlib.suppress(ConnectionError):
        return await answered, taken
    return b"", taken


async def test_an_answer_under_way_is_whole_whatever_comes_after_its_request(patient):
    """What is said to the second request must not stand in the answer to the first."""
    storage = patient.platform.storage
    file = b"\xff\xd8\xff" + bytes(3_000_000)
    await storage.put("a/large.jpg", file, "image/jpeg")
    link = urlsplit(storage.sign_get("a/large.jpg", now=datetime.now(UTC)))
    request = head(patient, f"GET {link.path}?{link.query}")
    for more in (b"\xff\xff\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 80_000, request * 100):
        reader, writer = await sent(patient, request + more)
        async with asyncio.timeout(60):
            told = await reader.readuntil(b"\r\n\r\n")
            assert told.startswith(b"HTTP/1.1 200 "), more[:80]
            assert await reader.readexactly(len(file)) == file, more[:80]
            rest = await reader.read()
        answers = rest.count(b"HTTP/1.1 ")
        assert answers == rest.count(b"HTTP/1.1 200 ")
        # Of a hundred that wait, some are answered; the others are sent again on another connection.
        assert answers <= MOST_PIPELINED
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


async def test_a_connection_without_requests_is_closed_later_than_proxies_close_theirs(hasty):
    """Or a proxy's next request meets a connection that is just being closed, and is lost."""
    reader, writer = await sent(hasty, head(hasty, "GET /api/v1/version"))
    async with asyncio.timeout(20):
        assert (await reader.read()).startswith(b"HTTP/1.1 200")
    writer.close()
    settings = Settings()
    assert configuration(build(settings), settings).timeout_keep_alive == BY_DEFAULT.idle > LONGEST_OF_PROXIES


async def test_an_empty_line_after_an_answer_keeps_no_connection_open(hasty):
    """The parser skips it, and uvicorn takes it for the next request's begin: neither waits for an end."""
    request = head(hasty, "GET /api/v1/version")
    reader, writer = await sent(hasty, request)
    async with asyncio.timeout(20):
        for _ in range(2):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            await reader.readuntil(b"}")
            # A whole request after it is served as always.
            writer.write(b"\r\n" + request)
        await reader.readuntil(b"}")
        writer.write(b"\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
    writer.close()


async def test_a_head_that_was_late_during_an_answer_still_has_to_come(hasty):
    """Its time ran out while nothing could be said of it, and begins anew."""
    async with hasty.signed_in() as ada:
        account_id = (await ada.ask("GET", "me"))["account"]["id"]
    body = b'{"name": "Elm"}'
    headers = (f"Authorization: Bearer {hasty.token()}", "Content-Type: application/json", "Idempotency-Key: held")
    request = head(hasty, "POST /api/v1/projects", *headers, f"Content-Length: {len(body)}") + body
    async with hasty.platform.database.acquire() as connection:
        holding = connection.transaction()
        await holding.start()
        await connection.execute(
            "insert into idempotency_keys (account_id, key, fingerprint) values ($1, 'held', 'x')", UUID(account_id)
        )
        reader, writer = await sent(hasty, request + b"GET /api/v1/version HT")
        # Longer than a head may take.
        await asyncio.sleep(1)
        await holding.rollback()
    async with asyncio.timeout(20):
        assert (await reader.readuntil(b'"archived":false}')).startswith(b"HTTP/1.1 201 ")
        writer.write(b"TP/1.1")
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
    writer.close()
