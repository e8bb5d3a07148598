"""One way to Stripe: its SDK, with our deadlines, our idempotency keys, our errors, and answers as our own types."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

import aiohttp
import msgspec
import stripe
import structlog
from stripe import StripeObject

from realstaging.stripe.errors import (
    Declined,
    KeyUsed,
    NotAllowedThere,
    NothingThere,
    StripeRefused,
    StripeUnavailable,
)
from realstaging.stripe.objects import Listed
from realstaging.stripe.version import API_VERSION

log = structlog.get_logger()
T = TypeVar("T")
DEADLINE: Final = 25.0
"""Seconds for one call with its tries: less than an HTTP request of ours may take."""
PATIENCE: Final = 10.0
"""Seconds for one try; Stripe answers within two."""
TRIES: Final = 2
"""Again after the first, each with the same idempotency key."""
PAGE: Final = 100
"""At most as many are told at once (https://docs.stripe.com/api/pagination)."""
MOST_LISTED: Final = 20_000
ACTION: Final = frozenset({"authentication_required", "subscription_payment_intent_requires_action"})
"""Codes of declines that the person can lift (https://docs.stripe.com/error-codes)."""


EVERYTHING: Final[Mapping[str, Any]] = {}


class Connection:
    """``key``: a secret or restricted key. ``address``: a stand-in's; Stripe's own where it is empty."""

    def __init__(self, key: str, address: str = "", *, tries: int = TRIES, patience: float = PATIENCE) -> None:
        # It would write an id into the home folder and send how long calls took.
        stripe.enable_telemetry = False
        # Notices of test mode come as Python warnings.
        os.environ.setdefault("STRIPE_SUPPRESS_NOTICES", "true")
        self._http = stripe.AIOHTTPClient(timeout=aiohttp.ClientTimeout(total=patience))
        self.client = stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            base_addresses={"api": address.rstrip("/")} if address else None,
            max_network_retries=tries,
            http_client=self._http,
        )

    async def close(self) -> None:
        """Safe to call twice."""
        await self._http.close_async()  # type: ignore[no-untyped-call] # the SDK says no types here

    async def one(self, shape: type[T], asked: Awaitable[StripeObject]) -> T:
        """What a call tells, typed. Raises the errors of this package."""
        try:
            async with asyncio.timeout(DEADLINE):
                told = await asked
        except (stripe.StripeError, TimeoutError) as error:
            raise failure(error) from error
        return _typed(shape, told)

    async def all(
        self, shape: type[T], page: Callable[[Any], Awaitable[StripeObject]], only: Mapping[str, Any] = EVERYTHING
    ) -> list[T]:
        """Every object of a list, from first to last as Stripe orders them (the newest first). ``page``: asks for one page of those that
        ``only`` says.

        StripeRefused where there are more than are ever expected.
        """
        found: list[T] = []
        async for one in self.each(shape, page, only):
            if len(found) >= MOST_LISTED:
                raise _told(StripeRefused(reason=f"more than {MOST_LISTED} of one list"))
            found.append(one)
        return found

    async def each(
        self, shape: type[T], page: Callable[[Any], Awaitable[StripeObject]], only: Mapping[str, Any] = EVERYTHING
    ) -> AsyncIterator[T]:
        """As `all`, however many there are: one page after the other is asked for."""
        place: dict[str, Any] = {"limit": PAGE}
        while True:
            told = await self.one(Listed[msgspec.Raw], page({**only, **place}))
            for raw in told.data:
                yield _decoded(shape, raw)
            if not told.has_more or not told.data:
                return
            place = {"limit": PAGE, "starting_after": _decoded(_Named, told.data[-1]).id}


class _Named(msgspec.Struct):
    id: str


def _typed(shape: type[T], told: StripeObject) -> T:
    answer = told.last_response
    assert answer is not None
    return _decoded(shape, answer.body.encode())


def _decoded(shape: type[T], body: bytes | msgspec.Raw) -> T:
    try:
        # Not strict: times come as seconds.
        return msgspec.json.decode(body, type=shape, strict=False)
    except msgspec.DecodeError as error:
        raise _told(StripeRefused(reason=f"unreadable answer: {error}")) from error


def failure(error: stripe.StripeError | TimeoutError) -> StripeRefused | StripeUnavailable:
    """What went wrong, as one of ours. No message of Stripe's is shown to people but that of a decline, which is written for them."""
    if isinstance(error, TimeoutError | stripe.APIConnectionError | stripe.RateLimitError):
        return StripeUnavailable()
    told = error.error
    code = error.code or (told.code if told else None) or type(error).__name__
    reason, param = f"{code}: {error.user_message or ''}"[:500], getattr(error, "param", None) or ""
    status = error.http_status or 0
    if isinstance(error, stripe.CardError):
        return Declined(error.user_message, reason=reason, param=param, action=code in ACTION)
    if isinstance(error, stripe.IdempotencyError):
        return KeyUsed(reason=reason)
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        return _told(NotAllowedThere(reason=reason))
    if status >= SERVER_ERROR or status in PASSING:
        return StripeUnavailable()
    if code == "resource_missing":
        return NothingThere(reason=reason, param=param)
    return _told(StripeRefused(reason=reason, param=param))


def _told(refused: StripeRefused) -> StripeRefused:
    """What people read says that we have been told."""
    log.error("stripe.refused", code=refused.code, reason=refused.reason, param=refused.param)
    return refused


SERVER_ERROR: Final = 500
PASSING: Final = frozenset({408, 409, 425, 429})
"""409: the first request with this key, or another that changes the same object, is still under way."""
