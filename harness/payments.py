"""The stand-in of Stripe on a port of its own, in this process, with a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import unused_port

from realstaging.sandbox.stripe.app import create_app
from realstaging.sandbox.stripe.clock import Clock
from realstaging.sandbox.stripe.standin import StripeSandbox


@asynccontextmanager
async def stripe_sandbox(*, webhook: str = "", frozen: int | None = None, **how: Any) -> AsyncIterator[StripeSandbox]:
    """``webhook``: who is told. ``frozen``: seconds since 1970 at which its clock stands. Notices that are not taken do not come again."""
    port = unused_port()
    how = {"again": (), **how}
    sandbox = StripeSandbox(f"http://127.0.0.1:{port}", webhook=webhook, clock=Clock(frozen), **how)
    runner = web.AppRunner(create_app(sandbox), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield sandbox
    finally:
        await runner.cleanup()
