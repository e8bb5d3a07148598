"""`/status`: whether the service works, for people: without sign-in, without scripts, and without asking more of us than a look each few seconds.

What works is found out here (health of the parts, heartbeats of workers, what waits); what happened is told by whoever runs the service, at
their page for incidents or in a file (`STATUS_INCIDENTS`), which is there while the database is not.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
import tomllib
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import structlog
from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from msgspec import Meta

from realstaging.domains.operations import incidents
from realstaging.domains.operations import service as operations
from realstaging.domains.operations.incidents import SHOWN_FOR
from realstaging.kit.bounds import Name
from realstaging.runtime import heartbeats
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost

log = structlog.get_logger()

# Seconds for which what was found out is told: a page that many load asks the parts no more often.
BELIEVED_FOR: Final = 15.0
# Seconds that a part may take to answer.
PATIENCE: Final = 3.0
# Stagings that wait longer for a place than this are slow.
LONG_WAIT: Final = timedelta(minutes=5)
MOST_SHOWN: Final = 50
LARGEST_FILE: Final = 256 * 1024


class State(StrEnum):
    """How a component is; the value is what people read."""

    WORKS = "Works"
    SLOW = "Slow"
    FAILS = "Does not work"


class Component(msgspec.Struct, frozen=True):
    """A part of the service as people know it."""

    name: str
    about: str
    state: State


class Incident(msgspec.Struct, frozen=True):
    """Something that happened; without ``ended`` it goes on."""

    title: Name
    text: Annotated[str, Meta(max_length=4000)]
    began: datetime
    ended: datetime | None = None


class Incidents(msgspec.Struct, frozen=True):
    """The file: TOML, a table [[incident]] each."""

    incident: Annotated[list[Incident], Meta(max_length=1000)] = []


class Report(msgspec.Struct, frozen=True):
    """What is told of an incident; ``at``: when that was written, where it is known."""

    text: str
    at: datetime | None = None


class Told(msgspec.Struct, frozen=True):
    """An incident as the page tells it, out of the file or the rows; the newest report comes first."""

    title: str
    began: datetime
    ended: datetime | None
    reports: list[Report]


class Board(msgspec.Struct, frozen=True):
    """What the page tells."""

    at: datetime
    components: list[Component]
    incidents: list[Told]


class Status:
    """Finds out how things are, at most once in a while."""

    def __init__(self, platform: Platform, incidents: str) -> None:
        """``incidents``: the path of the file; empty for none."""
        self._platform = platform
        self._incidents = Path(incidents) if incidents else None
        self._known: Board | None = None
        self._until = 0.0
        self._looking = asyncio.Lock()

    async def board(self) -> Board:
        """How things are, or were some seconds ago."""
        async with self._looking:
            if self._known is None or time.monotonic() >= self._until:
                self._known = await self._look()
                self._until = time.monotonic() + BELIEVED_FOR
            return self._known

    async def _look(self) -> Board:
        platform, now = self._platform, self._platform.clock()
        ping: Any = platform.wake_ups.redis.ping()
        # The storage is asked whether a file is there that never is: the answer is what counts.
        database, live, storage, staging = await asyncio.gather(
            _works(platform.database.fetchval("select 1")),
            _works(ping),
            _works(platform.storage.head("health/probe")),
            self._staging(),
        )
        components = [
            Component("Web app and API", "Signing in, projects, photos", database),
            Component("Uploads and downloads", "Sending photos, fetching pictures", storage),
            Component("Staging", "Pictures are made", staging),
            # Without it pages still learn what happened, some seconds later.
            Component("Live updates", "Pages follow along by themselves", live if live is State.WORKS else State.SLOW),
        ]
        in_file = await asyncio.to_thread(self._in_file)
        return Board(now, components, _shown([*in_file, *await self._in_rows(now)], now))

    async def _staging(self) -> State:
        try:
            async with asyncio.timeout(PATIENCE):
                alive = await heartbeats.alive(self._platform.database)
                longest = await operations.longest_wait_of_a_staging(self._platform.database)
        except Exception as error:  # noqa: BLE001 - whatever it fails with, nothing is staged
            log.warning("status.not_found_out", error=repr(error))
            return State.FAILS
        if not any(one.process == "worker" for one in alive):
            return State.FAILS
        return State.SLOW if longest > LONG_WAIT else State.WORKS

    def _in_file(self) -> list[Told]:
        """What the file tells. One that cannot be read is told in the log: the page is there all the same."""
        if self._incidents is None:
            return []
        try:
            found = read_incidents(self._incidents)
        except (OSError, ValueError) as error:
            log.error("status.incidents_unreadable", error=str(error))  # noqa: TRY400 - what it says is in the message
            return []
        return [Told(one.title, one.began, one.ended, [Report(one.text)]) for one in found]

    async def _in_rows(self, now: datetime) -> list[Told]:
        """What operators wrote at their page; nothing while the database is away, which the components tell."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await incidents.listed(self._platform.database, now - SHOWN_FOR)
        except Exception as error:  # noqa: BLE001 - whatever it fails with, the page is there
            log.warning("status.not_found_out", error=repr(error))
            return []
        return [
            Told(
                one.title,
                one.began_at,
                one.ended_at,
                [Report(report.text, report.written_at) for report in reversed(one.reports)],
            )
            for one in found
        ]


