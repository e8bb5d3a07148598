import asyncio
from urllib.parse import urlsplit

from realstaging.runtime.work import transaction
from tests.runtime.kinds import Count, Counted


async def first_block(service, last_event_id):
    """Status line and first block of the event stream, asked with these very bytes as Last-Event-ID."""
    at = urlsplit(service.url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(
        b"GET /api/v1/events HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer %s\r\nLast-Event-ID: %s\r\n\r\n"
        % (service.token().encode(), last_event_id)
    )
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readline()  # the chunk's length
        block = await reader.readuntil(b"\n\n")
    writer.close()
    return head.split(b"\r\n")[0], block


ODD = [b"\xb2", "²".encode(), "١".encode(), b"-1", b"1_0", b"9" * 19, b"9" * 400, b"1e3", b"\xff", b"0x1"]


async def test_what_is_no_event_id_of_ours_begins_with_a_snapshot(service, ada):
    await ada.project()
    for odd in ODD:
        status, block = await first_block(service, odd)
        assert status.startswith(b"HTTP/1.1 200"), odd
        assert b"event: snapshot" in block, odd


async def test_an_id_from_the_future_begins_with_a_snapshot_and_goes_on(service, ada):
    """A database that was put back to an earlier day gives smaller ids: with the old one nothing would ever be seen."""
    await ada.project()
    account = (await ada.ask("GET", "me"))["account"]["id"]
    newest = await service.platform.database.fetchval("select max(id) from events")
    async with ada.session.get("events", headers={"Last-Event-ID": str(newest + 1)}) as stream, asyncio.timeout(10):
        assert b"event: snapshot" in await stream.content.readuntil(b"\n\n")
        async with transaction(service.platform) as work:
            work.publish(account, Counted(Count(0)))
        assert b"event: counted" in await stream.content.readuntil(b"\n\n")


async def test_the_newest_id_begins_with_nothing_missed(service, ada):
    await ada.project()
    newest = await service.platform.database.fetchval("select max(id) from events")
    _, block = await first_block(service, b"%d" % newest)
    assert block == b"retry: 1000\n\n"
    _, block = await first_block(service, b"%d" % (newest - 1))
    assert block == b"retry: 1000\n\n"
