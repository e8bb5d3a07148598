"""Requests that nobody means well by, against the whole service on real servers: none may be answered by a failure of ours.

Half comes from schemathesis, which reads the API's description and checks every answer against it; half is our own: what is no
JSON, no HTTP, no text, bent out of valid requests with a seed.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import logs, migrations
from realstaging.sandbox.oidc import PEOPLE
from tests.fuzz.bending import Bender
from tests.service import service as run_service

PATIENCE = 30.0
"""Seconds for an answer: whatever takes longer hangs."""
AT_ONCE = 8
WITHOUT_LIMITS = {
    **{f"rate_limit_{cost}": ", ".join(["100000000/minute"] * 3) for cost in ("read", "write", "upload", "stage")},
    **{f"rate_limit_{cost}": "100000000/minute" for cost in ("file", "webhook", "sign_in")},
}
"""Rates so high that no request is refused before it is read."""


@dataclass
class Totals:
    """What was sent, how it was answered, and what must not have been."""

    sent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    def __add__(self, other):
        statuses = {
            status: self.statuses.get(status, 0) + other.statuses.get(status, 0)
            for status in self.statuses.keys() | other.statuses.keys()
        }
        return Totals(self.sent + other.sent, statuses, self.findings + other.findings)

    def __str__(self):
        told = ", ".join(f"{count} × {status or 'closed'}" for status, count in sorted(self.statuses.items()))
        return f"{self.sent} requests: {told}; {len(self.findings)} findings"


async def against_description(service, examples, seed):
    """Schemathesis with all its checks, ``examples`` a phase and operation."""
    with tempfile.TemporaryDirectory(prefix="realstaging-fuzz-") as folder:
        report = Path(folder) / "report.ndjson"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{service.url}/docs/openapi.json"),
            *("--checks", "all", "--max-examples", str(examples), "--seed", str(seed), "--workers", "2"),
            *("--header", f"Authorization: Bearer {service.token()}", "--no-color", "--no-shrink"),
            *("--request-timeout", str(PATIENCE), "--generation-database", "none", "--suppress-health-check", "all"),
            *("--report", "ndjson", "--report-ndjson-path", str(report), "--continue-on-failure"),
        ]
        running = await asyncio.to_thread(
            subprocess.run, command, cwd=folder, capture_output=True, text=True, check=False
        )
        totals = _read(report)
    if running.returncode:
        totals.findings.append(running.stdout[-20_000:] + running.stderr[-2000:])
    return totals


def _read(report):
    totals = Totals()
    for line in report.read_text().splitlines() if report.exists() else ():
        for status in _statuses(json.loads(line)):
            totals.sent += 1
            totals.statuses[status] = totals.statuses.get(status, 0) + 1
    return totals


def _statuses(value):
    """The status of every answer that a report tells of."""
    if isinstance(value, dict):
        if isinstance(value.get("status_code"), int):
            yield value["status_code"]
        for inner in value.values():
            yield from _statuses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _statuses(inner)


async def bent(service, count, seed):
    """Our own, ``count`` of them, each on a connection of its own: all of HTTP is in reach of what is bent."""
    address = urlsplit(service.url)
    async with aiohttp.ClientSession() as http, http.get(f"{service.url}/docs/openapi.json") as answer:
        described = await answer.json(content_type=None)
    paths = [(method.upper(), path) for path, methods in described["paths"].items() for method in methods]
    bender = Bender(seed, address.netloc, service.token(), paths)
    totals, left = Totals(), iter(range(count))

    async def send():
        for _ in left:
            kind, data = bender.request()
            await _sent(address, kind, data, totals)

    await asyncio.gather(*(send() for _ in range(AT_ONCE)))
    return totals


async def _sent(address, kind, data, totals):
    """Send, read the head of the answer, judge it. A connection closed without one is right for what is no HTTP."""
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head, body = b"", b""
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(data)
            if data.count(b"\r\n\r\n"):
                writer.write_eof()
            head = await reader.readuntil(b"\r\n\r\n")
            body = b"" if b"event-stream" in head else await reader.read(4096)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        head = getattr(error, "partial", b"")
    except TimeoutError:
        totals.findings.append(f"{kind}: no answer within {PATIENCE:.0f} s to {data[:300]!r}")
    finally:
        writer.transport.abort()
    status = int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else 0
    totals.sent += 1
    totals.statuses[status] = totals.statuses.get(status, 0) + 1
    if status >= 500:
        totals.findings.append(f"{kind}: {status} to {data[:400]!r}: {body[:300]!r}")
    elif status >= 400 and b"application/problem+json" not in head.lower():
        totals.findings.append(f"{kind}: {status} without a problem document to {data[:400]!r}: {head!r}")


@asynccontextmanager
async def everything():
    """The whole service on servers of its own, without limits of rate, with an admin to ask."""
    with tempfile.TemporaryDirectory(prefix="realstaging-fuzz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        postgres = EmbeddedPostgres(folder / "postgres", durable=False)
        valkey = EmbeddedValkey(folder / "valkey", durable=False)
        try:
            database_url, redis_url = postgres.start(), valkey.start()
            await migrations.upgrade(database_url)
            (folder / "service/web").mkdir(parents=True)
            (folder / "service/web/index.html").write_text("<!doctype html>")
            async with run_service(
                folder / "service", database_url, redis_url, admin_subjects=PEOPLE[0].subject, **WITHOUT_LIMITS
            ) as service:
                yield service
        finally:
            valkey.stop()
            postgres.stop()


async def _main(count, seed):
    logs.configure("error", as_json=False)
    began = time.monotonic()
    async with everything() as service:
        # An example each is some 1,100 requests, and each further one about 35.
        described = await against_description(service, max(1, count // 4 // 35 - 30), seed)
        own = await bent(service, max(0, count - described.sent), seed)
    seconds = time.monotonic() - began
    totals = described + own
    for finding in totals.findings[:50]:
        print(finding)
    print(f"by description: {described}")
    print(f"bent: {own}")
    print(f"requests: {totals}; {totals.sent / seconds:.0f} a second, seed {seed}")
    return 1 if totals.findings or totals.sent < count else 0


def main(count=100_000, seed=1):
    """Send ``count`` requests; 1 where one was answered by a failure of ours, else 0."""
    return asyncio.run(_main(count, seed))
