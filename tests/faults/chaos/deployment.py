"""The service as it runs: an API and a worker of `realstaging`, PostgreSQL, Valkey, a bucket or a folder, an issuer, and Replicate's stand-in."""

import asyncio
import os
import shutil
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import msgspec
import psutil

from harness.paid import Paid, stand_in
from harness.service import AUDIENCE, Service, issuer
from realstaging import wiring
from realstaging.dev.ports import free_port
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.processes import spawn
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.kit.clock import utc_now
from realstaging.runtime import last_done, migrations
from realstaging.runtime.last_done import Done
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.settings import Settings
from tests.faults.chaos.bucket import Way, way_to
from tests.storage.conftest import rclone

KINDS = ("api", "worker")
STARTING = 600.0
"""Seconds: a busy machine takes its time to load all of it."""
LIBRARY = Path(__file__).parents[3] / ".tools/libfaketime.so"


@dataclass
class Deployment:
    folder: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    way: Way | None
    settings: Settings
    key_file: Path
    paid: Paid = None
    processes: dict = field(default_factory=dict)
    ports: dict = field(default_factory=lambda: {kind: free_port() for kind in KINDS})

    @property
    def targets(self):
        return {kind: f"http://127.0.0.1:{port}/metrics" for kind, port in self.ports.items()}

    def start(self, kind):
        """A process of the service: api or worker. Called from the main thread, with whose end it ends."""
        settings = msgspec.structs.replace(self.settings, metrics_port=self.ports[kind])
        named = {name.upper(): getattr(settings, name) for name in settings.__struct_fields__}
        env = {name: str(value) for name, value in named.items() if value != ""} | self.clock_of(kind)
        command = [sys.executable, "-m", "realstaging", kind]
        self.processes[kind] = spawn(
            command, log=self.folder / f"{kind}.log", env=env | {"TMPDIR": str(self.temporary)}
        )

    @property
    def temporary(self):
        place = self.folder / "disk" / "temporary"
        place.mkdir(parents=True, exist_ok=True)
        return place

    def clock_of(self, kind):
        """What has a process see another time, said in a file of its own (docs of libfaketime: FAKETIME_TIMESTAMP_FILE)."""
        if not (library := faketime()):
            return {}
        self.turn_clock(kind, 0)
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock_file(kind)),
            # Only what people call time: what measures how long something takes stays as it is.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_CACHE_DURATION": "1",
        }

    def turn_clock(self, kind, seconds):
        file = self._clock_file(kind)
        part = file.with_suffix(".part")
        part.write_text(f"{seconds:+d}\n")
        part.replace(file)

    def _clock_file(self, kind):
        return self.folder / f"{kind}.clock"

    async def until_ready(self):
        async with asyncio.timeout(STARTING), aiohttp.ClientSession() as http:
            for address in (f"{self.settings.public_url}/health/ready", *self.targets.values()):
                while not await _well(http, address):
                    for kind, process in self.processes.items():
                        assert process.alive, f"{kind} ended: {(self.folder / f'{kind}.log').read_text()[-2000:]}"
                    await asyncio.sleep(0.2)
            # The API looks every 15 s who lives, which is minutes to the rules: until it has seen the worker they would say there is none.
            while not await _sees_the_worker(http, self.targets["api"]):
                await asyncio.sleep(0.5)

    def freeze(self, server):
        """Nothing of it runs any more, and nothing of it ends: its connections stay, and nobody answers."""
        self._signal(server, signal.SIGSTOP)

    def thaw(self, server):
        self._signal(server, signal.SIGCONT)

    @staticmethod
    def _signal(server, number):
        process = psutil.Process(server.process.pid)
        for one in [process, *process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                os.kill(one.pid, number)


async def _well(http, address):
    try:
        async with http.get(address) as answer:
            return answer.ok
    except (aiohttp.ClientError, OSError):
        return False


async def _sees_the_worker(http, address):
    async with http.get(address) as answer:
        return 'realstaging_processes{process="worker"} 1.0' in await answer.text()


def faketime():
    """libfaketime, where `scripts/faketime` could have it; else None."""
    return LIBRARY if LIBRARY.is_file() else None


@asynccontextmanager
async def deployment(folder, *, on_disk=False):
    """All of it, ready, with credit. ``on_disk``: pictures are kept in the folder ``disk`` instead of a bucket."""
    async with AsyncExitStack() as stack:
        postgres = EmbeddedPostgres(folder / "postgres", free_port(), durable=True)
        valkey = EmbeddedValkey(folder / "valkey", free_port(), durable=True)
        for server in (valkey, postgres):
            stack.callback(server.stop)
        database_url = postgres.start()
        redis_url = valkey.start()
        await migrations.upgrade(database_url)
        way, storage_url = None, (folder / "disk" / "files").as_uri()
        if not on_disk:
            endpoint = stack.enter_context(rclone(folder, "tester,secret"))
            way, address = await stack.enter_async_context(way_to(endpoint))
            storage_url = f"s3://pictures?endpoint={address}&access_key=tester&secret_key=secret"
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        issuer_url = await stack.enter_async_context(issuer(folder, url))
        conduct = Conduct(queue=0.2, run_median=1.5, run_sigma=0.4, webhook_pause=0.2)
        sandbox, origin = await stack.enter_async_context(stand_in(conduct, seed=7))
        settings = Settings(
            environment="development",
            database_url=database_url,
            redis_url=redis_url,
            storage_url=storage_url,
            public_url=url,
            port=port,
            oidc_issuer=issuer_url,
            oidc_audience=AUDIENCE,
            secret_key="a key for tests that is long enough",
            web_folder=str(folder / "web"),
            replicate_api_token="r8_sandbox",
            replicate_api_url=f"{origin}/v1",
            replicate_output_hosts=origin,
            unpaid_staging_cents=100_000,
            unpaid_staging_tries=1000,
            unpaid_service_day_cents=100_000_000,
        )
        running = Deployment(folder, postgres, valkey, way, settings, folder / "key.pem")
        platform = await stack.enter_async_context(wiring.platform(settings, engines={}))
        for kind in KINDS:
            stack.callback(_end, running, kind)
            running.start(kind)
        await running.until_ready()
        service = Service(url, issuer_url, running.key_file, platform, settings, None)
        ada = await stack.enter_async_context(service.signed_in())
        running.paid = Paid(service, sandbox, ada)
        await running.paid.credit(10_000)
        for done in (Done.BACKUP, Done.RESTORE_REHEARSAL):
            await last_done.note(platform.database, done, utc_now())
        yield running


def _end(running, kind):
    if kind in running.processes:
        running.processes[kind].kill()


@asynccontextmanager
async def small_disk(place, size="300m"):
    """A disk of its own at a folder: a tmpfs, which root may mount. OSError where we may not."""
    place.mkdir(parents=True, exist_ok=True)
    mount = shutil.which("mount")
    done = await asyncio.create_subprocess_exec(mount or "mount", "-t", "tmpfs", "-o", f"size={size}", "chaos", place)
    if await done.wait():
        raise PermissionError(f"no disk could be mounted at {place}: that takes root")
    try:
        yield
    finally:
        await (await asyncio.create_subprocess_exec("umount", "--lazy", place)).wait()
