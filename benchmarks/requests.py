"""What a request costs: processor time of the API process and of PostgreSQL, for what pages ask most often.

One request after another over one connection, to an API process of its own with S3 links; only processors are counted, so that
what the asking side takes is left out. `benchmarks/peers.md` sets the figures beside another system's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

import aiohttp
import asyncpg
import psutil
from msgspec.structs import replace

from benchmarks.figures import Figure, quantile
from benchmarks.processes import lives, process, settings
from harness.service import AUDIENCE
from realstaging.kit.ids import new_id
from realstaging.sandbox import oidc
from realstaging.settings import Settings

ROUNDS = 300
FIRST = 30
"""Requests that are not counted: a process loads some things at its first."""
# Signing asks nobody, so nobody has to be there.
S3 = "s3://pictures?endpoint=http://127.0.0.1:9&access_key=bench&secret_key=bench-secret"
PHOTOS, VARIANTS, PROJECTS = 50, 3, 50
OPENED = 20
"""Projects whose galleries are opened for the first time, each with photos of its own: links that were made are remembered."""


class Cost(NamedTuple):
    """Of one request, in milliseconds: processor time of the API and of PostgreSQL, and the time until the answer is there, p50."""

    api: float
    postgres: float
    answered: float


async def measure() -> list[Figure]:
    async with settings() as (given, key_file):
        chosen = replace(given, storage_url=S3)
        with process("api", chosen) as api:
            await lives(chosen)
            token = oidc.mint_token(key_file, issuer=chosen.oidc_issuer, audience=AUDIENCE, person=oidc.PEOPLE[0])
            headers = {"Authorization": f"Bearer {token}"}
            async with aiohttp.ClientSession(chosen.public_url, headers=headers) as session:
                return await _figures(session, psutil.Process(api.pid), chosen)


async def _figures(session: aiohttp.ClientSession, api: psutil.Process, chosen: Settings) -> list[Figure]:
    async with session.get("/api/v1/me") as answer:
        account_id = UUID((await answer.json())["account"]["id"])
    connection = await asyncpg.connect(chosen.database_url)
    full = await written(connection, account_id)
    server = psutil.Process(await connection.fetchval("select pg_backend_pid()")).parent()
    await connection.execute("vacuum analyze")
    try:
        # The last one is not counted: a process loads some things at its first gallery.
        await _asked(session, [f"/api/v1/projects/{full.pop()}/gallery"])
        first = await _spent(session, [f"/api/v1/projects/{one}/gallery" for one in full], api, server)
        photos = await _cost(session, f"/api/v1/projects/{full[-1]}/photos?limit=50", api, server)
        projects = await _cost(session, "/api/v1/projects?limit=50", api, server)
        gallery = await _cost(session, f"/api/v1/projects/{full[-1]}/gallery", api, server)
    finally:
        await connection.close()
    size = f"{PHOTOS} photos × {VARIANTS} variants"
    return [
        Figure(f"list of {PHOTOS} photos, processor time of the API", photos.api, "ms", 1.5),
        Figure(f"list of {PHOTOS} photos, processor time of PostgreSQL", photos.postgres, "ms"),
        Figure(f"list of {PROJECTS} projects, processor time of the API", projects.api, "ms", 1.2),
        Figure(f"list of {PROJECTS} projects, processor time of PostgreSQL", projects.postgres, "ms", 0.3),
        Figure(f"gallery of {size}, opened first: processor time of the API", first.api, "ms", 8),
        Figure(f"gallery of {size}, opened first: until the answer is there, p50", first.answered, "ms", 8),
        Figure(f"gallery of {size}, opened again: processor time of the API", gallery.api, "ms"),
        Figure(f"gallery of {size}, opened again: processor time of PostgreSQL", gallery.postgres, "ms"),
    ]


async def _cost(session: aiohttp.ClientSession, path: str, api: psutil.Process, server: Any) -> Cost:
    """Of one page that is asked for again and again."""
    await _asked(session, [path] * FIRST)
    return await _spent(session, [path] * ROUNDS, api, server)


async def _spent(session: aiohttp.ClientSession, paths: Sequence[str], api: psutil.Process, server: Any) -> Cost:
    api_before, postgres_before = _seconds(api), _backends(server)
    waits = await _asked(session, paths)
    api_after, postgres_after = _seconds(api), _backends(server)
    return Cost(
        (api_after - api_before) * 1000 / len(paths),
        (postgres_after - postgres_before) * 1000 / len(paths),
        quantile(waits, 0.5),
    )


async def _asked(session: aiohttp.ClientSession, paths: Sequence[str]) -> list[float]:
    """Milliseconds that each took."""
    took = []
    for path in paths:
        began = time.perf_counter()
        async with session.get(path) as answer:
            body = await answer.read()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == HTTPStatus.OK, body
    return took


def _seconds(one: psutil.Process) -> float:
    times = one.cpu_times()
    return float(times.user + times.system)


def _backends(server: psutil.Process) -> float:
    """Of the server and all of its processes."""
    return sum(_seconds(one) for one in [server, *server.children()])


async def written(connection: asyncpg.Connection, account_id: UUID) -> list[UUID]:
    """Fifty projects, each photo an original of its own with three ready stagings, straight into the tables; those that are full."""
    projects = [new_id() for _ in range(PROJECTS)]
    full = projects[-OPENED - 1 :]
    await connection.executemany(
        "insert into projects (id, account_id, name) values ($1, $2, '12 Elm Street, second floor')",
        [(one, account_id) for one in projects],
    )
    photos = [(new_id(), one) for one in projects for _ in range(PHOTOS if one in full else 6)]
    await connection.executemany(
        """insert into originals (id, account_id, sha256, key, mime, size, width, height)
           select $1, $2, digest, 'originals/' || $2::uuid::text || '/' || digest || '-0123456789ab', 'image/jpeg', 4000000, 4032, 3024
           from (select encode(sha256($1::uuid::text::bytea), 'hex') as digest) as made""",
        [(photo, account_id) for photo, _ in photos],
    )
    await connection.executemany(
        "insert into photos (id, project_id, original_id, name) values ($1, $2, $1, 'living-room-0042.jpg')", photos
    )
    stagings = [(new_id(), project, photo, new_id()) for photo, project in photos for _ in range(VARIANTS)]
    await connection.executemany(
        """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine, state, progress, untouched_share,
             confidence, seconds, result_key, finished_at, fidelity)
           values ($1, $2, $3, $4, 'living_room', 'modern', 1, 'local', 'ready', 1, 0.8, 0.9, 12,
             'results/' || $1::uuid::text || '/01234567-1-0123456789abcdef', now(), '{"verdict": "pass", "score": 0.97}')""",
        stagings,
    )
    return full
