"""What seeing a request adds to it: its span, two steps in it, its metric, and 1 % of the traces told to a collector."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.figures import Figure, quantile
from harness.collector import collector
from realstaging.api.observation import observe
from realstaging.kit.tracing import Kind, Span
from realstaging.runtime.otlp import Keeping, Otlp, Sender

ROUNDS = 100
REQUESTS = 200
"""In each round."""


async def measure() -> list[Figure]:
    async with collector() as collecting:
        sender = Sender("benchmark", Otlp(collecting.url, Keeping(percent=1)))
        try:
            seen, bare = [], []
            for _ in range(ROUNDS):
                bare.append(await _took(_answers))
                seen.append(await _took(observe(_steps)))
        finally:
            await asyncio.to_thread(sender.shutdown)
    added = [with_it - without for with_it, without in zip(sorted(seen), sorted(bare), strict=True)]
    return [Figure("traces at 1 % and metrics add to a request, p50", quantile(added, 0.5), "ms", 0.05)]


async def _took(app: Any) -> float:
    """Processor time of this thread for a request, in milliseconds."""
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "https",
        "path_template": "/api/v1/me",
        "state": {},
        "headers": [(b"traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")],
    }
    began = time.thread_time()
    for _ in range(REQUESTS):
        await app(dict(scope), _receive, _send)
    return (time.thread_time() - began) * 1000 / REQUESTS


async def _steps(scope: Any, receive: Any, send: Any) -> None:
    with Span("transaction", Kind.CLIENT, {"db.system.name": "postgresql"}), Span("storage head", Kind.CLIENT):
        await _answers(scope, receive, send)


async def _answers(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _receive() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def _send(_message: Any) -> None:
    pass
