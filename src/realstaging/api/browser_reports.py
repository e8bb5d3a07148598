"""What browsers report of the pages: how long they take (web vitals, https://web.dev/articles/vitals) and what goes wrong in them.

To us and to nobody else, without sign-in, for pages fail before one too. Nothing of it is kept: it is counted, and errors are lines of the log.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

import msgspec
import structlog
from litestar import post
from litestar.params import JSONBody
from msgspec import Meta
from prometheus_client import Counter, Histogram

from realstaging.kit import bounds
from realstaging.runtime import error_tracking
from realstaging.runtime.rate_limits import Cost

log = structlog.get_logger()

MOST_REPORTED: Final = 10
"""Vitals and errors of one report."""
LONGEST_MESSAGE: Final = 300
# A page that takes longer was asleep.
LONGEST_VITAL: Final = 600_000.0
SOMEBODY: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
ADDRESS: Final = re.compile(r"(https?://[^\s?#]+)[?#]\S*")


class Page(StrEnum):
    """Which page: few names, so that figures stay few."""

    PROJECTS = "projects"
    PROJECT = "project"
    USAGE = "usage"
    SETTINGS = "settings"
    SIGN_IN = "sign_in"
    SEND = "send"
    OTHER = "other"


class Vital(msgspec.Struct, frozen=True):
    """One figure of a page: in milliseconds, CLS without a unit."""

    name: Literal["LCP", "INP", "CLS", "FCP", "TTFB"]
    value: Annotated[float, Meta(ge=0, le=LONGEST_VITAL)]


class PageError(msgspec.Struct, frozen=True):
    """Something that went wrong in a page; ``where``: file and line. ``trace``: of the request before it."""

    message: Annotated[str, Meta(max_length=LONGEST_MESSAGE, pattern=bounds.TEXT)]
    where: Annotated[str, Meta(max_length=200, pattern=bounds.LINE)] = ""
    trace: Annotated[str, Meta(max_length=32, pattern=rf"^([0-9a-f]{{32}})?{bounds.END}")] = ""


class BrowserReport(msgspec.Struct, frozen=True):
    """What one page has to tell."""

    page: Page = Page.OTHER
    vitals: Annotated[list[Vital], Meta(max_length=MOST_REPORTED)] = []
    errors: Annotated[list[PageError], Meta(max_length=MOST_REPORTED)] = []


VITALS: Final = Histogram(
    "realstaging_web_vital_seconds",
    "What pages take in people's browsers: LCP, INP, FCP, TTFB.",
    ["vital", "page"],
    buckets=(0.05, 0.1, 0.2, 0.5, 0.8, 1, 1.8, 2.5, 3, 4, 6, 10),
)
SHIFT: Final = Histogram(
    "realstaging_web_layout_shift",
    "How much pages move under people's hands (CLS, without a unit).",
    ["page"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1),
)
ERRORS: Final = Counter("realstaging_web_errors_total", "Errors that browsers reported.", ["page"])


@post("/browser-reports", exclude_from_auth=True, include_in_schema=False, status_code=204, opt={"cost": Cost.REPORT})
async def report(data: JSONBody[BrowserReport]) -> None:
    """Count what a page has to tell."""
    for vital in data.vitals:
        if vital.name == "CLS":
            SHIFT.labels(data.page).observe(vital.value)
        else:
            VITALS.labels(vital.name, data.page).observe(vital.value / 1000)
    for error in data.errors:
        message, where = without_people(error.message), without_people(error.where)
        ERRORS.labels(data.page).inc()
        log.warning("browser.error", page=data.page, message=message, where=where, of_trace=error.trace)
        error_tracking.told(message, page=data.page, where=where, of_trace=error.trace)


def without_people(text: str) -> str:
    """Without addresses of mail, and of addresses of pages no more than the path: the rest may be somebody's, or open something."""
    return SOMEBODY.sub("[address]", ADDRESS.sub(r"\1", text))


ROUTES: Final[list[Any]] = [report]
