"""What counting requests adds to each: the door of the API before an application that does nothing, with and without it."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import msgspec

from benchmarks.figures import Figure, quantile
from benchmarks.stack import running
from harness.service import Caller, Service
from realstaging.api import rate_limits
from realstaging.api.people import People
from realstaging.api.rate_limits import Door
from realstaging.domains.accounts.service import Member
from realstaging.domains.keys import service as keys
from realstaging.runtime.identity import Identity

ROUNDS = 2000
# Rounds before what is counted.
WARM = 50


class _Route:
    """A route that says nothing of its cost."""

    opt: dict[str, Any] = {}  # noqa: RUF012 - read only


async def measure() -> list[Figure]:
    async with running() as (built, caller):
        return await door(built, caller)


async def door(built: Service, caller: Caller) -> list[Figure]:
    identity = Identity(built.issuer, built.settings.oidc_audience)
    people = People()
    opened = Door(built.settings, identity, people, partial(keys.open_with, built.platform))
    claims = await identity.verify(built.token())
    people.remember(claims, msgspec.convert(await caller.ask("GET", "me"), Member))
    bare, counted = await _took(_nothing, built), await _took(rate_limits.door(lambda: opened)(_nothing), built)
    await opened.close()
    added = [with_it - without for with_it, without in zip(sorted(counted), sorted(bare), strict=True)]
    return [
        Figure(
            "rate limits add to a request (account, token, address; one round trip), p50", quantile(added, 0.5), "ms", 1
        ),
        Figure("rate limits add to a request, p99", quantile(added, 0.99), "ms"),
    ]


async def _took(app: Any, built: Service) -> list[float]:
    scope = {
        "type": "http",
        "method": "GET",
        "path_template": "/api/v1/me",
        "route_handler": _Route,
        "client": ("127.0.0.1", 1),
        "state": {},
        "headers": [(b"authorization", b"Bearer " + built.token().encode())],
    }
    took = []
    for number in range(ROUNDS + WARM):
        began = time.perf_counter()
        await app(dict(scope), _receive, _send)
        if number >= WARM:
            took.append((time.perf_counter() - began) * 1000)
    return took


async def _nothing(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _receive() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def _send(_message: Any) -> None:
    pass
