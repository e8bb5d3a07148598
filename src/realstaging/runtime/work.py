"""One transaction, and what leaves when it has been committed.

    async with transaction(platform) as work:
        await store.insert(work.connection, ...)
        work.enqueue(Stage(staging_id), lane="cpu")
        work.publish(account_id, StagingChanged(...))
        work.record(account_id, Action.STAGING_REQUESTED, staging_id, style=...)

Job rows, event rows and entries of the audit trail are written in the same transaction; jobs and events are told after the commit.
Only the edge (a request, a job step) opens one; use cases take it as an argument (decision 1).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar, Final, TypeVar
from uuid import UUID

import msgspec

from realstaging.kit import tracing
from realstaging.kit.ids import new_id
from realstaging.kit.tracing import Kind
from realstaging.runtime import acting, trail
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Act, Action, Detail, Entry
from realstaging.runtime.wake_ups import EventMessage, WakeUp

T = TypeVar("T")

DATABASE: Final = {"db.system.name": "postgresql", "db.operation.name": "transaction"}


class Payload(msgspec.Struct, frozen=True, tag_field="kind"):
    """What a job is about. Each kind of job is a struct of its domain (``payloads.py``): its tag is the kind (decision 87).

    Rows outlive releases: a field that is added has a default, until no job without it can be left.
    """


class NewJob(msgspec.Struct, frozen=True):
    id: UUID
    kind: str
    lane: str
    payload: msgspec.Raw
    run_at: datetime | None
    """None: at once, whatever this process takes for now. The clock that jobs go by is the database's."""
    account_id: UUID | None
    asked_by: UUID | None = None
    """Whoever acted when it was asked for: it acts on their behalf."""
    trace: str | None = None
    """The step that asked for it, as a traceparent: its runs are part of that trace."""


class Event(msgspec.Struct, frozen=True, tag_field="kind"):
    """Something that an account's browsers are told. Each kind is a struct of its domain (``events.py``): its tag is what the event is
    called, ``data`` what is told. All of them are one union in the API's description (decision 87).
    """

    needs: ClassVar[str] = "read"
    """The permission without which nobody is told: the one by which what is told can be read."""
    data: Any

    @property
    def kind(self) -> str:
        """What the event is called."""
        return str(self.__struct_config__.tag)


class NewEvent(msgspec.Struct, frozen=True):
    account_id: UUID
    kind: str
    data: msgspec.Raw


