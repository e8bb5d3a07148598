"""Three hosts on one switch: two with an API and a worker each, one with the servers. While a batch is under way one is killed and the other
is cut off.

    python -m tests.faults.three_hosts [STAGINGS] [--json FILE]

The first host has the page's event stream. When a fifth of the batch is ready, all processes of the second are killed (-9); two fifths,
they are started again; half, the first one's wire is cut, and stays so until everything is ready. Then the second's worker ends, and a few
more stagings are asked for from the first, which has its wire back: it must have come to itself.

Prints what happened and what was violated; exit code 1 where anything was.
"""

import argparse
import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import msgspec
import structlog

from harness import hosts, program
from harness.balancer import balanced
from harness.bucket import BUCKET, rclone
from harness.paid import Paid, drawn, stand_in
from harness.service import AUDIENCE, Caller, issuer, room
from realstaging import wiring
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.kit.children import ChildProcess
from realstaging.runtime import migrations
from realstaging.sandbox import oidc
from realstaging.sandbox.replicate.predictions import Conduct
from realstaging.settings import Settings

PORT = 8000
FRONT = 8080
KEYS = "tester,secret"
# What the web app has it by: web/src/api/events.ts.
SILENCE = 40.0
PATIENCE = 120.0
LONGEST = 1500.0
MORE = 4
LOGGED = 6000
"""Characters of each process's log that are shown where something is raised."""
FILES = 7
"""Of each staging that is ready."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of it. Times in seconds; those of ``page`` since the cut."""

    stagings: int
    seconds: float
    counts: dict[str, int | str]
    runs: dict[str, int]
    """Jobs of stagings, by how often each was claimed."""
    killed_then_ready: float
    cut_then_ready: float
    page_silent: float
    streams: list[str]
    """Which host had the page's stream, one after the other."""
    mended_then_ready: float
    violated: list[str]


class Node:
    """A host's API and worker."""

    def __init__(self, host, settings, folder):
        self.host = host
        self.settings = msgspec.structs.replace(settings, host=host.address, port=PORT)
        self.url = f"http://{host.address}:{PORT}"
        self.folder = folder
        self.processes = {}

    def start(self):
        for kind in ("api", "worker"):
            with (self.folder / f"{self.host.name}-{kind}.log").open("ab") as log:
                command = self.host.command(program.command(kind))
                env = program.environment(self.settings)
                self.processes[kind] = ChildProcess(command, stdout=log, stderr=log, env=env, dies_by=signal.SIGKILL)

    def kill(self):
        for process in self.processes.values():
            process.kill()

    async def lives(self):
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
            while not await self._answers(http):
                await asyncio.sleep(0.1)

    async def _answers(self, http):
        try:
            async with http.get(f"{self.url}/health/ready", timeout=aiohttp.ClientTimeout(1)) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False


class Page:
    """What the web app does: follows the account's events, and takes up what broke or was silent where it ended."""

    def __init__(self, session, balancer):
        self._session, self._balancer = session, balancer
        self.last = None
        self.events, self.ready = [], Counter()
        self.streams, self.heard_at = [], []

    async def follow(self):
        while True:
            with suppress(aiohttp.ClientError, TimeoutError, OSError):
                await self._listen()
            await asyncio.sleep(0.5)

    async def _listen(self):
        headers = {} if self.last is None else {"Last-Event-ID": str(self.last)}
        patience = aiohttp.ClientTimeout(total=None, sock_connect=SILENCE, sock_read=SILENCE)
        async with self._session.get("events", headers=headers, timeout=patience) as answer:
            if answer.status != 200:
                return
            ours = answer.connection.transport.get_extra_info("sockname")[1]
            self.streams.append(self._balancer.given[ours][0])
            block = {}
            async for line in answer.content:
                self.heard_at.append(time.monotonic())
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    block[name] = value
                elif block:
                    self._hear(block)
                    block = {}

    def _hear(self, block):
        if "id" not in block:
            return
        self.last = int(block["id"])
        if block.get("event") != "staging.changed":
            return
        self.events.append(self.last)
        changed = msgspec.json.decode(block["data"])
        if changed["state"] == "ready":
            self.ready[changed["id"]] += 1