def _shown(found: Sequence[Told], now: datetime) -> list[Told]:
    """What goes on, and what happened lately, newest first."""
    shown = [one for one in found if one.ended is None or one.ended > now - SHOWN_FOR]
    return sorted(shown, key=lambda one: (one.ended is None, one.began), reverse=True)[:MOST_SHOWN]


def read_incidents(path: Path) -> list[Incident]:
    """What the file tells. OSError, or ValueError that says what is wrong with it."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError(f"The file of incidents is larger than {LARGEST_FILE} bytes.")
    found = msgspec.convert(tomllib.loads(data.decode()), Incidents).incident
    for one in found:
        if one.began.tzinfo is None or (one.ended and one.ended.tzinfo is None):
            raise ValueError(f"Times of incidents need their zone, as 2026-11-26T10:00:00Z: {one.title}.")
    return found


async def _works(part: Awaitable[Any]) -> State:
    try:
        async with asyncio.timeout(PATIENCE):
            await part
    except Exception as error:  # noqa: BLE001 - whatever a part fails with, it does not work
        log.warning("status.part_fails", error=repr(error))
        return State.FAILS
    return State.WORKS


STYLE: Final = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:44rem;padding:1.5rem 1rem 3rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 0}
.all{border-radius:.5rem;padding:.75rem 1rem;font-weight:600;border:2px solid}
.works{border-color:#2b8a3e}.slow{border-color:#e67700}.fails{border-color:#c92a2a}
ul{list-style:none;margin:1rem 0;padding:0}li{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;padding:.6rem 0;border-bottom:1px solid #8884}
a{color:inherit}small{opacity:.75;display:block}p{margin:.25rem 0}
"""
_DIGEST: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
CACHED: Final = f"public, max-age={BELIEVED_FOR:.0f}"
# How the whole is called by its worst component.
SUMMARY: Final = {
    State.WORKS: ("works", "Everything works."),
    State.SLOW: ("slow", "Something is slower than it should be."),
    State.FAILS: ("fails", "Something does not work. We see it, too."),
}


def page(board: Board) -> str:
    """The page: words first, colours besides."""
    worst = max((one.state for one in board.components), key=list(State).index)
    name, sentence = SUMMARY[worst]
    components = "".join(
        f"<li><span>{escape(one.name)}<small>{escape(one.about)}</small></span><strong>{one.state.value}</strong></li>"
        for one in board.components
    )
    incidents = "".join(_told(one) for one in board.incidents) or "<p>None in the last 90 days.</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Status: {sentence}</title><style>{STYLE}</style></head><body><main><h1>Real Staging: status</h1>"
        f'<p class="all {name}" role="status">{sentence}</p><ul>{components}</ul>'
        # Asked for, not by itself: a page that reloads is taken from under who reads it slowly (WCAG 2.2.1).
        f'<p><small>Looked at {_time(board.at)}.</small><a href="/status">Look again</a></p>'
        f"<h2>Incidents</h2>{incidents}</main></body></html>"
    )


def _told(incident: Told) -> str:
    ended = f"until {_time(incident.ended)}" if incident.ended else "<strong>goes on</strong>"
    reports = "".join(_report(one) for one in incident.reports)
    return (
        f"<article><h3>{escape(incident.title)}</h3><small>{_time(incident.began)}, {ended}</small>{reports}</article>"
    )


def _report(report: Report) -> str:
    at = f"<small>{_time(report.at)}</small>" if report.at else ""
    return at + "".join(f"<p>{escape(line)}</p>" for line in report.text.splitlines() if line.strip())


def _time(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">{at:%d %B %Y, %H:%M} UTC</time>'


@get("/status", exclude_from_auth=True, include_in_schema=False, opt={"cost": Cost.FILE})
async def status_page(status: NamedDependency[Status]) -> Response[str]:
    """Whether the service works, for people."""
    headers = {"Cache-Control": CACHED, "Content-Security-Policy": POLICY}
    return Response(page(await status.board()), media_type=MediaType.HTML, headers=headers)


ROUTES: Final[Sequence[Any]] = [status_page]
