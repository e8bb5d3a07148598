"""A network between a client and the service that loses, delays and refuses as it is told, and remembers what went by."""

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from harness.service import listener

HOP = {"host", "content-length", "transfer-encoding", "connection"}

PIECE = 64 * 1024
SHARE = 0.05
"""Seconds that a piece takes on a slow line: 1.3 MB in a second."""


class Network:
    """``troubles`` are taken in turn by requests that ``meets`` says so of: "unreached" (not done, and the connection broken), "lost"
    (done, and the answer lost), "half" (done, and half of the answer lost), an event (half of the answer comes after it), or an
    answer's status and headers.
    """

    def __init__(self, url):
        self.target = url
        self.troubles = []
        self.meets = lambda request: True
        self.closed = set()
        self.seen = []
        self.addresses = []

    async def pass_on(self, request):
        self.seen.append((request.method, request.path, dict(request.headers)))
        self.addresses.append(request.raw_path)
        if request.path in self.closed:
            return web.Response(status=404)
        trouble = self.troubles.pop(0) if self.troubles and self.meets(request) else None
        if isinstance(trouble, tuple):
            return web.Response(status=trouble[0], headers=trouble[1])
        if trouble == "unreached":
            request.transport.abort()
            return web.Response()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        body = await request.read()
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(
                request.method, self.target + request.raw_path, data=body, headers=headers, allow_redirects=False
            ) as answer,
        ):
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP}
            if trouble == "lost":
                await answer.read()
                request.transport.abort()
                return web.Response()
            if answer.content_type == "application/json":
                # Files are sent and fetched by way of here as well.
                told = (await answer.read()).replace(self.target.encode(), self.url.encode())
                return web.Response(status=answer.status, headers=kept, body=told)
            back = web.StreamResponse(status=answer.status, headers=kept)
            if trouble:
                return await self.halved(request, back, await answer.read(), trouble)
            await back.prepare(request)
            async for piece in answer.content.iter_any():
                await back.write(piece)
            return back

    async def halved(self, request, back, body, trouble):
        """An answer in two halves, of which the second comes late or never."""
        back.content_length = len(body)
        await back.prepare(request)
        await back.write(body[: len(body) // 2])
        if trouble == "half":
            request.transport.abort()
            return back
        await trouble.wait()
        await back.write(body[len(body) // 2 :])
        return back

    def keys(self, path):
        """The Idempotency-Keys of requests for a path."""
        return [headers.get("Idempotency-Key") for _, asked, headers in self.seen if asked == path]


@asynccontextmanager
async def network(url):
    """A network to the service at ``url``, and its own address."""
    through, app = Network(url), web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", through.pass_on)
    listening, through.url = listener()
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield through
    finally:
        await runner.cleanup()


@asynccontextmanager
async def slow_line(through):
    """On the way to a network: what is sent goes by slowly, never silent for long; what is answered at once."""
    target, (listening, url) = urlsplit(through.url), listener()
    # Else the machine takes a large part of a file at once, and the line looks fast.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)

    async def carry(sender, receiver, pause):
        with suppress(ConnectionError):
            while piece := await sender.read(PIECE):
                receiver.write(piece)
                await receiver.drain()
                await asyncio.sleep(pause)
        receiver.close()

    async def connect(here_in, here_out):
        there_in, there_out = await asyncio.open_connection(target.hostname, target.port)
        await asyncio.gather(carry(here_in, there_out, SHARE), carry(there_in, here_out, 0))

    server, through.url = await asyncio.start_server(connect, sock=listening, limit=PIECE), url
    async with server:
        yield url
