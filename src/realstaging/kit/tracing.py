"""Traces: what was done for one request, step by step, in whichever process.

Spans of our own, made for what nearly always becomes of them: they are forgotten (decision 109). A span costs a few microseconds,
and only a trace that is kept is put into OpenTelemetry's words, by `runtime.telemetry`. What goes from one process to another is a
traceparent (W3C Trace Context, https://www.w3.org/TR/trace-context/); names and attributes are those of OpenTelemetry's semantic
conventions 1.44 where they are stable. Those of messaging are not yet: ours stand here, in one place.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar, Token
from enum import IntEnum
from types import TracebackType
from typing import Final, Protocol, Self
from uuid import UUID

import msgspec

from realstaging.kit.errors import AppError

Attribute = str | int | float | bool

MOST_SPANS: Final = 512
"""Of one trace in one process, those that end first; the first of all, which ends last, tells how many more there were."""
LEFT_OUT: Final = "realstaging.spans.left_out"
SERVER_ERROR: Final = 500

# Messaging is in development in the semantic conventions.
PROCESS: Final = "process"
MESSAGING: Final = "messaging.system"
OPERATION: Final = "messaging.operation.name"
OPERATION_TYPE: Final = "messaging.operation.type"
DESTINATION: Final = "messaging.destination.name"
MESSAGE: Final = "messaging.message.id"
RUN: Final = "realstaging.job.run"
OUTCOME: Final = "realstaging.job.outcome"

_WRITTEN: Final = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")


class Kind(IntEnum):
    """OpenTelemetry's kinds of spans, by its numbers."""

    INTERNAL = 0
    SERVER = 1
    CLIENT = 2
    PRODUCER = 3
    CONSUMER = 4


class Context(msgspec.Struct, frozen=True):
    """Where in which trace something was asked for. ``sampled``: whether the trace is one of those kept in any case; None where that is
    not decided yet.
    """

    trace_id: int
    span_id: int
    sampled: bool | None = None

    def __str__(self) -> str:
        return f"00-{self.trace_id:032x}-{self.span_id:016x}-{bool(self.sampled):02x}"


class Collector(Protocol):
    """Takes whole traces of this process."""

    def take(self, root: Span, spans: Sequence[Span]) -> bool:
        """Of what ended, all of it; whether it is kept. Must not wait."""
        ...


class _Part:
    """The part of a trace that is done here for one cause: a request, a run of a job, a turn of a chore."""

    __slots__ = ("failed", "finished", "kept", "left_out", "over", "sampled")

    def __init__(self, *, sampled: bool) -> None:
        self.sampled = sampled
        self.failed = False
        self.kept = False
        self.over = False
        self.left_out = 0
        self.finished: list[Span] = []


