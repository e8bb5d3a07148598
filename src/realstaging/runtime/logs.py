"""Log lines: one event with its fields each, JSON for machines or aligned for people; never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

import structlog

from realstaging.kit import tracing

SECRET: Final = re.compile(r"authorization|token|secret|password|signature|api_?key|cookie", re.IGNORECASE)
IN_ADDRESS: Final = re.compile(
    r"(?<=://)[^/@\s]+@|(?<=[?&]signature=)[^&\s'\"]+|(?<=[?&]X-Amz-Signature=)[^&\s'\"]+|(?<=[?&]token=)[^&\s'\"]+"
)
# API keys and links of ours, wherever they stand; what they open may be told (kit/bearer_texts).
OURS: Final = re.compile(r"(rs_[a-z]{4}_)[0-9A-Za-z]{8,}")
HIDDEN: Final = "[hidden]"
# Libraries whose everyday lines say nothing to the people who run this.
CHATTY: Final = ("saq", "alembic", "aiohttp.access", "uvicorn", "botocore", "PIL")

Event = MutableMapping[str, Any]


class Veil:
    """Hides secrets in log lines, wherever they stand: fields that are named like one, credentials inside addresses, and the
    secrets that this process was given, word for word.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        given = [re.escape(secret) for secret in secrets]
        self._given = re.compile("|".join(given)) if given else None

    def __call__(self, _logger: Any, _method: str, event: Event) -> Event:
        for name, value in event.items():
            event[name] = HIDDEN if SECRET.search(name) else self.over(value)
        return event

    def over(self, value: Any) -> Any:
        """The value with nothing secret in it, however deep it lay."""
        if isinstance(value, str):
            # Whole words first: what else is known of addresses may end in the middle of one.
            shown = self._given.sub(HIDDEN, value) if self._given else value
            return OURS.sub(rf"\1{HIDDEN}", IN_ADDRESS.sub(HIDDEN, shown))
        if isinstance(value, dict):
            return {key: HIDDEN if SECRET.search(str(key)) else self.over(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.over(inner) for inner in value]
        if value is None or isinstance(value, (bool, int, float)):
            return value
        return self.over(str(value))


class _Formatter(logging.Formatter):
    """For the lines of libraries, and the traces below them."""

    def __init__(self, veil: Veil) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s")
        self._veil = veil

    def format(self, record: logging.LogRecord) -> str:
        return str(self._veil.over(super().format(record)))


def configure(level: str, *, as_json: bool, secrets: Iterable[str] = ()) -> None:
    """Set up logging for this process. ``secrets`` are hidden in every line, whoever writes it."""
    veil = Veil(secrets)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Formatter(veil))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            with_trace,
            structlog.processors.format_exc_info,
            veil,
            structlog.processors.JSONRenderer()
            if as_json
            else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )


def with_trace(_logger: Any, _method: str, event: Event) -> Event:
    """Which step of which trace this line belongs to, where there is one."""
    if span := tracing.current():
        event["trace_id"], event["span_id"] = f"{span.trace_id:032x}", f"{span.span_id:016x}"
    return event
