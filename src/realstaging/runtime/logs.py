"""Log lines: one event with its fields each, JSON for machines or aligned for people; never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from opentelemetry import trace

SECRET: Final = re.compile(r"authorization|token|secret|password|signature|api_?key|cookie", re.IGNORECASE)
IN_ADDRESS: Final = re.compile(
    r"(?<=://)[^/@\s]+@|(?<=[?&]signature=)[^&\s'\"]+|(?<=[?&]X-Amz-Signature=)[^&\s'\"]+|(?<=[?&]token=)[^&\s'\"]+"
)
HIDDEN: Final = "[hidden]"
# Libraries whose everyday lines say nothing to the people who run this.
CHATTY: Final = ("saq", "alembic", "aiohttp.access", "uvicorn", "botocore", "PIL")

Event = MutableMapping[str, Any]


def configure(level: str, *, as_json: bool) -> None:
    """Set up logging for this process."""
    logging.basicConfig(level=level.upper(), stream=sys.stdout, format="%(levelname)s %(name)s %(message)s", force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            with_trace,
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.processors.JSONRenderer()
            if as_json
            else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )


def with_trace(_logger: Any, _method: str, event: Event) -> Event:
    """The id of the trace this line belongs to, where there is one."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace"] = f"{context.trace_id:032x}"
    return event


def without_secrets(_logger: Any, _method: str, event: Event) -> Event:
    """Hide fields that are named like secrets, and credentials inside addresses."""
    for name, value in event.items():
        if SECRET.search(name):
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = IN_ADDRESS.sub(HIDDEN, value)
    return event
