"""A way to the bucket that can be spoiled: every request to it comes by here."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from yarl import URL

from harness.service import listener

REFUSED = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
FULL = "<Error><Code>QuotaExceeded</Code><Message>The bucket takes no more.</Message></Error>"
# What is given with an answer by the connection, and not by who answers.
OF_CONNECTIONS = {"connection", "transfer-encoding", "keep-alive"}


class Way:
    """``spoiled``: None, or how: refusing, full, slow, hanging."""

    SLOW = 6.0
    """Seconds that every answer takes longer where it is slow."""

    def __init__(self, endpoint):
        self._endpoint = endpoint
        self.spoiled = None
        self._mended = asyncio.Event()

    def spoil(self, how):
        self.spoiled = how
        self._mended.clear()

    def mend(self):
        """Who hangs is let go, without an answer."""
        self.spoiled = None
        self._mended.set()

    async def pass_on(self, request):
        body = await request.read()
        if self.spoiled == "hanging":
            await self._mended.wait()
            # Who has given up meanwhile has none any more.
            if request.transport:
                request.transport.abort()
            raise web.HTTPServiceUnavailable
        if self.spoiled == "refusing":
            return web.Response(status=403, text=REFUSED, content_type="application/xml")
        if self.spoiled == "full" and request.method in {"PUT", "POST"}:
            return web.Response(status=507, text=FULL, content_type="application/xml")
        if self.spoiled == "slow":
            await asyncio.sleep(self.SLOW)
        address = URL(f"{self._endpoint}{request.raw_path}", encoded=True)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in OF_CONNECTIONS}
        # What is signed has the name that we are asked by.
        async with self.to_bucket.request(request.method, address, headers=headers, data=body) as answer:
            data = await answer.read()
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in OF_CONNECTIONS}
            if request.method != "HEAD":
                kept.pop("Content-Length", None)
            return web.Response(status=answer.status, headers=kept, body=data)


@asynccontextmanager
async def way_to(endpoint):
    """The way, and its address."""
    way = Way(endpoint)
    app = web.Application(client_max_size=100_000_000)
    app.router.add_route("*", "/{path:.*}", way.pass_on)
    runner = web.AppRunner(app, access_log=None)
    listening, address = listener()
    async with aiohttp.ClientSession(auto_decompress=False) as way.to_bucket:
        await runner.setup()
        await web.SockSite(runner, listening).start()
        try:
            yield way, address
        finally:
            way.mend()
            await runner.cleanup()
