"""The service's processes with their servers, as `make dev` wires them, and whoever is at the door."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
import msgspec
import psutil
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.processes import process, ready
from benchmarks.stack import servers
from harness.bucket import BUCKET, rclone
from harness.paid import drawn
from harness.service import AUDIENCE, issuer, room
from realstaging import wiring
from realstaging.dev.ports import free_port
from realstaging.runtime.platform import Platform
from realstaging.settings import Settings

WIDTH, HEIGHT = 2048, 1365
"""Of every photo: what listing services take."""
TOKEN: Final = "simulation"
KEYS: Final = "load,secret"
WORKER_NICE: Final = 10
"""The worker has what the others leave, as if on a machine of its own: what it is slow at here keeps nobody waiting."""


class Site:
    """What is running. ``kinds``: the first process of each kind; ``us``: what loads it."""

    def __init__(
        self, settings: Settings, key_file: Path, platform: Platform, kinds: dict[str, psutil.Process]
    ) -> None:
        self.settings = settings
        self.key_file = key_file
        self.platform = platform
        self.kinds = kinds
        self.photo = room(WIDTH, HEIGHT)

    async def counted(self, metric: str) -> float:
        """What the API has counted, over all labels."""
        address = f"http://127.0.0.1:{self.settings.metrics_port}/metrics"
        async with aiohttp.ClientSession(raise_for_status=True) as http, http.get(address) as answer:
            families = text_string_to_metric_families(await answer.text())
            return sum(sample.value for family in families for sample in family.samples if sample.name == metric)


@asynccontextmanager
async def running() -> AsyncIterator[Site]:
    """API, worker, PostgreSQL, Valkey, bucket, Replicate's stand-in; the issuer is in this process."""
    async with AsyncExitStack() as stack:
        database_url, redis_url, folder = await stack.enter_async_context(servers())
        (folder / "s3").mkdir()
        endpoint = stack.enter_context(rclone(folder / "s3", KEYS))
        port, models = free_port(), free_port()
        issuer_url = await stack.enter_async_context(issuer(folder, f"http://127.0.0.1:{port}"))
        settings = _settings(port, models, f"{BUCKET}?endpoint={endpoint}", issuer_url, (database_url, redis_url))
        stand_in = await _stand_in(stack, models)
        api = stack.enter_context(process("api", settings))
        worker = stack.enter_context(process("worker", _of_worker(settings)))
        psutil.Process(worker.pid).nice(min(psutil.Process().nice() + WORKER_NICE, 19))
        platform = await stack.enter_async_context(wiring.platform(settings, engines={}))
        await ready(settings)
        kinds = {
            "API": psutil.Process(api.pid),
            "worker": psutil.Process(worker.pid),
            "PostgreSQL": _child("postgres"),
            "Valkey": _child("valkey-server"),
            "bucket": _child("rclone"),
            "models' stand-in": psutil.Process(stand_in.pid),
        }
        yield Site(settings, folder / "key.pem", platform, kinds)


def _settings(port: int, models: int, bucket: str, issuer_url: str, urls: tuple[str, str]) -> Settings:
    database_url, redis_url = urls
    access, _, secret = KEYS.partition(",")
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        storage_url=f"s3://{bucket}&access_key={access}&secret_key={secret}",
        public_url=f"http://127.0.0.1:{port}",
        port=port,
        oidc_issuer=issuer_url,
        oidc_audience=AUDIENCE,
        replicate_api_token=TOKEN,
        replicate_api_url=f"http://127.0.0.1:{models}/v1",
        replicate_output_hosts=f"http://127.0.0.1:{models}",
        metrics_port=free_port(),
        log_level="error",
        # Everybody has an address of their own, as behind a proxy: every limit is as it is by default.
        trusted_proxies="127.0.0.0/8",
    )


def _of_worker(settings: Settings) -> Settings:
    return msgspec.structs.replace(settings, metrics_port=free_port())


async def _stand_in(stack: AsyncExitStack, port: int) -> asyncio.subprocess.Process:
    """Replicate's, whose pictures are drawn beforehand: a provider far away draws on processors of its own."""
    command = [sys.executable, "-m", "realstaging.sandbox", "replicate", "--port", str(port), "--token", TOKEN]
    started = await asyncio.create_subprocess_exec(*command)
    stack.push_async_callback(started.wait)
    stack.callback(started.kill)
    picture = await asyncio.to_thread(drawn, room(WIDTH, HEIGHT))
    conduct = {"run_median": 6.0, "picture": base64.b64encode(picture).decode()}
    async with asyncio.timeout(120), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.put(f"http://127.0.0.1:{port}/control/conduct", json=conduct) as answer:
                    answer.raise_for_status()
                    return started
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


def _child(program: str) -> psutil.Process:
    return next(one for one in psutil.Process().children() if one.name() == program)
