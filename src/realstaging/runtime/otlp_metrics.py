"""Every metric of this process in OpenTelemetry's words: what Prometheus would be told, for collectors that are sent to.

Names and labels of HTTP are those of the semantic conventions, which Prometheus writes with underscores; ours stay as they are.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from prometheus_client import REGISTRY
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.samples import Sample

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import HistogramDataPoint, Metric, MetricsData, NumberDataPoint

SCOPE: Final = "realstaging"
SEMANTIC: Final[Mapping[str, str]] = {
    "http_server_request_duration_seconds": "http.server.request.duration",
    "http_client_request_duration_seconds": "http.client.request.duration",
}
LABELS: Final[Mapping[str, str]] = {
    name.replace(".", "_"): name
    for name in (
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "server.address",
        "url.template",
        "error.type",
    )
}
BEGAN: Final = time.time_ns()


def collected(resource: Any) -> MetricsData:
    """What this process has counted since it began, and its gauges as they are now."""
    from opentelemetry.sdk.metrics.export import MetricsData, ResourceMetrics, ScopeMetrics  # noqa: PLC0415 - who sends loads it
    from opentelemetry.sdk.util.instrumentation import InstrumentationScope  # noqa: PLC0415

    now = time.time_ns()
    metrics = [metric for family in REGISTRY.collect() if (metric := _metric(family, now))]
    scope = ScopeMetrics(InstrumentationScope(SCOPE), metrics, "")
    return MetricsData([ResourceMetrics(resource, [scope], "")])


def _metric(family: Family, now: int) -> Metric | None:
    from opentelemetry.sdk.metrics.export import AggregationTemporality, Gauge, Histogram, Metric, Sum  # noqa: PLC0415

    all_along = AggregationTemporality.CUMULATIVE
    data: Sum | Gauge | Histogram
    if family.type == "histogram":
        data = Histogram(list(_histograms(family.samples, now)), all_along)
    elif family.type == "counter":
        data = Sum(list(_numbers(family.samples, now, f"{family.name}_total")), all_along, is_monotonic=True)
    else:
        data = Gauge(list(_numbers(family.samples, now, family.name)))
    if not data.data_points:
        return None
    name = SEMANTIC.get(family.name, family.name)
    return Metric(name, family.documentation, "s" if family.name.endswith("_seconds") else "", data)


def _numbers(samples: Iterable[Sample], now: int, name: str) -> Iterator[NumberDataPoint]:
    from opentelemetry.sdk.metrics.export import NumberDataPoint  # noqa: PLC0415

    for sample in samples:
        if sample.name == name:
            yield NumberDataPoint(_attributes(sample.labels), BEGAN, now, sample.value)


def _histograms(samples: Iterable[Sample], now: int) -> Iterator[HistogramDataPoint]:
    """One for each set of labels. Prometheus counts into every bucket above; OpenTelemetry into the one."""
    from opentelemetry.sdk.metrics.export import HistogramDataPoint  # noqa: PLC0415

    sums: dict[tuple[tuple[str, str], ...], float] = {}
    buckets: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = {}
    for sample in samples:
        labels = tuple((name, value) for name, value in sample.labels.items() if name != "le")
        if sample.name.endswith("_bucket"):
            buckets.setdefault(labels, []).append((float(sample.labels["le"]), sample.value))
        elif sample.name.endswith("_sum"):
            sums[labels] = sample.value
    for labels, cumulative in buckets.items():
        counts = [count for _, count in cumulative]
        yield HistogramDataPoint(
            attributes=_attributes(dict(labels)),
            start_time_unix_nano=BEGAN,
            time_unix_nano=now,
            count=int(counts[-1]),
            sum=sums.get(labels, 0.0),
            bucket_counts=[int(count - below) for below, count in zip([0.0, *counts], counts, strict=False)],
            explicit_bounds=[bound for bound, _ in cumulative[:-1]],
            min=cast("float", None),  # unknown, which the protocol knows and the class does not
            max=cast("float", None),
        )


def _attributes(labels: Mapping[str, str]) -> dict[str, str]:
    return {LABELS.get(name, name): value for name, value in labels.items()}
