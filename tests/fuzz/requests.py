"""Requests that nobody means well by, against the whole service on real servers: none may be answered by a failure of ours.

Half comes from schemathesis, which reads the API's description and checks every answer against it; half is our own: what is no
JSON, no HTTP, no text, bent out of valid requests with a seed.
"""

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import httptools

from harness.service import AUDIENCE, jpeg
from harness.service import service as run_service
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import logs, migrations
from realstaging.sandbox.oidc import PEOPLE
from tests.fuzz.bending import Bender, Things
from tests.fuzz.once import SIGNING
from tests.fuzz.valid import NOTHING

PATIENCE = 30.0
"""Seconds for an answer: whatever takes longer hangs."""
AT_ONCE = 8
ENOUGH = 3000
"""Bent requests after which each operation has been reached."""
TURNS = 40
"""Requests of each of these before what they may have taken away is made anew."""
ON_THE_WAY = {0, 400, 405, 408, 413, 414, 415, 429, 431}
"""What is answered before a route has what was sent to it: no HTTP, no JSON, too much, of another kind."""
CODE = re.compile(rb'"code":"([a-z_]+)"')
WITHOUT_LIMITS = {
    **{f"rate_limit_{cost}": ", ".join(["100000000/minute"] * 3) for cost in ("read", "write", "upload", "stage")},
    **{f"rate_limit_{cost}": "100000000/minute" for cost in ("file", "webhook", "sign_in")},
    "rate_limit_upload_link": ", ".join(["100000000/minute"] * 2),
}
"""Rates so high that no request is refused before it is read."""
CONFIGURATION = f"""
hooks = "{Path(__file__).with_name("once.py")}"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "402", "403", "404", "409", "429", "5xx"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "414", "415", "422", "428", "429", "5xx"]

[[operations]]
include-name = ["POST /api/v1/webhook-endpoints", "PATCH /api/v1/webhook-endpoints/{{endpoint_id}}", "PUT /api/v1/me/profile/photo",
  "POST /api/v1/account/erasure", "PATCH /api/v1/account/retention", "GET /api/v1/audit", "GET /api/v1/audit.csv", "GET /api/v1/audit.jsonl",
  "POST /api/v1/keys", "POST /api/v1/keys/{{key_id}}/rotate", "GET /api/v1/stagings/{{staging_id}}/links",
  "GET /api/v1/stagings/{{staging_id}}/download", "POST /api/v1/stagings/{{staging_id}}/credit-back",
  "POST /api/v1/webhook-endpoints/{{endpoint_id}}/replay", "PUT /api/v1/operator/accounts/{{account_id}}/grants",
  "PUT /api/v1/operator/accounts/{{account_id}}/plan"]

[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "402", "403", "404", "409", "422", "429", "5xx"]

[[operations]]
include-name = ["PATCH /api/v1/me/profile"]

[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "412", "422", "429", "5xx"]

[[operations]]
include-name = ["GET /api/v1/webhook-endpoints/{{endpoint_id}}/deliveries"]

[operations.checks.negative_data_rejection]
expected-statuses = ["2xx", "400", "401", "403", "404", "405", "406", "409", "414", "415", "422", "428", "429", "5xx"]
"""
"""Schemathesis' own list, and 402: enough projects are made for the plan to be full; and 414: an address with too many parameters. What is an address
that may be spoken to or called from, which days a month has, what an account is called, and how long a service may keep something, which plans and listing services there are,
and what depends on another field, no pattern says; an optional word in an address may be the word null."""


@dataclass
class Totals:
    """What was sent, how it was answered, and what must not have been."""

    sent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    reached: dict[tuple[str, str], Counter] = field(default_factory=dict)
    """By operation, how often it was answered with which status and code."""

    def __add__(self, other):
        statuses = {
            status: self.statuses.get(status, 0) + other.statuses.get(status, 0)
            for status in self.statuses.keys() | other.statuses.keys()
        }
        return Totals(self.sent + other.sent, statuses, self.findings + other.findings)

    def deep(self, operation):
        """How many requests to an operation were answered by itself, and not on the way to it."""
        return sum(count for (status, _), count in self.reached[operation].items() if status not in ON_THE_WAY)

    def __str__(self):
        told = ", ".join(f"{count} × {status or 'closed'}" for status, count in sorted(self.statuses.items()))
        return f"{self.sent} requests: {told}; {len(self.findings)} findings"


