"""The service's processes, started as in production, and what they take of memory."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Final, Literal

from benchmarks.stack import servers
from harness import program
from harness.service import AUDIENCE, issuer
from realstaging.dev.ports import free_port
from realstaging.settings import Settings

STARTING: Final = 90.0
"""Seconds that a process may take to start, or to end, on a machine that others use as well."""


@asynccontextmanager
async def settings() -> AsyncIterator[tuple[Settings, Path]]:
    """Settings of a service on servers of its own, with a sandbox issuer, and that issuer's key file."""
    async with servers() as (database_url, redis_url, folder):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        async with issuer(folder, url) as issuer_url:
            yield (
                Settings(
                    database_url=database_url,
                    redis_url=redis_url,
                    storage_url=(folder / "files").as_uri(),
                    public_url=url,
                    oidc_issuer=issuer_url,
                    oidc_audience=AUDIENCE,
                    port=port,
                    log_level="warning",
                    # Thousands of browsers come from one address and one person here.
                    rate_limit_read="1000000/minute, 1000000/minute, 1000000/minute",
                ),
                folder / "key.pem",
            )


@contextmanager
def process(kind: Literal["api", "worker"], chosen: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The ``api`` or the ``worker`` process with these settings, without what the command line adds."""
    started = subprocess.Popen(program.command(kind), env={**os.environ, **program.environment(chosen)})
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(STARTING)


async def ready(chosen: Settings) -> None:
    """Wait until the API answers that every part of it is ready."""
    await _answers(chosen, "ready")


async def lives(chosen: Settings) -> None:
    """Wait until the API answers at all."""
    await _answers(chosen, "live")


async def _answers(chosen: Settings, check: str) -> None:
    def asked() -> bool:
        try:
            with urllib.request.urlopen(f"{chosen.public_url}/health/{check}", timeout=1) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False

    async with asyncio.timeout(STARTING):
        while not await asyncio.to_thread(asked):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.1)


def resident(pid: int) -> float:
    """Resident memory in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
