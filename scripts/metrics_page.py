"""docs/reference/metrics.md: every metric that a process tells, read from the code that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from realstaging import api, worker  # both, for all that they count
from realstaging.domains.operations import figures
from realstaging.runtime.otlp_metrics import SEMANTIC

BOTH = (api, worker)
OTHERS = "`process_…` and `python_…` are the client library's: memory, processor time, open files, collections of the garbage collector."


def metrics() -> dict[str, MetricWrapperBase]:
    """Those of ours, by the names that Prometheus knows them by."""
    registered: dict[Any, Any] = REGISTRY._collector_to_names  # noqa: SLF001 - there is no public way to a metric that nothing was counted in
    found = {}
    for metric in registered:
        if isinstance(metric, MetricWrapperBase):
            family = metric.describe()[0]
            found[f"{family.name}_total" if family.type == "counter" else family.name] = metric
    return dict(sorted(found.items()))


def page() -> str:
    return "\n".join([*_head(), *_rows(), "", OTHERS, ""])


def _head() -> Iterator[str]:
    yield "# Metrics\n"
    yield (
        "Every metric, with its labels. Written from the code by `make fix`; [who is told, and how](../how-to/monitoring.md). A histogram has the series "
        "`_bucket`, `_sum` and `_count`. **Rows**: what the database says of the whole service, the same whichever process tells it: take it by `max`.\n"
    )
    yield (
        "Over OTLP the names are the same, but for: "
        + ", ".join(f"`{name}` is `{semantic}`" for name, semantic in SEMANTIC.items())
        + ", with the labels of the semantic conventions.\n"
    )
    yield "| metric | kind | labels | |\n|---|---|---|---|"


def _rows() -> Iterator[str]:
    of_rows = {id(one) for one in vars(figures).values() if isinstance(one, MetricWrapperBase)}
    of_rows -= {id(one) for one in figures.OF_MACHINES}
    for name, metric in metrics().items():
        family = metric.describe()[0]
        labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # noqa: SLF001 - as above
        about = f"{family.documentation}{' **Rows.**' if id(metric) in of_rows else ''}"
        yield f"| `{name}` | {family.type} | {labels} | {about} |"
