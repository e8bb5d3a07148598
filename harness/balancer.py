"""A balancer of TCP connections in front of several servers, as simple as they come."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

CONNECTING = 1.0
"""Seconds that a server has to take a connection. One that is cut off refuses nothing: it says nothing."""
PIECE = 64 * 1024

Place = tuple[str, int]
Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Balancer:
    """Gives each connection to the next server in turn that takes it. One that was given stays where it is, whatever becomes of the server:
    whoever waits at its other end has to find out.
    """

    def __init__(self, servers: Sequence[Place]) -> None:
        self._servers = list(servers)
        self._turn = 0
        self.given: dict[int, Place] = {}
        """Which server has the connection that came from a port of the client's."""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end."""
        client_port = int(writer.get_extra_info("peername")[1])
        taken = await self._taken()
        if taken is None:
            writer.close()
            return
        self.given[client_port], (back, onward) = taken
        try:
            await asyncio.gather(_carry(reader, onward), _carry(back, writer))
        finally:
            onward.close()
            writer.close()

    async def _taken(self) -> tuple[Place, Pipe] | None:
        self._turn += 1
        for number in range(len(self._servers)):
            place = self._servers[(self._turn + number) % len(self._servers)]
            with contextlib.suppress(OSError, TimeoutError):
                return place, await asyncio.wait_for(asyncio.open_connection(*place), CONNECTING)
        return None


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction of a connection. Its end, or its breaking, ends the other's as well."""
    with contextlib.suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def balanced(host: str, port: int, servers: Sequence[Place]) -> AsyncIterator[Balancer]:
    """A balancer that listens there, for as long as the block lasts."""
    balancer = Balancer(servers)
    listening = await asyncio.start_server(balancer, host, port)
    try:
        yield balancer
    finally:
        listening.close()
