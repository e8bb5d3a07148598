"""docs/reference/limits.md: every limit, read from the code that enforces it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args, get_type_hints

import bounds_in_code
import msgspec

from realstaging.api import build, intake, protocol, stream
from realstaging.api.rate_limits import UNCOUNTED, cost_of
from realstaging.domains.archives import rules as archives
from realstaging.domains.archives import schemas as archive_schemas
from realstaging.domains.billing import rules
from realstaging.domains.billing.plans import QUOTAS
from realstaging.domains.photos import rules as photos
from realstaging.domains.staging import rules as stagings
from realstaging.engines.prompts import LONGEST_INSTRUCTIONS
from realstaging.engines.replicate import asking
from realstaging.imaging import jpeg, limits
from realstaging.kit import bounds, cursors
from realstaging.runtime import database, events, identity, jobs, lanes, rate_limits, retention, turns
from realstaging.runtime.keeping import KeptFor
from realstaging.runtime.quotas import Resource, amount, refusal
from realstaging.runtime.rate_limits import Cost, Per
from realstaging.settings import Settings
from realstaging.storage import contract, local_http

PATIENT = (intake.Patience, local_http.Pace, asking.Timing)
"""Structs that hold several waits; the defaults are what holds."""
NO_LIMITS = ("port", "metrics_port")
"""Numbers among the settings that bound nothing."""


def page() -> str:
    return "\n".join(
        [
            "# Limits\n",
            (
                "Every limit, with what is told to who reaches it. Written from the code by `make fix`. All refusals are problem documents "
                "(`application/problem+json`) with a `code`, a sentence that says what to do, and `Retry-After` where time heals.\n"
            ),
            *_rates(),
            *_quotas(),
            *_table("What may be sent", _sent()),
            *_table("How much at once, how long", _waits()),
            *_table("Jobs, events, links", _kept()),
            *_money(),
            *_settings(),
            *_patience(),
            *bounds_in_code.found(),
        ]
    )


def _rates() -> Iterator[str]:
    settings = Settings()
    routes: dict[Cost, set[str]] = {cost: set() for cost in Cost}
    for route in build(Settings(web_folder="")).routes:
        for handler in getattr(route, "route_handlers", []):
            for method in handler.http_methods:
                if (
                    route.path not in UNCOUNTED
                    and route.path.startswith("/api/")
                    and str(method) not in {"OPTIONS", "HEAD"}
                ):
                    routes[cost_of(str(method), handler.opt)].add(f"{method} {re.sub(':[a-z]+}', '}', route.path)}")
    routes[Cost.READ] |= {"GET /api/v1/events", "GET /docs"}
    routes[Cost.UPLOAD].add("PUT /files/…")
    routes[Cost.FILE] |= {"GET /files/…", "GET of the web app"}
    routes[Cost.SIGN_IN].add("any of /api/ that needs a sign-in, without a valid one")
    yield "## Requests\n"
    yield (
        "Counted in a sliding window by account, token and address (an IPv6 /64 is one), in `runtime/rate_limits`, asked by "
        "`api/rate_limits`. Beyond: 429 `too_many_requests`, with `RateLimit` and `RateLimit-Policy` on every answer. Not counted: "
        f"{', '.join(f'`{path}`' for path in sorted(UNCOUNTED))}.\n"
    )
    yield "| cost | setting | per account | per token | per address | routes |\n|---|---|---|---|---|---|"
    for cost in Cost:
        rates = settings.rates[cost]
        cells = [f"{rates[per].amount:,} in {rates[per].get_expiry()} s" if per in rates else "" for per in Per]
        told = "<br>".join(
            f"`{route}`" if route.startswith(("GET /", "POST", "PUT", "PATCH", "DELETE")) else route
            for route in sorted(routes[cost])
        )
        yield f"| {cost} | `{cost.setting.upper()}` | {' | '.join(cells)} | {told} |"
    yield ""


def _quotas() -> Iterator[str]:
    yield "## What an account may have\n"
    yield "By plan (`domains/billing/plans.py`), counted by `runtime/quotas` under a lock of the account, shown in `GET /api/v1/usage`.\n"
    yield f"| what | {' | '.join(QUOTAS)} | beyond |\n|---|{'---|' * len(QUOTAS)}---|"
    for resource in Resource:
        told = refusal(resource, 1, 1)
        cells = " | ".join(amount(resource, limits_[resource]) for limits_ in QUOTAS.values())
        yield f"| {resource.replace('_', ' ')} | {cells} | {told.status} `{told.code}` |"
    yield ""


def _sent() -> Iterator[tuple[str, str, str, str]]:
    sizes = "; ".join(f"`{path}` {_bytes(size)}" for path, size in intake.LARGEST)
    yield "path and query", _bytes(intake.LONGEST_ADDRESS), "api/intake", "414 `too_long`"
    yield "headers, together", f"{_bytes(intake.LONGEST_HEADERS)}, {intake.MOST_HEADERS} fields", "api/intake", "431"
    yield (
        "what has no end: a name, a value, empty lines, a trailer",
        _bytes(protocol.LONGEST_HEAD),
        "api/protocol",
        "431 `too_long`",
    )
    yield (
        "requests of a connection before the answer to an earlier one",
        str(protocol.MOST_PIPELINED),
        "api/protocol",
        "closed; send them again",
    )
    yield "parameters of a query", str(intake.MOST_PARAMETERS), "api/intake", "414 `too_long`"
    yield "body", f"{_bytes(intake.SMALL)}; {sizes}", "api/intake", "413 `too_large`"
    yield "bodies of a process, together", _bytes(intake.MOST_HELD), "api/intake", "503 `overloaded`"
    yield "depth of JSON", str(intake.DEEPEST), "api/intake", "400 `malformed`"
    yield (
        "a parameter, a header of one meaning, a key of an object",
        "once",
        "api/intake",
        "400 `malformed`, with its name",
    )
    yield "letters of a number", str(intake.LONGEST_NUMBER), "api/intake", "400 `malformed`"
    yield "items of one request", str(bounds.MOST_AT_ONCE), "kit/bounds", "422 `invalid_input`"
    yield "pictures of one ZIP", f"{archive_schemas.MOST_FILES:,}", "domains/archives", "422 `invalid_input`"
    yield "items of a page of a list", str(cursors.LARGEST_PAGE), "kit/cursors", "422 `invalid_input`"
    yield "name of a project", f"{bounds.LONGEST_NAME} letters", "kit/bounds", "422 `invalid_input`"
    yield "name of a file", f"{bounds.LONGEST_FILE_NAME} letters", "kit/bounds", "422 `invalid_input`"
    yield "Idempotency-Key", f"{bounds.LONGEST_KEY} letters", "kit/bounds", "422 `invalid_input`"
    yield (
        "stagings kept of one photo, failed and canceled ones among them",
        f"{stagings.MOST_OF_PHOTO:,}",
        "domains/staging/rules",
        "the item's own error, `quota_reached`",
    )
    yield "instructions", f"{LONGEST_INSTRUCTIONS} letters", "domains/staging", "422 `invalid_input`"
    yield "file of a photo", _bytes(photos.MAX_BYTES), "domains/photos/rules", "the file's own error, `too_large`"
    yield "pixels of a photo", f"{limits.MAX_PIXELS:,}", "imaging/limits", "the file's own error, `bad_photo`"
    yield "scans of a JPEG", str(jpeg.MOST_SCANS), "imaging/jpeg", "the file's own error, `bad_photo`"


def _waits() -> Iterator[tuple[str, str, str, str]]:
    settings, asked, work = Settings(), database.REQUESTS, database.WORK
    patience = intake.BY_DEFAULT
    yield (
        "requests answered at once by a process",
        str(settings.requests_at_once),
        "api/rate_limits, `REQUESTS_AT_ONCE`",
        "503 `overloaded`",
    )
    yield (
        "database connections of a process",
        str(settings.database_connections),
        "runtime/database, `DATABASE_CONNECTIONS`",
        "waits, then 503 `overloaded`",
    )
    yield "wait for one of them", f"{asked.wait:g} s, worker {work.wait:g} s", "runtime/database", "503 `overloaded`"
    yield (
        "a statement",
        f"{asked.statement:g} s, worker {work.statement:g} s",
        "PostgreSQL, set by runtime/database",
        "503 `unavailable`",
    )
    yield (
        "wait for a lock",
        f"{asked.lock:g} s, worker {work.lock:g} s",
        "PostgreSQL, set by runtime/database",
        "503 `unavailable`",
    )
    yield (
        "an idle transaction",
        f"{asked.idle:g} s, worker {work.idle:g} s",
        "PostgreSQL, set by runtime/database",
        "503 `unavailable`",
    )
    yield "request line and headers", f"{patience.head:g} s", "api/protocol", "408 `too_slow`"
    yield "a body", f"{patience.body:g} s", "api/intake", "408 `too_slow`"
    yield (
        "counting a request in Valkey",
        f"{rate_limits.PATIENCE * 1000:g} ms",
        "runtime/rate_limits, `RATE_LIMIT_PATIENCE`",
        "nothing: the process counts",
    )
    yield "the issuer's keys", f"{identity.PATIENCE:g} s", "runtime/identity", "503 `unavailable`"
    yield (
        "uploads completed at once by one process, of all requests together",
        str(turns.PLACES),
        "runtime/turns",
        "nothing: they take turns",
    )
    yield (
        "a request that completes what another is completing",
        f"{turns.PATIENCE:g} s",
        "runtime/turns",
        "`unavailable`; ask again",
    )
    yield (
        "an event stream",
        f"{stream.LIFE:g} s, a sign of life every {stream.HEARTBEAT:g} s",
        "api/stream",
        "`reconnect`; the browser comes back",
    )
    yield (
        "events not yet read by a browser",
        str(events.WAITING),
        "runtime/events",
        "the stream ends; the browser comes back",
    )


def _kept() -> Iterator[tuple[str, str, str, str]]:
    yield "failed runs of a job", str(lanes.MOST_FAILURES), "runtime/lanes", "the staging fails, uncharged"
    yield (
        "lease of a job, renewed every second",
        bounds_in_code.told(lanes.LEASE),
        "runtime/lanes",
        "another worker takes it",
    )
    yield "one delivery of a job", f"{jobs.LONGEST_JOB:,.0f} s", "runtime/jobs", "it is tried again"
    yield "events replayed to a browser", f"{events.REPLAYED:,}, of the last hour", "runtime/events", "a `snapshot`"
    yield "events kept", bounds_in_code.told(retention.EVENTS), "runtime/retention", ""
    yield "Idempotency-Keys kept", bounds_in_code.told(retention.KEYS), "runtime/retention", "the key counts as new"
    yield "address to send a file to", bounds_in_code.told(contract.UPLOAD_LIFE), "storage", "403; announce it again"
    yield (
        "file announced and not completed",
        bounds_in_code.told(KeptFor().uploads),
        "domains/photos/uploads, `KEEP_UPLOADS_DAYS`",
        "`not_found`; upload it again",
    )
    yield (
        "link to a picture",
        f"{bounds_in_code.told(contract.WINDOW)} to {bounds_in_code.told(2 * contract.WINDOW)}",
        "storage",
        "403; load the page again",
    )
    yield "ZIPs made at once for an account", str(archives.MOST_AT_ONCE), "domains/archives", "409"
    yield "a ZIP", bounds_in_code.told(archives.LIFE), "domains/archives", "404; ask for it again"


def _table(title: str, rows: Iterator[tuple[str, str, str, str]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| what | limit | enforced in | beyond |\n|---|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _money() -> Iterator[str]:
    caps, prices = (
        Settings().caps,
        ", ".join(f"{engine} US$ {rules.dollars(price)}" for engine, price in rules.PRICES.items()),
    )
    yield "## Money\n"
    yield (
        "What a customer pays is bounded by credit and budget: 402 `payment_required`, `budget_reached`. What providers charge *us* without "
        "a result is bounded by caps ([money](../explanation/money.md)), held in `domains/billing/unpaid` under a lock where an attempt is "
        "opened, and shown in `GET /api/v1/usage`. Nobody is charged for it.\n"
    )
    yield f"| what | {' | '.join(rules.PLANS)} | setting | beyond |\n|---|{'---|' * len(rules.PLANS)}---|---|"
    limits_of = [rules.limits(caps, plan) for plan in rules.PLANS]
    granted = [rules.monthly_grant(plan) for plan in rules.PLANS]
    reached, paused = "429 `unpaid_reached`", "429 `unpaid_paused`"
    for what, amounts, setting, beyond in (
        ("granted a month", granted, "", "402 `payment_required`"),
        ("unpaid, one staging over all its lives", [one.staging for one in limits_of], "unpaid_staging_cents", reached),
        ("unpaid, the account in a day (UTC)", [one.day for one in limits_of], "unpaid_day_percent", reached),
        ("unpaid, the account in a month", [one.month for one in limits_of], "unpaid_month_percent", reached),
        (
            "unpaid, all accounts together in a day",
            [one.service for one in limits_of],
            "unpaid_service_day_cents",
            paused,
        ),
    ):
        cells = " | ".join(f"US$ {rules.dollars(amount)}" for amount in amounts)
        yield f"| {what} | {cells} | {f'`{setting.upper()}`' if setting else ''} | {beyond} |"
    tries = " | ".join(str(one.tries) for one in limits_of)
    yield f"| predictions for one staging | {tries} | `UNPAID_STAGING_TRIES` | {reached} |"
    alerts = " and ".join(f"{percent} %" for percent in rules.ALERTS)
    yield f"\nPrices of a picture: {prices}; engines not named are free. A budget's alerts come at {alerts} of it.\n"


def _settings() -> Iterator[str]:
    """Every number among the settings."""
    yield "## Settings that bound something\n"
    yield "With their defaults; what may be set is bounded too. Rates are above.\n"
    yield "| setting | default | from | to | |\n|---|---|---|---|---|"
    said, hints = _sentences(Settings), get_type_hints(Settings, include_extras=True)
    for name in numbers():
        meta = next((one for one in get_args(hints[name]) if isinstance(one, msgspec.Meta)), msgspec.Meta())
        least = meta.ge if meta.ge is not None else "" if meta.gt is None else f"above {meta.gt}"
        most = meta.le if meta.le is not None else ""
        cells = [f"{one:,}" if isinstance(one, int) else str(one) for one in (least, most)]
        yield f"| `{name.upper()}` | {getattr(Settings(), name):,} | {' | '.join(cells)} | {said[name]} |"
    yield ""


def numbers() -> list[str]:
    """The settings that bound something."""
    return [
        name
        for name in Settings.__struct_fields__
        if isinstance(getattr(Settings(), name), int | float) and name not in NO_LIMITS
    ]


def _patience() -> Iterator[str]:
    yield "## How long is waited\n"
    yield "In seconds unless said otherwise.\n"
    yield "| where | what | limit | |\n|---|---|---|---|"
    for kind in PATIENT:
        said = _sentences(kind)
        for field in msgspec.structs.fields(kind):
            where = kind.__module__.removeprefix("realstaging.").replace(".", "/")
            yield f"| {where}, `{kind.__name__}` | `{field.name}` | {field.default:g} | {said.get(field.name, '')} |"
    yield ""


def _sentences(kind: type) -> dict[str, str]:
    """The sentence below each field of a struct."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, after in pairwise(body.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            found[field.target.id] = " ".join(str(after.value.value).split())
    return found


def _bytes(number: int) -> str:
    for unit, name in ((2**20, "MiB"), (1000**2, "MB"), (1024, "KiB")):
        if number >= unit and number % unit == 0:
            return f"{number // unit} {name}"
    return f"{number:,} B"