class Span:
    """One step: a context manager. Times in nanoseconds since 1970."""

    trace_id: int
    span_id: int
    parent_id: int
    part: _Part

    __slots__ = (
        "_root",
        "_token",
        "attributes",
        "began",
        "ended",
        "error",
        "kind",
        "links",
        "name",
        "parent_id",
        "part",
        "span_id",
        "trace_id",
    )

    def __init__(
        self,
        name: str,
        kind: Kind = Kind.INTERNAL,
        attributes: Mapping[str, Attribute] | None = None,
        *,
        parent: Context | None = None,
        context: Context | None = None,
        links: Sequence[Context] = (),
    ) -> None:
        """``parent``: a span of another process; else the step that is under way here, if there is one, is it. ``context``: which
        span this is, where others have to know that without being told.
        """
        above = _CURRENT.get() if parent is None and context is None else None
        self.name, self.kind, self.links = name, kind, links
        self.attributes: dict[str, Attribute] = dict(attributes) if attributes else {}
        self.error: str | None = None
        self._root = above is None
        if above is not None:
            self.trace_id, self.parent_id, self.part = above.trace_id, above.span_id, above.part
            self.span_id = _new_id(64)
        else:
            of_trace = context or parent
            self.trace_id = of_trace.trace_id if of_trace else _new_id(128)
            self.parent_id = parent.span_id if parent else 0
            self.span_id = context.span_id if context else _new_id(64)
            decided = of_trace.sampled if of_trace else None
            self.part = _Part(sampled=random.random() < _STATE.share if decided is None else decided)
        self.ended = 0
        self.began = time.time_ns()

    def __enter__(self) -> Self:
        self._token: Token[Span | None] = _CURRENT.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        # A coroutine that nobody waits for is closed wherever the collector finds it, and its span is current nowhere any more.
        with suppress(ValueError):
            _CURRENT.reset(self._token)
        if error is not None and is_failure(error):
            self.fail(type(error).__name__)
        self._end()

    def fail(self, kind: str) -> None:
        """Something went wrong in it; of which ``kind`` (`error.type`). A trace with such a step is kept."""
        self.error = kind
        self.attributes["error.type"] = kind
        self.part.failed = True

    @property
    def context(self) -> Context:
        """What others are told."""
        return Context(self.trace_id, self.span_id, self.part.sampled)

    @property
    def sampled(self) -> bool:
        """Whether its trace is kept whatever becomes of it."""
        return self.part.sampled

    @property
    def failed(self) -> bool:
        """Whether something went wrong in any step of its trace here."""
        return self.part.failed

    @property
    def seconds(self) -> float:
        # The clock may be set meanwhile.
        return max(0, self.ended - self.began) / 1e9

    @property
    def exemplar(self) -> dict[str, str] | None:
        """Names the trace in a metric, where the trace is kept, as far as that is known: all is known once its first span has ended."""
        part = self.part
        kept = part.kept if part.over else part.sampled or part.failed
        return {"trace_id": f"{self.trace_id:032x}"} if kept and _STATE.collector else None

    def _end(self) -> None:
        self.ended = time.time_ns()
        part, collector = self.part, _STATE.collector
        if collector is None:
            return
        if self._root:
            if part.left_out:
                self.attributes[LEFT_OUT] = part.left_out
            part.finished.append(self)
            part.kept = collector.take(self, part.finished)
            part.over, part.finished = True, []
        elif part.over:
            # A task that its request began and did not wait for.
            if part.kept:
                collector.take(self, [self])
        elif len(part.finished) < MOST_SPANS:
            part.finished.append(self)
        else:
            part.left_out += 1


class _State:
    """Of this process: who takes its traces, and which share of them is kept in any case."""

    def __init__(self) -> None:
        self.collector: Collector | None = None
        self.share = 0.0


_STATE: Final = _State()
_CURRENT: Final[ContextVar[Span | None]] = ContextVar("span", default=None)


def collect(collector: Collector | None, share: float = 0.0) -> None:
    """From now on have ``collector`` take every trace; ``share`` (of 1) of those that begin here are sampled. None: nobody does."""
    _STATE.collector, _STATE.share = collector, share


def current() -> Span | None:
    """The step that is under way here."""
    return _CURRENT.get()


def traceparent() -> str | None:
    """The step that is under way, as others are told of it; None where there is none."""
    span = _CURRENT.get()
    return str(span.context) if span else None


def read(text: str, *, trusted: bool) -> Context | None:
    """What a traceparent says; None where it is none. Strangers (not ``trusted``) do not decide what is kept."""
    found = _WRITTEN.fullmatch(text)
    if found is None or not (trace_id := int(found[1], 16)) or not (span_id := int(found[2], 16)):
        return None
    return Context(trace_id, span_id, bool(int(found[3], 16) & 1) if trusted else None)


def of_run(job_id: UUID, run: int, asked: Context | None) -> Context:
    """The span of a job's run: it is the same for whoever works it out, so that a run can point to the one before it, which may have
    been killed before it told anybody. Where nobody's trace asked for the job, its id names one of its own.
    """
    digest = hashlib.blake2b(job_id.bytes + run.to_bytes(8, "big"), digest_size=8).digest()
    trace_id = asked.trace_id if asked else job_id.int
    return Context(trace_id, int.from_bytes(digest, "big") or 1, asked.sampled if asked else None)


def is_failure(error: BaseException) -> bool:
    """Whether an exception that leaves a step means that something went wrong; a refusal does not, nor that it was ended."""
    if isinstance(error, AppError):
        return error.status >= SERVER_ERROR
    return not isinstance(error, (asyncio.CancelledError, GeneratorExit))


def _new_id(bits: int) -> int:
    return random.getrandbits(bits) or 1
