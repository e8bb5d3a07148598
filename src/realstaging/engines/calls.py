"""Requests to providers as steps of a trace and a metric, named by OpenTelemetry's conventions for clients of HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import Histogram

from realstaging.kit.tracing import Kind, Span

CALLS: Final = Histogram(
    "http_client_request_duration_seconds",
    "Time for a request to a provider, by its address's pattern, its answer and what went wrong (empty: nothing).",
    ["server_address", "http_request_method", "url_template", "http_response_status_code", "error_type"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
STATUS: Final = "http.response.status_code"
REFUSED: Final = 400


@contextmanager
def calling(host: str, method: str, template: str) -> Iterator[Span]:
    """For one request; `answered` says what came. ``template``: the address without what names one thing. Nothing of ours is sent along:
    whose trace it is, is no provider's business.
    """
    attributes = {"http.request.method": method, "server.address": host, "url.template": template}
    span = Span(f"{method} {template}", Kind.CLIENT, attributes)
    try:
        with span:
            yield span
    finally:
        status = str(span.attributes.get(STATUS, ""))
        CALLS.labels(host, method, template, status, span.error or "").observe(span.seconds, span.exemplar)


def answered(span: Span, status: int) -> None:
    """What the provider said; for who asks, a refusal is a failure."""
    span.attributes[STATUS] = status
    if status >= REFUSED:
        span.fail(str(status))
