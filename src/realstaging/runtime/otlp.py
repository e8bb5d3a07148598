"""Traces that are kept, and metrics, sent to a collector in OpenTelemetry's protocol (OTLP by http/protobuf), where one is set.

Which traces: decided for all that one process did for one cause, when that is over (decision 109). The exporter, its queue and its
encoding are OpenTelemetry's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import msgspec
import structlog

from realstaging.kit import tracing
from realstaging.kit.tasks import ended
from realstaging.kit.tracing import Kind, Span
from realstaging.runtime import otlp_metrics
from realstaging.runtime.release import INSTANCE, release

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

log = structlog.get_logger()

# Seconds that a collector may take to answer.
PATIENCE: Final = 5
# Seconds between two times that metrics are sent.
EVERY: Final = 60.0


class Keeping(msgspec.Struct, frozen=True):
    """Which traces are kept, besides those in which something went wrong: so many of a hundred, and those that took so long (seconds)."""

    percent: float = 1.0
    slow_request: float = 1.0
    slow_job: float = 60.0


class Keeper:
    """Keeps whole traces of this process, decided when their first span ends: sampled ones, failed ones and slow ones."""

    def __init__(self, keeping: Keeping, export: Callable[[Span], None]) -> None:
        self._slow = {Kind.SERVER: keeping.slow_request}
        self._slow_else = keeping.slow_job
        self._export = export

    def take(self, root: Span, spans: Sequence[Span]) -> bool:
        slow = root.seconds >= self._slow.get(root.kind, self._slow_else)
        # What comes late is kept where all before it was.
        if not (root.part.kept or root.sampled or root.failed or slow):
            return False
        for span in spans:
            self._export(span)
        return True


class Otlp(msgspec.Struct, frozen=True):
    """Where traces and metrics are sent, as http://collector:4318, and which traces. Empty: nowhere."""

    endpoint: str = ""
    keeping: Keeping = Keeping()


class Sender:
    """Sends one process's traces, and its metrics once a minute; nothing waits for a collector, and what it does not take is left out."""

    def __init__(self, process: str, wanted: Otlp) -> None:
        # They bring protobuf: only who sends pays for loading it.
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

        address = wanted.endpoint.rstrip("/")
        self._resource = Resource.create(described(process))
        self._spans = BatchSpanProcessor(OTLPSpanExporter(f"{address}/v1/traces", timeout=PATIENCE))
        self._metrics = OTLPMetricExporter(f"{address}/v1/metrics", timeout=PATIENCE)
        tracing.collect(Keeper(wanted.keeping, self._export), wanted.keeping.percent / 100)

    def _export(self, span: Span) -> None:
        self._spans.on_end(readable(span, self._resource))

    def tell_metrics(self) -> None:
        """Every metric as it is now. Waits for the collector: call it in a thread."""
        self._metrics.export(otlp_metrics.collected(self._resource))

    async def keep_telling(self) -> None:
        """Once a minute, for as long as the process lives."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await asyncio.to_thread(self.tell_metrics)
            except Exception as error:  # noqa: BLE001 - the next minute's must come
                log.warning("otlp.metrics_not_sent", error=repr(error))

    def shutdown(self) -> None:
        """Send what is left."""
        tracing.collect(None)
        self._spans.shutdown()  # type: ignore[no-untyped-call] # OpenTelemetry says nothing of what it gives
        self._metrics.shutdown()


def described(process: str) -> dict[str, str]:
    """What a process says of itself in traces and metrics (OpenTelemetry's `service.…`)."""
    return {
        "service.name": f"realstaging-{process}",
        "service.namespace": "realstaging",
        "service.version": release().version,
        "service.instance.id": str(INSTANCE),
    }


@asynccontextmanager
async def sent(process: str, wanted: Otlp) -> AsyncIterator[None]:
    """Send this process's traces and metrics while the block runs."""
    if not wanted.endpoint:
        yield
        return
    sender = Sender(process, wanted)
    telling = asyncio.create_task(sender.keep_telling())
    try:
        yield
    finally:
        await ended(telling)
        await asyncio.to_thread(sender.shutdown)


def readable(span: Span, resource: Any) -> ReadableSpan:
    """A span in OpenTelemetry's words."""
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415
    from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags  # noqa: PLC0415

    def told(trace_id: int, span_id: int, *, remote: bool = False) -> SpanContext:
        return SpanContext(trace_id, span_id, is_remote=remote, trace_flags=TraceFlags(TraceFlags.SAMPLED))

    return ReadableSpan(
        name=span.name,
        context=told(span.trace_id, span.span_id),
        parent=told(span.trace_id, span.parent_id, remote=True) if span.parent_id else None,
        resource=resource,
        attributes=span.attributes,
        links=[Link(told(link.trace_id, link.span_id, remote=True)) for link in span.links],
        kind=SpanKind(span.kind),
        status=Status(StatusCode.ERROR, span.error) if span.error else Status(),
        start_time=span.began,
        end_time=span.ended,
    )
