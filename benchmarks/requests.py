"""What a request costs: processor time of the API process and of PostgreSQL, for what pages ask most often.

One request after another over one connection, to an API process of its own with S3 links; only processors are counted, so that
what the asking side takes is left out. `benchmarks/peers.md` sets the figures beside another system's.
"""

from __future__ import annotations

import time
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
    project_id = await written(connection, account_id)
    server = psutil.Process(await connection.fetchval("select pg_backend_pid()")).parent()
    await connection.execute("vacuum analyze")
    try:
        photos = await _cost(session, f"/api/v1/projects/{project_id}/photos?limit=50", api, server)
        projects = await _cost(session, "/api/v1/projects?limit=50", api, server)
        gallery = await _cost(session, f"/api/v1/projects/{project_id}/gallery", api, server)
    finally:
        await connection.close()
    size = f"{PHOTOS} photos × {VARIANTS} variants"
    return [
        Figure(f"list of {PHOTOS} photos, processor time of the API", photos.api, "ms", 1.5),
        Figure(f"list of {PHOTOS} photos, processor time of PostgreSQL", photos.postgres, "ms"),
        Figure(f"list of {PROJECTS} projects, processor time of the API", projects.api, "ms", 1.2),
        Figure(f"list of {PROJECTS} projects, processor time of PostgreSQL", projects.postgres, "ms", 0.3),
        Figure(f"gallery of {size}, processor time of the API", gallery.api, "ms", 8),
        Figure(f"gallery of {size}, processor time of PostgreSQL", gallery.postgres, "ms"),
        Figure(f"first screen of a gallery of {size}, p50", gallery.answered, "ms", 8),
    ]


async def _cost(session: aiohttp.ClientSession, path: str, api: psutil.Process, server: Any) -> Cost:
    await _asked(session, path, FIRST)
    api_before, postgres_before = _seconds(api), _backends(server)
    waits = await _asked(session, path, ROUNDS)
    api_after, postgres_after = _seconds(api), _backends(server)
    return Cost(
        (api_after - api_before) * 1000 / ROUNDS,
        (postgres_after - postgres_before) * 1000 / ROUNDS,
        quantile(waits, 0.5),
    )


async def _asked(session: aiohttp.ClientSession, path: str, rounds: int) -> list[float]:
    """Milliseconds that each took."""
    took = []
    for _ in range(rounds):
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


async def written(connection: asyncpg.Connection, account_id: UUID) -> UUID:
    """Fifty projects, each with six photos; the newest with fifty, and three ready stagings of each; straight into the tables."""
    original, projects = new_id(), [new_id() for _ in range(PROJECTS)]
    await connection.execute(
        """insert into originals (id, account_id, sha256, key, mime, size, width, height)
           values ($1, $2, repeat('a', 64), 'originals/' || $2::uuid::text || '/' || repeat('a', 64) || '-0123456789ab',
             'image/jpeg', 4000000, 4032, 3024)""",
        original,
        account_id,
    )
    await connection.executemany(
        "insert into projects (id, account_id, name) values ($1, $2, '12 Elm Street, second floor')",
        [(one, account_id) for one in projects],
    )
    photos = [(new_id(), one) for one in projects[:-1] for _ in range(6)]
    photos += [(new_id(), projects[-1]) for _ in range(PHOTOS)]
    await connection.executemany(
        "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, 'living-room-0042.jpg')",
        [(photo, project, original) for photo, project in photos],
    )
    stagings = [(new_id(), project, photo, new_id()) for photo, project in photos for _ in range(VARIANTS)]
    await connection.executemany(
        """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine, state, progress, untouched_share,
             confidence, seconds, result_key, finished_at, fidelity)
           values ($1, $2, $3, $4, 'living_room', 'modern', 1, 'local', 'ready', 1, 0.8, 0.9, 12,
             'results/' || $1::uuid::text || '/01234567-1-0123456789abcdef', now(), '{"verdict": "pass", "score": 0.97}')""",
        stagings,
    )
    return projects[-1]
