"""The door of every route: whether there is room for a request, who calls, what it costs, and whether it may come.

Answers carry ``RateLimit-Policy`` and ``RateLimit`` (draft-ietf-httpapi-ratelimit-headers-10); a refusal is a 429 with
``Retry-After``. Only the two health checks pass uncounted, by their routes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Gauge

from realstaging.api.access import ADDRESS, BEARER, CLAIMS, EDITION, REFUSED, bearer, chosen, needs_sign_in
from realstaging.api.errors import Problem, problem
from realstaging.api.people import People
from realstaging.domains.keys import service as keys
from realstaging.domains.keys.service import Bearer
from realstaging.kit import callers
from realstaging.kit.callers import Network
from realstaging.kit.errors import AppError, Overloaded, TooManyRequests
from realstaging.runtime import acting
from realstaging.runtime.identity import Identity
from realstaging.runtime.rate_limits import Admission, Cost, Per, RateLimiter, Standing
from realstaging.settings import Settings

log = structlog.get_logger()

# The health checks, at both of their addresses.
UNCOUNTED: Final = frozenset({"/health/live", "/health/ready", "/api/v1/health/live", "/api/v1/health/ready"})
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Event streams, files and the health checks: they wait for others, or take no connection to the database.
UNSHED: Final = ("/api/v1/events", "/files/", "/health/", "/api/v1/health/")

IN_FLIGHT: Final = Gauge("realstaging_requests_in_flight", "Requests being answered.")
SHED: Final = Counter("realstaging_requests_shed_total", "Requests refused because too many were being answered.")


def cost_of(method: str, options: dict[str, Any]) -> Cost:
    """What a request costs: what its route says (``opt={"cost": …}``), else by its method."""
    cost = Cost(options.get("cost", Cost.READ if method in SAFE else Cost.WRITE))
    return Cost.UPLOAD if cost is Cost.FILE and method == "PUT" else cost


class Shedding:
    """Middleware: under overload a request is refused at once rather than kept waiting, so that what is under way ends and the next finds room.

    ``most``: requests that one process answers at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._now = 0

    def __call__(self, app: ASGIApp) -> ASGIApp:
        async def admitted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP or str(scope["path"]).startswith(UNSHED):
                await app(scope, receive, send)
                return
            if self._now >= self._most:
                SHED.inc()
                raise Overloaded
            self._now += 1
            IN_FLIGHT.set(self._now)
            try:
                await app(scope, receive, send)
            finally:
                self._now -= 1
                IN_FLIGHT.set(self._now)

        return admitted


def door(current: Callable[[], Door]) -> Callable[[ASGIApp], ASGIApp]:
    """Middleware."""

    def middleware(app: ASGIApp) -> ASGIApp:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            route = str(scope.get("path_template") or "")
            if scope["type"] != ScopeType.HTTP or route in UNCOUNTED:
                await app(scope, receive, send)
                return
            if telling := await current().passed(scope, send, route):
                await app(scope, receive, telling)

        return counted

    return middleware


class Door:
    """Who calls, what it costs them, and whether they may."""

    def __init__(
        self, settings: Settings, identity: Identity, people: People, open_key: Callable[[str], Awaitable[Bearer]]
    ) -> None:
        """``open_key``: reads what a key opens; raises BadKey."""
        self._open = open_key
        self._trusted: Sequence[Network] = callers.networks(settings.trusted_proxies)
        self._limiter = RateLimiter(settings.redis_url, settings.rates, patience=settings.rate_limit_patience)
        self._identity = identity
        self._people = people

    async def passed(self, scope: Scope, send: Send, route: str) -> Send | None:
        """What to answer through; None where the request was refused."""
        admission = await self._admission(scope, str(scope.get("method")), route)
        telling = _told(send, admission)
        if not admission.admitted:
            await _refuse(scope, telling, admission)
        return telling if admission.admitted else None

    async def _admission(self, scope: Scope, method: str, route: str) -> Admission:
        options = scope["route_handler"].opt
        headers = dict(scope["headers"])
        who = {Per.ADDRESS: self._address(scope)}
        scope["state"]["address"] = who[Per.ADDRESS]
        acting.begin(who[Per.ADDRESS], headers.get(b"user-agent", b"").decode("latin-1"))
        cost = cost_of(method, options)
        if not needs_sign_in(route, options):
            if cost is Cost.LINK:
                who[Per.TOKEN] = _digest(str(scope["path_params"].get("token", "")))
            return await self._limiter.admit(cost, who)
        try:
            token, account_id = bearer(headers), chosen(headers)
            if keys.is_key(token):
                return await self._admission_by_key(scope, token, who, cost)
            claims = await self._identity.verify(token)
        except AppError:
            # What the route will answer to it: 401, 503 where the issuer is away, 422 to what names no account.
            return await self._limiter.admit(Cost.SIGN_IN, who)
        scope["state"][CLAIMS] = claims
        who[Per.TOKEN] = _digest(token)
        if account := self._people.account(claims, account_id):
            who[Per.ACCOUNT] = account
        return await self._limiter.admit(cost, who)

    async def _admission_by_key(self, scope: Scope, key: str, who: dict[Per, str], cost: Cost) -> Admission:
        """A key that this process does not know counts as a try to sign in, before a row is read."""
        scope["state"][EDITION] = self._people.edition
        bearer = self._people.bearer(key)
        if bearer is None:
            admission = await self._limiter.admit(Cost.SIGN_IN, who)
            if not admission.admitted:
                return admission
            try:
                bearer = await self._open(key)
            except AppError as error:
                scope["state"][REFUSED] = error
                return admission
        scope["state"][BEARER] = bearer
        who |= {Per.TOKEN: _digest(key), Per.ACCOUNT: str(bearer.member.account.id)}
        return await self._limiter.admit(cost, who)

    def _address(self, scope: Scope) -> str:
        peer = scope["client"][0] if scope["client"] else ""
        forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
        scope["state"][ADDRESS] = callers.address(peer, forwarded, self._trusted)
        return callers.caller(peer, forwarded, self._trusted)

    async def close(self) -> None:
        await self._limiter.close()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def policy(standing: Standing) -> str:
    return f'"{standing.name}";q={standing.most};w={standing.window}'


def state(standing: Standing) -> str:
    return f'"{standing.name}";r={standing.remaining};t={standing.wait}'


def _told(send: Send, admission: Admission) -> Send:
    fields = [
        (b"ratelimit-policy", ", ".join(policy(one) for one in admission.standings).encode()),
        (b"ratelimit", ", ".join(state(one) for one in admission.standings).encode()),
    ]

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *fields]}
            fields.clear()
        await send(message)

    return telling


async def _refuse(scope: Scope, send: Send, admission: Admission) -> None:
    seconds = max(standing.wait for standing in admission.exceeded)
    names = [standing.name for standing in admission.exceeded]
    sentence = (
        f"Too many requests in a short time. Wait {seconds} {'second' if seconds == 1 else 'seconds'}, then try again."
    )
    refused = Problem(TooManyRequests.status, TooManyRequests.code, sentence, {"violated-policies": names})
    answer = problem(scope, refused)
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(answer.content)).encode()),
        (b"retry-after", str(seconds).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": TooManyRequests.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.content, "more_body": False})