@asynccontextmanager
async def servers(folder):
    """The third host: settings of a service on its servers, Replicate's stand-in, the issuer's key."""
    postgres = EmbeddedPostgres(folder / "postgres", host=hosts.OURS)
    valkey = EmbeddedValkey(folder / "valkey", host=hosts.OURS)
    conduct = Conduct(run_median=2.0, picture=drawn())
    front = f"http://{hosts.OURS}:{FRONT}"
    with ExitStack() as stack:
        database_url = postgres.start()
        stack.callback(postgres.stop)
        redis_url = valkey.start()
        stack.callback(valkey.stop)
        (folder / "s3").mkdir()
        bucket = stack.enter_context(rclone(folder / "s3", KEYS, hosts.OURS))
        await migrations.upgrade(database_url)
        access, _, secret = KEYS.partition(",")
        async with (
            stand_in(conduct, 7, hosts.OURS) as (sandbox, origin),
            issuer(folder, front, hosts.OURS) as issuer_url,
        ):
            settings = Settings(
                environment="development",
                database_url=database_url,
                redis_url=redis_url,
                storage_url=f"s3://{BUCKET}?endpoint={bucket}&access_key={access}&secret_key={secret}",
                public_url=front,
                secret_key="a key for three hosts that is long enough",
                oidc_issuer=issuer_url,
                oidc_audience=AUDIENCE,
                replicate_api_token="r8_sandbox",
                replicate_api_url=f"{origin}/v1",
                replicate_output_hosts=origin,
                log_level="warning",
            )
            yield settings, sandbox, folder / "key.pem"


class Batch:
    """The stagings, as the database of the third host has them."""

    def __init__(self, database, wanted):
        self._database, self.wanted = database, wanted

    async def over(self):
        return await self._database.fetchval("select count(*) from stagings where state not in ('queued', 'running')")

    async def until(self, share):
        while await self.over() < share * self.wanted:
            await asyncio.sleep(0.1)

    async def next(self):
        """Seconds until one more of them is over."""
        began, now = time.monotonic(), await self.over()
        while await self.over() == now and now < self.wanted:
            await asyncio.sleep(0.05)
        return time.monotonic() - began


async def run(stagings, folder):
    with hosts.wired("one", "two") as (one, two):
        async with servers(folder) as (settings, sandbox, key_file):
            nodes = [Node(host, settings, folder) for host in (one, two)]
            places = [(node.host.address, PORT) for node in nodes]
            # The first connection, the page's, is the first host's.
            async with (
                balanced(hosts.OURS, FRONT, places[::-1]) as balancer,
                wiring.platform(settings, engines={}) as platform,
            ):
                try:
                    for node in nodes:
                        node.start()
                    for node in nodes:
                        await node.lives()
                    async with asyncio.timeout(LONGEST):
                        return await through(
                            stagings, nodes, SimpleNamespace(platform=platform), sandbox, key_file, balancer
                        )
                finally:
                    for node in nodes:
                        node.kill()


