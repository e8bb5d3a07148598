"""Every operation of a storage as a step of a trace and a metric."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from prometheus_client import Histogram

from realstaging.kit import tracing
from realstaging.kit.tracing import Kind

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

OPERATIONS: Final = Histogram(
    "realstaging_storage_operation_duration_seconds",
    "Time for one operation of the storage of files, by what went wrong in it (empty: nothing).",
    ["operation", "error_type"],
    buckets=(0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)

Method = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def observed(method: Method[S, P, T]) -> Method[S, P, T]:
    """A storage's method, told of. No key is: it may say whose file it is."""
    operation = method.__name__

    @wraps(method)
    async def told(self: S, /, *arguments: P.args, **more: P.kwargs) -> T:
        span = tracing.Span(f"storage {operation}", Kind.CLIENT, {"realstaging.storage.operation": operation})
        try:
            with span:
                return await method(self, *arguments, **more)
        finally:
            OPERATIONS.labels(operation, span.error or "").observe(span.seconds, span.exemplar)

    return told
