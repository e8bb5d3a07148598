"""The stand-in as an application: the API, the pages that people see, and ``/control`` to order faults and move the clock.

    POST   /control/faults       one Order or a list of them
    DELETE /control/faults       no more faults
    POST   /control/advance      {"to": seconds since 1970} or {"days": 31}
    POST   /control/settle       answer when everything that happened has been told
    POST   /control/disputes     {"payment_intent": …}; /control/disputes/{id} {"status": "won" | "lost"} decides it
    POST   /control/refunds/{id}/fail
    GET    /control/state        the clock, how many there are of everything, which faults struck
    POST   /control/reset        forget everything but the webhook endpoints

https://docs.stripe.com/api (API 2026-10-28.endive, as the SDK 16.1 has it)
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from realstaging.sandbox.stripe import pages
from realstaging.sandbox.stripe.books import API_VERSION, Thing, told
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.faults import AFTER, BEFORE, Fault, Order
from realstaging.sandbox.stripe.forms import parsed
from realstaging.sandbox.stripe.standin import StripeSandbox

MOST_KEYS: Final = 20_000
"""The newest are remembered; Stripe remembers those of a day."""


class _Key(msgspec.Struct, frozen=True):
    """An idempotency key, and what was asked with it."""

    key: str
    asked: str


def create_app(sandbox: StripeSandbox) -> web.Application:
    """Everything of it on one port."""
    return _Door(sandbox).app()


class _Door:
    def __init__(self, sandbox: StripeSandbox) -> None:
        self._sandbox = sandbox
        self._answered: dict[str, tuple[str, int, str]] = {}
        """By idempotency key: what was asked, and how it was answered."""
        self._under_way: set[str] = set()

    def app(self) -> web.Application:
        app = web.Application(client_max_size=1024 * 1024, middlewares=[self._kept_up])
        app.cleanup_ctx.append(self._telling)
        app.router.add_route("*", "/v1/{path:.+}", self._asked)
        app.add_routes(
            [
                web.post("/control/faults", self._order_faults),
                web.delete("/control/faults", self._clear_faults),
                web.post("/control/advance", self._advance),
                web.post("/control/settle", self._settle),
                web.post("/control/disputes", self._dispute),
                web.post("/control/disputes/{id}", self._decide),
                web.post("/control/refunds/{id}/fail", self._fail_refund),
                web.get("/control/state", self._state),
                web.post("/control/reset", self._reset),
            ]
        )
        app.add_routes(pages.routes(self._sandbox))
        return app

    async def _telling(self, _: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(self._sandbox.notices.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await self._sandbox.notices.stop()

    @web.middleware
    async def _kept_up(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What has become due happens before anything is answered."""
        self._sandbox.diary.catch_up()
        try:
            return await handler(request)
        finally:
            self._sandbox.changed()

    # the API

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        self._sandbox.requests = [*self._sandbox.requests[-999:], (request.method, request.path_qs, body)]
        what, slow = f"{request.method} {request.path}", 0.0
        if order := self._sandbox.faults.take(BEFORE, what):
            if order.fault is Fault.THROTTLED:
                return _problem(
                    429, {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests."}
                )
            if order.fault is Fault.SERVER_ERROR:
                return _problem(
                    500,
                    {"type": "api_error", "message": "Sorry! There was an error while talking to one of our backends."},
                )
            if order.fault is Fault.REQUEST_LOST:
                return _hang_up(request)
            slow = order.seconds
        if refused := self._not_let_in(request):
            return refused
        given = parsed(body if request.method == "POST" else request.query_string)
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        asked = hashlib.sha256(f"{what}\n{body}".encode()).hexdigest()
        return await self._once(request, given, _Key(key, asked), slow)

    def _not_let_in(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self._sandbox.key}":
            return _problem(401, {"type": "invalid_request_error", "message": "Invalid API Key provided: sk_test_****"})
        if request.headers.get("Stripe-Version", API_VERSION) != API_VERSION:
            message = (
                f"Invalid Stripe API version: {request.headers['Stripe-Version']}. The sandbox speaks {API_VERSION}."
            )
            return _problem(400, {"type": "invalid_request_error", "message": message})
        return None

    async def _once(self, request: web.Request, given: dict[str, Any], of: _Key, slow: float) -> web.StreamResponse:
        """As https://docs.stripe.com/api/idempotent_requests says: the same answer for the same key, and a refusal for another request."""
        key, asked = of.key, of.asked
        if key in self._answered:
            before, status, text = self._answered[key]
            if before != asked:
                message = (
                    f"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other "
                    f"than '{key}' if you meant to execute a different request."
                )
                return _problem(400, {"type": "idempotency_error", "message": message})
            return _json(status, text, {"Idempotent-Replayed": "true", "Original-Request": "req_before"})
        if key in self._under_way:
            message = f"There is currently another in-progress request using this Stripe-Idempotency-Key: '{key}'."
            return _problem(409, {"type": "idempotency_error", "message": message, "code": "idempotency_key_in_use"})
        self._under_way |= {key} - {""}
        try:
            await asyncio.sleep(slow)
            self._sandbox.books.request = {"id": f"req_{secrets.token_hex(7)}", "idempotency_key": key or None}
            status, text = self._answer(request.method, request.path, given)
            # Tested before anything is told: whether the work of this request is known to the one who asked.
            order = self._sandbox.faults.take(AFTER, f"{request.method} {request.path}")
            if order and order.fault is Fault.SERVER_ERROR_DONE:
                status, text = 500, _text({"type": "api_error", "message": "An unknown error occurred."})
            if key and (status < 400 or status in {402, 500}):  # noqa: PLR2004 - what was begun is kept, what was not valid is not
                self._answered[key] = (asked, status, text)
                if len(self._answered) > MOST_KEYS:
                    del self._answered[next(iter(self._answered))]
            if order and order.fault is Fault.ANSWER_LOST:
                return _hang_up(request)
            return _json(status, text)
        finally:
            self._under_way.discard(key)

    def _answer(self, method: str, path: str, given: dict[str, Any]) -> tuple[int, str]:
        try:
            return 200, json.dumps(self._sandbox.api.answer(method, path, given))
        except Refusal as refusal:
            return refusal.status, _text(refusal.body)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            return 400, _text({"type": "invalid_request_error", "message": f"Invalid request: {error!r}"})

    # control

    async def _order_faults(self, request: web.Request) -> web.Response:
        orders = msgspec.json.decode(await request.read(), type=Order | list[Order])
        for order in orders if isinstance(orders, list) else [orders]:
            self._sandbox.faults.order(order)
        return web.json_response(msgspec.to_builtins(self._sandbox.faults.orders))

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._sandbox.faults.clear()
        return web.Response(status=204)

    async def _advance(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self._sandbox.diary.advance(int(asked.get("to") or self._sandbox.books.now() + float(asked["days"]) * DAY))
        return web.json_response({"now": self._sandbox.books.now()})

    async def _settle(self, _: web.Request) -> web.Response:
        self._sandbox.notices.hand_over()
        await self._sandbox.notices.settled()
        return web.Response(status=204)

    async def _dispute(self, request: web.Request) -> web.Response:
        asked = await request.json()
        return self._done(
            lambda: self._sandbox.payments.dispute(
                self._sandbox.payments.charge_of(asked["payment_intent"]), asked.get("reason", "product_unacceptable")
            )
        )

    async def _decide(self, request: web.Request) -> web.Response:
        asked, found = await request.json(), self._sandbox.books.find("dispute", request.match_info["id"])
        if found is None:
            return web.Response(status=404)
        self._sandbox.payments.close_dispute(found, asked["status"])
        return web.json_response(told(found))

    async def _fail_refund(self, request: web.Request) -> web.Response:
        found = self._sandbox.books.find("refund", request.match_info["id"])
        if found is None:
            return web.Response(status=404)
        self._sandbox.payments.fail_refund(found)
        return web.json_response(told(found))

    @staticmethod
    def _done(act: Any) -> web.Response:
        try:
            return web.json_response(told(act()))
        except Refusal as refusal:
            return web.json_response({"error": refusal.body}, status=refusal.status)

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "now": self._sandbox.books.now(),
                "counts": {kind: len(things) for kind, things in self._sandbox.books.by_kind.items()},
                "struck": dict(self._sandbox.faults.struck),
                "notices_sent": self._sandbox.notices.sent,
            }
        )

    async def _reset(self, _: web.Request) -> web.Response:
        endpoints = self._sandbox.books.all("webhook_endpoint")
        self._sandbox.books.forget()
        for endpoint in endpoints:
            self._sandbox.books.add(endpoint)
        self._sandbox.faults.clear()
        self._answered.clear()
        return web.Response(status=204)


def _text(error: Thing) -> str:
    return json.dumps({"error": {**error, "request_log_url": "https://dashboard.stripe.com/test/logs/req_sandbox"}})


def _problem(status: int, error: Thing) -> web.Response:
    return _json(status, _text(error))


def _json(status: int, text: str, headers: dict[str, str] | None = None) -> web.Response:
    told_also = {"Request-Id": f"req_{secrets.token_hex(7)}", "Stripe-Version": API_VERSION, **(headers or {})}
    return web.Response(status=status, text=text, content_type="application/json", headers=told_also)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