async def through(stagings, nodes, service, sandbox, key_file, balancer):
    one, two = nodes
    token = oidc.mint_token(key_file, issuer=one.settings.oidc_issuer, audience=AUDIENCE, person=oidc.PEOPLE[0])
    headers = {"Authorization": f"Bearer {token}"}
    front = f"{one.settings.public_url}/api/v1/"
    # A connection for each request: none is kept to a host that is gone.
    connector = aiohttp.TCPConnector(force_close=True)
    async with (
        aiohttp.ClientSession(front, headers=headers) as stream,
        aiohttp.ClientSession(front, headers=headers, connector=connector) as session,
        aiohttp.ClientSession(f"{one.url}/api/v1/", headers=headers) as at_one,
    ):
        page = Page(stream, balancer)
        following = asyncio.create_task(page.follow())
        while not page.streams:
            await asyncio.sleep(0.02)
        paid = Paid(service, sandbox, Caller(session))
        await paid.credit(stagings)
        photo = await paid.ada.photo(await paid.ada.project(), room())
        began = time.monotonic()
        await ask_for(paid.ada, photo, stagings)
        batch = Batch(paid.database, stagings)
        await batch.until(0.2)
        two.kill()
        killed_then_ready = await batch.next()
        await batch.until(0.4)
        two.start()
        await two.lives()
        await batch.until(0.5)
        cut_at = time.monotonic()
        one.host.cut()
        cut_then_ready = await batch.next()
        await batch.until(1)
        seconds = time.monotonic() - began
        await until(lambda: sum(page.ready.values()) >= stagings, SILENCE + PATIENCE)
        back = next(at for at in page.heard_at if at > cut_at + 1)
        mended_at = time.monotonic()
        one.host.mend()
        two.processes["worker"].kill()
        await one.lives()
        await ask_for(Caller(at_one), photo, MORE)
        batch.wanted += MORE
        await batch.until(1)
        mended_then_ready = time.monotonic() - mended_at
        await paid.quiet(PATIENCE)
        await until(lambda: sum(page.ready.values()) >= batch.wanted, SILENCE + PATIENCE)
        following.cancel()
        names = {node.host.address: node.host.name for node in nodes}
        return Outcome(
            stagings,
            seconds,
            await paid.counts(),
            await runs(paid.database),
            killed_then_ready,
            cut_then_ready,
            back - cut_at,
            [names[address] for address in page.streams],
            mended_then_ready,
            [*await paid.audit(), *await violated(paid, page, batch.wanted)],
        )


async def ask_for(caller, photo, stagings):
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
    for start in range(0, stagings, 50):
        await caller.ask("POST", "stagings", 201, json={"items": [item] * min(50, stagings - start)})


async def until(holds, patience):
    async with asyncio.timeout(patience):
        while not holds():
            await asyncio.sleep(0.1)


async def runs(database):
    rows = await database.fetch(
        "select attempt, count(*) from jobs where kind like 'staging.%' group by attempt order by attempt"
    )
    return {str(row["attempt"]): row["count"] for row in rows}


async def violated(paid, page, wanted):
    """Beside what must hold of money and the provider: nothing lost, nothing twice."""
    rows = await paid.database.fetch("select id::text, state from stagings")
    ids = {row["id"] for row in rows}
    told = await paid.database.fetch(
        """select data ->> 'id' as id, count(*) from events
           where kind = 'staging.changed' and data ->> 'state' = 'ready' group by 1"""
    )
    results = Counter(key.split("/")[1] for key in await paid.service.platform.storage.list("results/"))
    claims = {
        "every staging is ready": len(rows) == wanted and {row["state"] for row in rows} == {"ready"},
        "each is told ready once": {row["id"]: row["count"] for row in told} == dict.fromkeys(ids, 1),
        "the page was told of each once": page.ready == dict.fromkeys(ids, 1),
        "the page heard no event twice, none before another": page.events == sorted(set(page.events)),
        "one prediction each": len(paid.sandbox.predictions) == wanted,
        "one set of files each": results == dict.fromkeys(ids, FILES),
        "no job is dead": not await paid.database.fetchval("select count(*) from jobs where state = 'dead'"),
        "the page's stream went to the other host": len(set(page.streams)) > 1,
    }
    return [claim for claim, holds in claims.items() if not holds]


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("stagings", nargs="?", type=int, default=500)
    asked.add_argument("--json", type=Path, help="a file that the outcome is written to")
    asked.add_argument("--isolated", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if not given.isolated:
        if why := hosts.why_not():
            sys.exit(f"This machine makes no networks for it. {why}")
        command = hosts.isolated(hosts.module(__spec__.name, *sys.argv[1:], "--isolated"))
        os.execvp(command[0], command)
    logging.disable(logging.WARNING)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    folder = Path(tempfile.mkdtemp(prefix="realstaging-hosts-"))
    folder.chmod(0o711)
    try:
        outcome = asyncio.run(run(given.stagings, folder))
    except Exception:
        for log in sorted(folder.glob("*-*.log")):
            print(f"--- {log.name}", log.read_text(errors="replace")[-LOGGED:], sep="\n", file=sys.stderr)
        raise
    finally:
        shutil.rmtree(folder)
    text = msgspec.json.format(msgspec.json.encode(outcome)).decode()
    if given.json:
        given.json.write_text(text)
    print(text)
    return 1 if outcome.violated else 0


if __name__ == "__main__":
    sys.exit(main())
