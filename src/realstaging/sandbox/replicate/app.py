"""Replicate's routes as its documentation describes them, and ``/control`` to order faults and see what happened.

    PUT    /control/conduct      latency, drift, retention (fields of Conduct)
    POST   /control/faults       one Order or a list of them
    DELETE /control/faults       no more faults
    GET    /control/state        predictions, what is running, what was charged, which faults struck
    POST   /control/reset        forget everything

https://replicate.com/docs/reference/http (read 2026-11-22)
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from realstaging.sandbox.replicate.faults import (
    OF_ANSWER,
    OF_LIST,
    OF_LOOK,
    OF_PREDICTION,
    OF_READING,
    OF_STOP,
    Fault,
    Faults,
    Order,
)
from realstaging.sandbox.replicate.predictions import ENDED, Conduct, Life, Prediction

WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"a secret of the sandbox alone").decode()
_PAGE = 100
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class ReplicateSandbox:
    """The stand-in's memory and routes. ``token`` is the only API token it takes; ``models``, where given, are the OpenAPI
    schemas by ``owner/name`` that it serves and holds inputs against, and all others are unknown to it.
    """

    def __init__(
        self,
        token: str = "r8_sandbox",  # noqa: S107 - good for nothing outside
        *,
        conduct: Conduct | None = None,
        models: Mapping[str, dict[str, Any]] | None = None,
        webhook_secret: str = WEBHOOK_SECRET,
        seed: int = 0,
    ) -> None:
        self._token = token
        self._models = models
        self._seed = seed
        self._secret = webhook_secret
        self.conduct = conduct or Conduct()
        self.faults = Faults(seed)
        self.predictions: dict[str, Prediction] = {}
        self.creates = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession
        self._life: Life

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._gatekeeper], client_max_size=16 * 1024 * 1024)
        app.cleanup_ctx.append(self._running)
        app.add_routes(
            [
                web.post("/v1/predictions", self._create_version),
                web.post("/v1/models/{owner}/{name}/predictions", self._create_official),
                web.get("/v1/predictions", self._list),
                web.get("/v1/predictions/{id}", self._get),
                web.post("/v1/predictions/{id}/cancel", self._cancel),
                web.get("/v1/models/{owner}/{name}", self._model),
                web.get("/v1/models/{owner}/{name}/versions/{version}", self._model),
                web.get("/v1/webhooks/default/secret", self._webhook_secret),
                web.get("/v1/account", self._account),
                web.get("/outputs/{id}/{name}", self._output),
                web.put("/control/conduct", self._set_conduct),
                web.post("/control/faults", self._order_faults),
                web.delete("/control/faults", self._clear_faults),
                web.get("/control/state", self._state),
                web.post("/control/reset", self._reset),
            ]
        )
        return app

    async def _running(self, _: web.Application) -> Any:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._life = Life(self._session, self.conduct, self._secret, self._seed)
        yield
        await self._stop_all()
        await self._session.close()

    async def _stop_all(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    @web.middleware
    async def _gatekeeper(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/v1/"):
            return await handler(request)
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            return _problem(401, "Unauthenticated", "You did not pass a valid authentication token")
        creates = request.method == "POST" and request.path.endswith("/predictions")
        order = None if creates else self.faults.take(OF_READING)
        if order:
            return _throttled(order) if order.fault is Fault.READ_THROTTLED else _problem(500, "Internal error", "")
        if request.method == "GET" and request.path == "/v1/predictions" and self.faults.take(OF_LIST):
            return _problem(400, "Bad request", "The cursor is not valid.")
        return await handler(request)

    # predictions

    async def _create_official(self, request: web.Request) -> web.StreamResponse:
        return await self._create(request, f"{request.match_info['owner']}/{request.match_info['name']}", None)

    async def _create_version(self, request: web.Request) -> web.StreamResponse:
        named = str((await request.json()).get("version", ""))
        model, _, version = named.rpartition(":")
        return await self._create(request, model, version)

    async def _create(self, request: web.Request, model: str, version: str | None) -> web.StreamResponse:
        self.creates += 1
        order = self.faults.take(OF_ANSWER, model)
        fault = order.fault if order else None
        if order and fault in {Fault.THROTTLED, Fault.THROTTLED_BARE}:
            return _throttled(order)
        if fault is Fault.SERVER_ERROR:
            return _problem(500, "Internal error", "")
        if fault is Fault.NO_CREDIT:
            return _problem(402, "Insufficient credit", "You have insufficient credit to run this model.")
        if fault is Fault.REQUEST_LOST:
            return _hang_up(request)
        body = await request.json()
        refusal = self._invalid(model, body)
        if refusal:
            return refusal
        prediction = self._start(request, model, version, body)
        if fault is Fault.ANSWER_LOST:
            return _hang_up(request)
        if fault is Fault.SERVER_ERROR_CREATED:
            return _problem(500, "Internal error", "")
        if order and fault is Fault.SLOW_ANSWER:
            await asyncio.sleep(order.seconds)
        await _wait(prediction, request.headers.get("Prefer", ""))
        return web.json_response(prediction.wire(), status=201)

    def _start(self, request: web.Request, model: str, version: str | None, body: dict[str, Any]) -> Prediction:
        fault = self.faults.take(OF_PREDICTION, model)
        prediction = Prediction(model, version, body["input"], f"{request.scheme}://{request.host}", fault)
        prediction.webhook = body.get("webhook")
        if body.get("webhook_events_filter"):
            prediction.webhook_events = set(body["webhook_events_filter"])
        prediction.deadline = _duration(request.headers.get("Cancel-After"))
        self.predictions[prediction.id] = prediction
        task = asyncio.create_task(self._life.run(prediction))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return prediction

    def _invalid(self, model: str, body: dict[str, Any]) -> web.Response | None:
        given = body.get("input")
        if not isinstance(given, dict):
            return _problem(422, "Input validation failed", "- input is required\n")
        if self._models is None:
            return None
        if model not in self._models:
            return _problem(404, "Not found", "The requested resource could not be found.")
        faults = mistakes(given, self._models[model])
        return (
            _problem(422, "Input validation failed", "".join(f"- input.{one}\n" for one in faults)) if faults else None
        )

    async def _list(self, request: web.Request) -> web.Response:
        newest = sorted(self.predictions.values(), key=lambda one: one.created_at, reverse=True)
        start = int(request.query.get("cursor", "0"))
        more = f"{request.scheme}://{request.host}/v1/predictions?cursor={start + _PAGE}"
        return web.json_response(
            {
                "previous": None,
                "next": more if start + _PAGE < len(newest) else None,
                "results": [one.wire() for one in newest[start : start + _PAGE]],
            }
        )

    async def _get(self, request: web.Request) -> web.Response:
        prediction = self.predictions.get(request.match_info["id"])
        if prediction is None or self.faults.take(OF_LOOK, prediction.model):
            return _problem(404, "Not found", "The requested resource could not be found.")
        return web.json_response(prediction.wire())

    async def _cancel(self, request: web.Request) -> web.Response:
        prediction = self.predictions.get(request.match_info["id"])
        order = self.faults.take(OF_STOP, prediction.model if prediction else None)
        fault = order.fault if order else None
        if prediction is None or fault is Fault.STOP_UNKNOWN:
            return _problem(404, "Not found", "The requested resource could not be found.")
        if fault is Fault.STOP_REFUSED:
            return _problem(403, "Forbidden", "You may not stop this prediction.")
        if fault is Fault.STOP_ERROR:
            return _problem(500, "Internal error", "")
        if order and fault is Fault.STOP_LATE:
            asyncio.get_running_loop().call_later(order.seconds, prediction.stop.set)
            return web.json_response(prediction.wire())
        if prediction.status not in ENDED:
            prediction.stop.set()
            await prediction.ended.wait()
        return web.json_response(prediction.wire())

    async def _output(self, request: web.Request) -> web.StreamResponse:
        prediction = self.predictions.get(request.match_info["id"])
        if prediction is None or prediction.picture is None:
            return web.Response(status=404)
        kind = f"image/{prediction.output_format.replace('jpg', 'jpeg')}"
        if prediction.has(Fault.REDIRECT):
            return web.Response(status=302, headers={"Location": "https://pictures.example.com/out.png"})
        if prediction.has(Fault.HUGE_OUTPUT):
            return await _endless(request, prediction.picture, kind, self.conduct.huge_bytes)
        if prediction.has(Fault.BROKEN_OUTPUT):
            return web.Response(body=prediction.picture[: len(prediction.picture) // 2], content_type=kind)
        if prediction.has(Fault.NOT_A_PICTURE):
            return web.Response(text="<html>a page</html>", content_type=kind)
        return web.Response(body=prediction.picture, content_type=kind)

    # the rest of the API

    async def _model(self, request: web.Request) -> web.Response:
        name = f"{request.match_info['owner']}/{request.match_info['name']}"
        if self._models is None or name not in self._models:
            return _problem(404, "Not found", "The requested resource could not be found.")
        version = {"id": request.match_info.get("version", "0" * 64), "openapi_schema": self._models[name]}
        if "version" in request.match_info:
            return web.json_response(version)
        owner, short = name.split("/")
        return web.json_response({"owner": owner, "name": short, "visibility": "public", "latest_version": version})

    async def _webhook_secret(self, _: web.Request) -> web.Response:
        return web.json_response({"key": self._secret})

    async def _account(self, _: web.Request) -> web.Response:
        return web.json_response({"type": "organization", "username": "sandbox", "name": "Simulation"})

    # control

    async def _set_conduct(self, request: web.Request) -> web.Response:
        asked = msgspec.json.decode(await request.read())
        merged = msgspec.convert(msgspec.to_builtins(self.conduct) | asked, Conduct)
        for name in Conduct.__struct_fields__:
            setattr(self.conduct, name, getattr(merged, name))
        return web.json_response(msgspec.to_builtins(self.conduct))

    async def _order_faults(self, request: web.Request) -> web.Response:
        orders = msgspec.json.decode(await request.read(), type=Order | list[Order])
        for order in orders if isinstance(orders, list) else [orders]:
            self.faults.order(order)
        return web.json_response(msgspec.to_builtins(self.faults.orders))

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self.faults.clear()
        return web.Response(status=204)

    async def _state(self, _: web.Request) -> web.Response:
        known = list(self.predictions.values())
        return web.json_response(
            {
                "creates": self.creates,
                "predictions": [
                    {"id": one.id, "status": one.status, "charged": one.charged, "webhook": one.webhook}
                    for one in known
                ],
                "running": sum(one.status not in ENDED for one in known),
                "charged": sum(one.charged for one in known),
                "struck": dict(self.faults.struck),
                "webhooks_sent": self._life.webhooks_sent,
            }
        )

    async def _reset(self, _: web.Request) -> web.Response:
        await self._stop_all()
        self.predictions.clear()
        self.faults.clear()
        self.faults.struck.clear()
        self.creates = 0
        return web.Response(status=204)


def mistakes(given: dict[str, Any], openapi: dict[str, Any]) -> list[str]:
    """What is wrong with an input by a model's schema: missing, of the wrong type, outside its limits or choices."""
    schemas = openapi["components"]["schemas"]
    schema = schemas["Input"]
    found = [f"{name} is required" for name in schema.get("required", []) if name not in given]
    for name, value in given.items():
        rule = schema["properties"].get(name)
        if rule is None or value is None:
            continue
        for reference in rule.get("allOf", []):
            rule = rule | schemas[reference["$ref"].rsplit("/", 1)[1]]
        found += [f"{name}: {fault}" for fault in _breaches(value, rule)]
    return found


