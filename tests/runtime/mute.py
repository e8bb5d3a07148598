"""A network between a client and Valkey that can go silent: nothing is forwarded any more, and nothing is closed."""

import asyncio
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit


class Network:
    """``silence()`` is for the connections of now; later ones work."""

    def __init__(self, host, port):
        self._server_address = (host, port)
        self._era = 0
        self._tasks = set()
        self._asked = b""

    def silence(self):
        self._era += 1
        self._asked = b""

    async def asked(self, command, times):
        """Wait until clients have sent the command so many times since the silence."""
        while self._asked.count(command) < times:
            await asyncio.sleep(0.01)

    async def connected(self, reader, writer):
        there, back = await asyncio.open_connection(*self._server_address)
        era = self._era
        for source, target, is_request in ((reader, back, True), (there, writer, False)):
            task = asyncio.create_task(self._forward(source, target, era, is_request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, source, target, era, is_request):
        try:
            while data := await source.read(65536):
                if era == self._era:
                    if is_request:
                        self._asked += data
                    target.write(data)
                    await target.drain()
        except OSError:
            pass
        # A silent network does not tell one end that the other has gone.
        if era == self._era:
            target.close()

    def close(self):
        for task in self._tasks:
            task.cancel()


@asynccontextmanager
async def network(url):
    """The network, and the address to use instead of ``url``."""
    parts = urlsplit(url)
    between = Network(parts.hostname, parts.port)
    server = await asyncio.start_server(between.connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    host = parts.netloc.rpartition(":")[0].rpartition("@")[0]
    try:
        yield between, urlunsplit(parts._replace(netloc=f"{host}@127.0.0.1:{port}" if host else f"127.0.0.1:{port}"))
    finally:
        between.close()
        server.close()
