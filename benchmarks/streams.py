"""What an idle browser costs: memory of the API process per open event stream, and connections to Valkey for all of them."""

from __future__ import annotations

import asyncio
import resource
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from redis.asyncio import Redis

from benchmarks.figures import Figure
from benchmarks.processes import process, ready, resident, settings
from harness.service import AUDIENCE
from realstaging.domains.billing.plans import QUOTAS
from realstaging.runtime.quotas import Resource
from realstaging.sandbox import oidc
from realstaging.settings import Settings

CLIENTS = (1000, 5000)
AT_ONCE = 100

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def measure() -> list[Figure]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    async with settings() as (chosen, key_file):
        with process("api", chosen) as api:
            await ready(chosen)
            # The first few pay for what the process loads once.
            streams = await opened(chosen, key_file, AT_ONCE)
            figures, before, counted = [], resident(api.pid), len(streams)
            connections = await valkey_connections(chosen)
            for clients in CLIENTS:
                streams += await opened(chosen, key_file, clients - len(streams), len(streams))
                await asyncio.sleep(2)
                each = (resident(api.pid) - before) * 1024 / (clients - counted)
                figures.append(Figure(f"API memory per idle event stream, {clients:,} open", each, "KB", 20))
            more = await valkey_connections(chosen) - connections
            figures.append(Figure(f"more Valkey connections for {CLIENTS[-1]:,} streams", more, "", 0))
            for _, writer in streams:
                writer.close()
            return figures


async def opened(chosen: Settings, key_file: Path, count: int, before: int = 0) -> list[Stream]:
    """So many streams more than the ``before`` that are open."""
    streams: list[Stream] = []
    # A person may have so many pages open; a thousand streams are many people.
    each = QUOTAS["free"][Resource.TOKEN_STREAMS]

    @cache
    def token(watcher: int) -> str:
        person = replace(oidc.PEOPLE[0], subject=f"sandbox|watcher-{watcher}")
        return oidc.mint_token(key_file, issuer=chosen.oidc_issuer, audience=AUDIENCE, person=person)

    while len(streams) < count:
        together = min(AT_ONCE, count - len(streams))
        numbers = range(before + len(streams), before + len(streams) + together)
        streams += await asyncio.gather(*(_open(chosen, token(number // each)) for number in numbers))
    return streams


async def _open(chosen: Settings, token: str) -> Stream:
    address = urlsplit(chosen.public_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=4096)
    head = f"GET /api/v1/events HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    await reader.readuntil(b"event: snapshot")
    return reader, writer


async def valkey_connections(chosen: Settings) -> int:
    async with Redis.from_url(chosen.redis_url) as redis:
        return int((await redis.info("clients"))["connected_clients"])