async def against_description(service, examples, seed):
    """Schemathesis with all its checks, ``examples`` a phase and operation."""
    with tempfile.TemporaryDirectory(prefix="realstaging-fuzz-") as folder:
        report = Path(folder) / "report.ndjson"
        (Path(folder) / "schemathesis.toml").write_text(CONFIGURATION)
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{service.url}/docs/openapi.json"),
            *(
                "--checks",
                "all",
                "--max-examples",
                str(examples),
                "--seed",
                str(seed),
                "--workers",
                "1",
            ),  # Two threads that compile at once fail: "AST constructor recursion depth mismatch" (CPython 3.11.7).
            *("--no-color", "--no-shrink"),
            *("--request-timeout", str(PATIENCE), "--generation-database", "none", "--suppress-health-check", "all"),
            *("--report", "ndjson", "--report-ndjson-path", str(report), "--continue-on-failure"),
        ]
        signing = {SIGNING: json.dumps([str(service.key_file), service.issuer, AUDIENCE])}
        running = await asyncio.to_thread(
            subprocess.run,
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **signing},
        )
        totals = _read(report)
    if running.returncode:
        totals.findings.append(running.stdout[-20_000:] + running.stderr[-2000:])
    if totals.statuses.get(HTTPStatus.UNAUTHORIZED, 0) > totals.sent / 3:
        totals.findings.append(f"of {totals.sent} requests most were nobody's, and got no further")
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
    bender = Bender(seed, address.netloc, service.token, paths)
    totals, left = Totals(reached={operation: Counter() for operation in paths}), iter(range(count))

    async def send(lasting):
        things = Things(lasting, {})
        for turn, _ in enumerate(left):
            if turn % TURNS == 0:
                # Signed in anew: what was sent may have ended every sign-in.
                async with service.signed_in() as caller:
                    things.passing = await _made(caller, things.passing)
            await _sent(address, bender.request(things), totals)

    async with service.working():
        async with service.signed_in() as caller:
            lasting = await _finished(caller)
        await asyncio.gather(*(send(lasting) for _ in range(AT_ONCE)))
    return totals


async def _finished(caller):
    """A project with a staging that is ready and an archive of it."""
    project = await caller.project()
    photo = await caller.photo(project)
    upload = await caller.announce(project, b"never sent")
    staging = (await caller.stage(photo))[0]
    await caller.until(staging, "ready")
    archive = await caller.ask("POST", f"projects/{project['id']}/archives", 201, json={"files": "jpg"})
    endpoint = await caller.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"})
    delivery = await caller.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
    return {
        "endpoint_id": endpoint["id"],
        "delivery_id": delivery["id"],
        "project_id": project["id"],
        "photo_id": photo["id"],
        "upload_id": upload["upload_id"],
        "staging_id": staging["id"],
        "archive_id": archive["id"],
    }


async def _made(caller, before):
    """Things to take away, in the place of those before: whatever of it the account's limits, bent by others, leave room for."""

    async def ask(method, path, **more):
        async with caller.session.request(method, path, **more) as answer:
            return await answer.json(content_type=None) if answer.status < 300 and answer.status != 204 else {}

    if before:
        await ask("DELETE", f"projects/{before['project_id']}")
    project = await ask("POST", "projects", json={"name": "12 Elm Street"})
    made = {"project_id": project.get("id", NOTHING)}
    data = jpeg()
    file = {"name": "a.jpg", "type": "image/jpeg", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    files = {"project_id": made["project_id"], "files": [file, file]}
    uploads = (await ask("POST", "uploads", json=files)).get("items", ())
    for upload in uploads:
        await caller.send(upload, data)
    if not uploads:
        return made
    made["upload_id"] = uploads[1]["upload_id"]
    body = {"project_id": made["project_id"], "upload_ids": [uploads[0]["upload_id"]]}
    photo = (await ask("POST", "photos", json=body)).get("items", [{}])[0].get("photo")
    if photo is None:
        return made
    made["photo_id"] = photo["id"]
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
    asked = (await ask("POST", "stagings", json={"items": [item]})).get("items", [{}])[0].get("stagings")
    return {**made, "staging_id": asked[0]["id"]} if asked else made


class _Reading:
    """What the parser says of a request: whether all of it is there."""

    whole = False

    def on_message_complete(self):
        self.whole = True


def _whole(data):
    """Whether a server can know that nothing more comes: the request is whole, or none."""
    reading = _Reading()
    try:
        httptools.HttpRequestParser(reading).feed_data(data)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return True
    return reading.whole


async def _sent(address, request, totals):
    """Send, read the head of the answer, judge it. A connection closed without one is right for what is no HTTP."""
    kind, data = request.kind, request.data
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head, body = b"", b""
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(data)
            if not _whole(data):
                # After an end of what is sent no answer is waited for: only here, where the service would wait for the rest.
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
    problem = b"application/problem+json" in head.lower()
    code = CODE.search(body) if problem else None
    totals.sent += 1
    totals.statuses[status] = totals.statuses.get(status, 0) + 1
    if request.operation in totals.reached:
        totals.reached[request.operation][status, code[1].decode() if code else ""] += 1
    if status >= 500:
        totals.findings.append(f"{kind}: {status} to {data[:400]!r}: {body[:300]!r}")
    elif status >= 400 and not problem:
        totals.findings.append(f"{kind}: {status} without a problem document to {data[:400]!r}: {head!r}")


@asynccontextmanager
async def everything():
    """The whole service on servers of its own, without limits of rate, with an operator to ask."""
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
                folder / "service", database_url, redis_url, operator_subjects=PEOPLE[0].subject, **WITHOUT_LIMITS
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
    # Another one: of the first an account has made as much as it may have.
    async with everything() as service:
        own = await bent(service, max(0, count - described.sent), seed)
    seconds = time.monotonic() - began
    if own.sent >= ENOUGH:
        own.findings += [f"never got into {operation}" for operation in own.reached if not own.deep(operation)]
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
