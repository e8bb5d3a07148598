"""A stand-in for an OpenTelemetry collector: takes traces and metrics as they come over the wire (OTLP, http/protobuf)."""

from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Status

from harness.service import listener

KINDS = ("", "internal", "server", "client", "producer", "consumer")


@dataclass
class Told:
    """A span as it was told. Ids are bytes, as on the wire; `links` are the ids of spans."""

    trace: bytes
    id: bytes
    parent: bytes
    name: str
    kind: str
    error: str
    attributes: dict
    links: list
    resource: dict
    began: int


@dataclass
class Collector:
    url: str
    spans: list = field(default_factory=list)
    metrics: dict = field(default_factory=dict)

    def take_traces(self, body):
        for sent in ExportTraceServiceRequest.FromString(body).resource_spans:
            resource = attributes(sent.resource.attributes)
            for scope in sent.scope_spans:
                self.spans += [told(span, resource) for span in scope.spans]

    def take_metrics(self, body):
        for sent in ExportMetricsServiceRequest.FromString(body).resource_metrics:
            for scope in sent.scope_metrics:
                self.metrics |= {metric.name: metric for metric in scope.metrics}

    def trace(self, trace_id):
        return sorted((span for span in self.spans if span.trace.hex() == trace_id), key=lambda span: span.began)

    def tree(self, trace_id):
        """The trace as text: a step a line, below what it is part of."""
        below = defaultdict(list)
        spans = self.trace(trace_id)
        known = {span.id for span in spans}
        for span in spans:
            below[span.parent if span.parent in known else b""].append(span)

        def lines(parent, depth):
            for span in below[parent]:
                yield f"{'  ' * depth}{span.name}"
                yield from lines(span.id, depth + 1)

        return list(lines(b"", 0))


def told(span, resource):
    error = span.status.message if span.status.code == Status.STATUS_CODE_ERROR else ""
    links = [link.span_id for link in span.links]
    kind = KINDS[span.kind]
    of_span = attributes(span.attributes)
    ids = (span.trace_id, span.span_id, span.parent_span_id)
    return Told(*ids, span.name, kind, error, of_span, links, resource, span.start_time_unix_nano)


def attributes(pairs):
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}


@asynccontextmanager
async def collector():
    listening, url = listener()
    collecting = Collector(url)

    async def traces(request):
        collecting.take_traces(await request.read())
        return web.Response()

    async def metrics(request):
        collecting.take_metrics(await request.read())
        return web.Response()

    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/traces", traces)
    app.router.add_post("/v1/metrics", metrics)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield collecting
    finally:
        await runner.cleanup()