class Work:
    """An open transaction that collects its jobs, its events and what it puts down in the audit trail."""

    def __init__(self, platform: Platform, connection: Connection) -> None:
        self.platform = platform
        self.connection = connection
        self.now = platform.clock()
        self._jobs: list[NewJob] = []
        self._events: list[NewEvent] = []
        self._at_end: dict[Callable[[Work, list[Any]], Awaitable[None]], list[Any]] = {}
        self._entries: list[Entry] = []
        self._told: list[EventMessage] = []

    def enqueue(
        self,
        payload: Payload,
        *,
        lane: str = "general",
        run_at: datetime | None = None,
        account_id: UUID | None = None,
    ) -> UUID:
        """Have a job run after the commit, in its account's turn; without an account, the system's. Returns its id."""
        kind, written = str(payload.__struct_config__.tag), msgspec.Raw(msgspec.json.encode(payload))
        asker = acting.current().actor
        asked_by, trace = asker.id if asker else None, tracing.traceparent()
        job = NewJob(new_id(), kind, lane, written, run_at, account_id, asked_by, trace)
        self._jobs.append(job)
        return job.id

    def publish(self, account_id: UUID, event: Event) -> None:
        """Tell the account's browsers something after the commit, and domains that asked to be told, now: what they do is part of
        this transaction.
        """
        self._events.append(NewEvent(account_id, event.kind, msgspec.Raw(msgspec.json.encode(event.data))))
        for subscriber in self.platform.subscribers.get(type(event), ()):
            subscriber(self, account_id, event)

    def tell(self, kind: str, data: msgspec.Struct) -> None:
        """Have every API process told something after the commit that no browser is, and no row keeps: a message may be lost."""
        self._told.append(EventMessage(0, UUID(int=0), kind, msgspec.Raw(msgspec.json.encode(data))))

    def at_end(self, write: Callable[[Work, list[T]], Awaitable[None]], item: T) -> None:
        """Have ``write`` called once at the end of this transaction, with all items it was given: what a subscriber, who may not wait,
        has to write in the transaction that told it.
        """
        self._at_end.setdefault(write, []).append(item)

    def record(self, account_id: UUID | None, action: Action, subject: object = None, /, **details: Detail) -> None:
        """Put down in the audit trail that whoever acts here did this, to ``subject`` (an id, or a name of ours); without an account,
        to the platform. Details are cut to their bounds, and are for people: names, numbers, never a secret or what a letter says.
        """
        act = Act(account_id, action, None if subject is None else str(subject), details)
        self._entries.append(trail.entry(new_id(), self.now, act))

    async def flush(self) -> tuple[list[WakeUp], list[EventMessage]]:
        """Write the collected rows; returns the messages to send once they are committed."""
        while self._at_end:
            write = next(iter(self._at_end))
            await write(self, self._at_end.pop(write))
        jobs, events, entries = self._jobs, self._events, self._entries
        self._jobs, self._events, self._entries = [], [], []
        if entries:
            await self._write_entries(entries)
        if jobs:
            await self._write_jobs(jobs)
        told, self._told = self._told, []
        messages = await self._write_events(events) if events else []
        return [WakeUp(job.lane, job.run_at or self.now) for job in jobs], messages + told

    async def _write_jobs(self, jobs: list[NewJob]) -> None:
        await self.connection.execute(
            """insert into jobs (id, kind, lane, payload, run_at, account_id, asked_by, trace)
               select id, kind, lane, payload, coalesce(run_at, now()), account_id, asked_by, trace
               from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::text[])
                 as given (id, kind, lane, payload, run_at, account_id, asked_by, trace)""",
            [job.id for job in jobs],
            [job.kind for job in jobs],
            [job.lane for job in jobs],
            [job.payload for job in jobs],
            [job.run_at for job in jobs],
            [job.account_id for job in jobs],
            [job.asked_by for job in jobs],
            [job.trace for job in jobs],
        )

    async def _write_entries(self, entries: list[Entry]) -> None:
        # A sign-in is put down once for each device and day: the index says so, to any number of requests at once.
        await self.connection.execute(
            """insert into audit_entries (id, created_at, account_id, action, subject, actor_kind, actor_id, actor_name, address,
                 device, details)
               select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[],
                 $8::text[], $9::text[], $10::text[], $11::jsonb[])
               on conflict do nothing""",
            [entry.id for entry in entries],
            [entry.created_at for entry in entries],
            [entry.account_id for entry in entries],
            [entry.action for entry in entries],
            [entry.subject for entry in entries],
            [entry.actor.kind for entry in entries],
            [entry.actor.id for entry in entries],
            [entry.actor.name for entry in entries],
            [entry.address for entry in entries],
            [entry.device for entry in entries],
            [entry.details for entry in entries],
        )

    async def _write_events(self, events: list[NewEvent]) -> list[EventMessage]:
        # Identity values are given out before the commit, so two transactions could commit in the other order and a browser
        # that has seen the larger id would never ask for the smaller. One writer per account at a time keeps ids in order:
        # newest_event() waits for its turn, and sees what the writer before it committed.
        rows = await self.connection.fetch(
            """with before as materialized (
                 select account_id, newest_event(account_id) as newest
                 from (select distinct unnest($1::uuid[]) as account_id order by 1) as accounts),
               written as (
                 insert into events (account_id, kind, data, trace)
                 select account_id, kind, data, $4::text
                 from before join unnest($1::uuid[], $2::text[], $3::jsonb[]) with ordinality as given (account_id, kind, data, place)
                   using (account_id)
                 order by place returning id, account_id)
               select id, newest from written join before using (account_id) order by id""",
            [event.account_id for event in events],
            [event.kind for event in events],
            [event.data for event in events],
            trace := tracing.traceparent(),
        )
        messages: list[EventMessage] = []
        last: dict[UUID, int] = {}
        for row, event in zip(rows, events, strict=True):
            previous = last.get(event.account_id, row["newest"])
            messages.append(EventMessage(row["id"], event.account_id, event.kind, event.data, previous, trace))
            last[event.account_id] = row["id"]
        return messages


@asynccontextmanager
async def rehearsal(platform: Platform) -> AsyncIterator[Work]:
    """A transaction that is never kept: what would come of something can be asked of the code that does it. Nothing is told of it, lines
    for operators and metrics neither where that code leaves them to `Work.at_end`.
    """
    async with platform.database.acquire() as connection:
        tried = connection.transaction()
        await tried.start()
        try:
            yield Work(platform, connection)
        finally:
            await tried.rollback()


@asynccontextmanager
async def transaction(platform: Platform) -> AsyncIterator[Work]:
    """Open a transaction; commit it, then tell. An exception rolls everything back, jobs and events with it."""
    with tracing.Span("transaction", Kind.CLIENT, DATABASE):
        async with platform.database.acquire() as connection, connection.transaction():
            work = Work(platform, connection)
            yield work
            jobs, events = await work.flush()
    if jobs or events:
        await platform.wake_ups.send(jobs, events)
