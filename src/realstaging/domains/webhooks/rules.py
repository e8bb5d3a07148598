"""Decisions about webhooks. Pure. Numbers are those of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import msgspec

from realstaging.domains.webhooks.schemas import DeliveryState
from realstaging.runtime.outward import Answered

SECRET_BYTES: Final = 32
"""24 to 64 by the specification."""
PREFIX: Final = "whsec_"
ROTATION: Final = timedelta(hours=24)
"""For so long after a rotation messages bear two signatures."""
MOST_ENDPOINTS: Final = 10
"""Of one account."""
AT_ONCE: Final = 5
"""Messages under way to one endpoint at a time."""
LANE: Final = "webhooks"

SCHEDULE: Final = tuple(
    timedelta(seconds=seconds) for seconds in (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long after the try before each try is made: ten of them, over some three days."""
JITTER: Final = 0.1
"""A share of each wait that chance adds: what failed together does not come back together."""

FIRST_PAUSE: Final = timedelta(seconds=5)
"""An endpoint that cannot keep up, or is not there, gets nothing for so long; twice as long at the next failure, and so on."""
LONGEST_PAUSE: Final = timedelta(minutes=10)
LONGEST_ASKED: Final = timedelta(hours=24)
"""A Retry-After beyond it counts as this."""
OVERLOADED: Final = frozenset({429, 502, 503, 504})

WARNED_AFTER: Final = timedelta(days=3)
"""Without a single success its owner is told."""
DISABLED_AFTER: Final = timedelta(days=5)
NOTICE: Final = timedelta(days=1)
"""Between the two lies at least this, also where hardly anything was sent."""


def webhook_id(hexadecimal: str) -> str:
    """A delivery's name on the wire."""
    return f"msg_{hexadecimal}"


def new_secret(random: bytes) -> str:
    return PREFIX + base64.b64encode(random).decode()


def signatures(secrets: Sequence[str], message_id: str, timestamp: int, body: str) -> str:
    """The header ``webhook-signature``: one for each secret, the newest first."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    keys = [base64.b64decode(secret.removeprefix(PREFIX)) for secret in secrets]
    digests = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


class Decision(msgspec.Struct, frozen=True):
    """What becomes of a delivery (``next_at`` where it is tried again) and of its endpoint."""

    state: DeliveryState
    next_at: datetime | None = None
    paused_until: datetime | None = None
    gone: bool = False


class Tried(msgspec.Struct, frozen=True):
    """A try: the how manieth of its delivery (1 is the first), after how many failures of the endpoint in a row, and when."""

    number: int
    failures: int
    at: datetime


def decide(answered: Answered, tried: Tried, jitter: float) -> Decision:
    """``jitter`` between 0 and 1."""
    if answered.status is not None and HTTPStatus.OK <= answered.status < HTTPStatus.MULTIPLE_CHOICES:
        return Decision(DeliveryState.DELIVERED)
    if answered.status == HTTPStatus.GONE:
        return Decision(DeliveryState.FAILED, gone=True)
    asked = asked_for(answered.retry_after, tried.at)
    paused_until = tried.at + (asked or pause(tried.failures)) if _slows_down(answered, asked) else None
    if tried.number >= len(SCHEDULE):
        return Decision(DeliveryState.FAILED, paused_until=paused_until)
    wait = SCHEDULE[tried.number] * (1 + JITTER * jitter)
    return Decision(DeliveryState.WAITING, max(tried.at + wait, paused_until or tried.at), paused_until)


def _slows_down(answered: Answered, asked: timedelta | None) -> bool:
    return answered.status is None or answered.status in OVERLOADED or asked is not None


def pause(failures: int) -> timedelta:
    """How long an endpoint is left alone after so many failures in a row, this one not counted."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(failures, 10)))


def asked_for(retry_after: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After asks for: seconds or a date (RFC 9110 §10.2.3), at most a day; None where it says nothing that can be read."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        # More digits than a day has are more than a day, and no number to be computed with.
        wait = timedelta(seconds=int(text)) if len(text) <= 6 else LONGEST_ASKED  # noqa: PLR2004 - as said
    else:
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        wait = until.replace(tzinfo=until.tzinfo or UTC) - now
    return min(max(wait, timedelta(0)), LONGEST_ASKED)


class Failing(msgspec.Struct, frozen=True):
    """An endpoint that fails: since when, and when its owner was told."""

    since: datetime
    warned_at: datetime | None


def must_warn(failing: Failing, now: datetime) -> bool:
    return failing.warned_at is None and now - failing.since >= WARNED_AFTER


def disabled_at(failing: Failing, warned_at: datetime) -> datetime:
    """When an endpoint of which its owner is told now will be disabled, if it goes on failing."""
    return max(failing.since + DISABLED_AFTER, warned_at + NOTICE)


def must_disable(failing: Failing, now: datetime) -> bool:
    told = failing.warned_at is not None and now - failing.warned_at >= NOTICE
    return told and now - failing.since >= DISABLED_AFTER
