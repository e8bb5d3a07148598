"""Errors told to a tracker that speaks Sentry's protocol (Sentry, GlitchTip, Bugsink), where SENTRY_DSN is set.

What goes there: the kind of the error, its trace without the values of variables, the id of our trace and the few words given with it. No
request, no header, no address, no name: nothing of the SDK's own gathering is on, and every text goes through the veil of the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, cast

from realstaging.kit import tracing
from realstaging.runtime.logs import Veil
from realstaging.runtime.release import release

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# Seconds to send what is left at the end of a process.
PATIENCE: Final = 2.0
# What an event may have; whatever else the SDK puts into one is left out.
KEPT: Final = frozenset(
    {
        "event_id",
        "timestamp",
        "level",
        "platform",
        "release",
        "environment",
        "exception",
        "message",
        "logentry",
        "tags",
        "sdk",
    }
)


class _Tracker:
    """Of this process."""

    on = False


@asynccontextmanager
async def telling(dsn: str, environment: str, secrets: Iterable[str]) -> AsyncIterator[None]:
    """Tell errors while the block runs. ``secrets`` are hidden wherever they stand. Nothing where ``dsn`` is empty."""
    if not dsn:
        yield
        return
    import sentry_sdk  # noqa: PLC0415 - only who tells loads it

    veil = Veil(secrets)

    def scrubbed(event: Event, _hint: Hint) -> Event:
        # The names of variables in it are not secrets' names: only values are looked through.
        return cast(
            "Event", {name: veil.over(value) for name, value in cast("dict[str, Any]", event).items() if name in KEPT}
        )

    sentry_sdk.init(
        dsn=dsn,
        environment=environment or "development",
        release=release().version,
        default_integrations=False,
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="",
        shutdown_timeout=PATIENCE,
        before_send=scrubbed,
    )
    _Tracker.on = True
    try:
        yield
    finally:
        _Tracker.on = False
        await asyncio.to_thread(sentry_sdk.get_client().close, PATIENCE)


def caught(error: BaseException, **tags: str) -> None:
    """Tell of an exception that somebody should look into."""
    if not _Tracker.on:
        return
    import sentry_sdk  # noqa: PLC0415

    with sentry_sdk.new_scope() as scope:
        _tag(scope, tags)
        sentry_sdk.capture_exception(error)


def told(message: str, **tags: str) -> None:
    """Tell of something that was reported to us."""
    if not _Tracker.on:
        return
    import sentry_sdk  # noqa: PLC0415

    with sentry_sdk.new_scope() as scope:
        _tag(scope, tags)
        sentry_sdk.capture_message(message, level="error")


def _tag(scope: Any, tags: dict[str, str]) -> None:
    if span := tracing.current():
        scope.set_tag("trace_id", f"{span.trace_id:032x}")
    for name, value in tags.items():
        if value:
            scope.set_tag(name, value)