def _breaches(value: Any, rule: dict[str, Any]) -> list[str]:
    kind = _KINDS.get(rule.get("type", ""))
    if kind and (not isinstance(value, kind) or (isinstance(value, bool) and rule["type"] != "boolean")):
        return [f"must be of type {rule['type']}"]
    if "enum" in rule and value not in rule["enum"]:
        return [f"must be one of {rule['enum']}"]
    if "minimum" in rule and value < rule["minimum"]:
        return [f"must be greater than or equal to {rule['minimum']}"]
    if "maximum" in rule and value > rule["maximum"]:
        return [f"must be less than or equal to {rule['maximum']}"]
    return []


async def _wait(prediction: Prediction, prefer: str) -> None:
    if not prefer.startswith("wait"):
        return
    seconds = float(prefer.partition("=")[2] or 60)
    try:
        await asyncio.wait_for(prediction.ended.wait(), min(seconds, 60))
    except TimeoutError:
        return


async def _endless(request: web.Request, start: bytes, kind: str, size: int) -> web.StreamResponse:
    """A picture that does not stop coming, and does not say how long it is."""
    answer = web.StreamResponse(headers={"Content-Type": kind})
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    await answer.write(start)
    block = bytes(1024 * 1024)
    for _ in range(size // len(block)):
        await answer.write(block)
    await answer.write_eof()
    return answer


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


def _throttled(order: Order) -> web.Response:
    seconds = max(1, round(order.seconds))
    headers = {} if order.fault is Fault.THROTTLED_BARE else {"Retry-After": str(seconds)}
    detail = f"Request was throttled. Your rate limit resets in ~{seconds}s."
    return web.json_response({"detail": detail, "status": 429}, status=429, headers=headers)


def _problem(status: int, title: str, detail: str) -> web.Response:
    return web.json_response(
        {"title": title, "detail": detail, "status": status}, status=status, content_type="application/problem+json"
    )


def _duration(text: str | None) -> float | None:
    if not text:
        return None
    parts = _DURATION.findall(text) or [(text, "s")]
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
