"""The API's description (OpenAPI 3.1), exact: what the framework writes down, with its schemas made anew from our types.

The framework loses bounds inside unions and tuples and knows of one failure; msgspec, which does the checking, describes what it
checks. Every operation tells its refusals as problem documents (RFC 9457).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, get_args

import msgspec
from litestar import Litestar, Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import JsonRenderPlugin, SwaggerRenderPlugin
from litestar.routes import HTTPRoute

from realstaging import wiring
from realstaging.api import examples, stream
from realstaging.api.protection import REFERENCE_SCRIPT
from realstaging.kit import bounds
from realstaging.kit.errors import PROBLEM
from realstaging.runtime.deprecation import OPTION, Deprecated
from realstaging.runtime.work import Event

TEMPLATE: Final = "#/components/schemas/{name}"

EVENT: Final = "ServerEvent"
TOLD: Final = (
    "What `GET /api/v1/events` tells (text/event-stream): the `event` of a message is the `kind`, its `data` the `data` here; its `id` is "
    "to be sent as Last-Event-ID to go on from there."
)
FAILURE: Final = "#/components/responses/{}"


WEBHOOK_HEADERS: Final = {
    "webhook-id": "Names the message: the same at every try and replay. What you have seen, you need not do again.",
    "webhook-timestamp": "Seconds since 1970 at which this try was made. Refuse what is older than five minutes.",
    "webhook-signature": "One or two signatures, separated by blanks: `v1,` and the base64 of HMAC-SHA256 of `id.timestamp.body`.",
}


class Problem(msgspec.Struct):
    """Why a request was refused (RFC 9457): ``code`` never changes, ``detail`` says what to do."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] = []
    details: dict[str, Any] = {}


ALWAYS: Final = (400, 405, 408, 414, 429, 431, 500, 503)
"""Refusals of any operation."""
WITH_BODY: Final = (413, 415)
SOMETIMES: Final = (401, 402, 403, 404, 409, 412, 422)
MEANT: Final = {
    400: "The request cannot be read: it is no HTTP or no JSON, or says something twice that has one meaning.",
    422: "The request is read and not valid: a value is of another type, out of its bounds, or cannot be used. `errors` says where.",
}


def described(app: Litestar) -> dict[str, Any]:
    """The whole document."""
    return exact(app, app.openapi_schema.to_schema())


def exact(app: Litestar, document: Mapping[str, Any]) -> dict[str, Any]:
    """The framework's document, made exact."""
    handlers = list(_handlers(app))
    asked = {_struct(handler.parsed_data_field.annotation) for handler, _, _ in handlers if handler.parsed_data_field}
    given = {_struct(handler.parsed_return_field.annotation) for handler, _, _ in handlers}
    events = [*wiring.EVENTS, *stream.EVENTS]
    given |= set(wiring.MESSAGES)
    asked_parts, components = _components({*asked, Problem}), _components({*given, *asked, *events, Problem})
    for name in components.keys() - asked_parts.keys():
        # What we answer has all its fields; what is asked for may leave out those with a default.
        if "properties" in components[name]:
            components[name]["required"] = sorted(components[name]["properties"])
    paths: dict[str, Any] = {path: dict(item) for path, item in document["paths"].items()}
    for handler, path, method in handlers:
        if path in paths and method in paths[path]:
            paths[path][method] = _with_example(_operation(handler, method, paths[path][method]), (method, path))
            said: Deprecated | None = handler.opt.get(OPTION)
            if said and said.concerns(path):
                paths[path][method]["deprecated"] = True
    schemas = {**document["components"]["schemas"], **components, EVENT: _union(events)}
    failures = {str(status): _failure(status) for status in (*ALWAYS, *WITH_BODY, *SOMETIMES)}
    parts = {**document["components"], "schemas": schemas, "responses": failures}
    groups = [{"name": name, "description": text} for name, text in examples.GROUPS.items()]
    whole = {**document, "tags": groups, "paths": paths, "webhooks": _webhooks(), "components": parts}
    described: dict[str, Any] = _for_everybody(whole)
    return described


def _for_everybody(part: Any) -> Any:
    """With patterns as JSON Schema has them (ECMA-262): there the end of a text is its end, and needs no second word."""
    if isinstance(part, list):
        return [_for_everybody(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    return {
        name: said.removesuffix(bounds.END) + "$"
        if name == "pattern" and isinstance(said, str) and said.endswith(bounds.END)
        else _for_everybody(said)
        for name, said in part.items()
    }


def _webhooks() -> dict[str, Any]:
    """What endpoints of customers are sent, by type (Standard Webhooks)."""
    headers = [
        {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
        for name, text in WEBHOOK_HEADERS.items()
    ]
    answers = {"2XX": {"description": "Taken."}, "410": {"description": "Send nothing more: the endpoint is disabled."}}
    return {
        message.kind(): {
            "post": {
                "operationId": message.__name__,
                "summary": inspect.cleandoc(message.__doc__ or ""),
                "tags": ["webhooks"],
                "security": [],
                "parameters": headers,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": TEMPLATE.format(name=message.__name__)}}},
                },
                "responses": answers,
            }
        }
        for message in wiring.MESSAGES
    }


def _handlers(app: Litestar) -> Iterator[tuple[HTTPRouteHandler, str, str]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if handler.resolve_include_in_schema():
                    yield handler, route.path_format, method.lower()


def _union(events: Sequence[type[Event]]) -> dict[str, Any]:
    """One of these events, told by its ``kind``."""
    places = {str(event.__struct_config__.tag): TEMPLATE.format(name=event.__name__) for event in events}
    return {
        "description": TOLD,
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "kind", "mapping": places},
    }


def _components(types: set[Any]) -> dict[str, Any]:
    """Schemas by name, of these structs and of all they are made of."""
    components = msgspec.json.schema_components(types - {None}, ref_template=TEMPLATE)[1]
    for name, field in _moments(types - {None}):
        told = components[name]["properties"][field]
        for text in (told, *told.get("anyOf", ())):
            if text.get("type") == "string":
                text["format"] = "date-time"
    return components


def _moments(types: set[Any]) -> set[tuple[str, str]]:
    """(component, property) of every moment: msgspec calls only those a date-time that say so of their time zone."""
    found, known = set(), set()
    todo: list[Any] = list(msgspec.inspect.multi_type_info(types))
    while todo:
        match todo.pop():
            case msgspec.inspect.Metadata(type=inner):
                todo.append(inner)
            case msgspec.inspect.UnionType(types=inner):
                todo += inner
            case msgspec.inspect.ListType(item_type=inner) | msgspec.inspect.VarTupleType(item_type=inner):
                todo.append(inner)
            case msgspec.inspect.DictType(value_type=inner):
                todo.append(inner)
            case msgspec.inspect.StructType(cls=struct, fields=fields) if struct not in known:
                known.add(struct)
                todo += [field.type for field in fields]
                found |= {(struct.__name__, field.encode_name) for field in fields if _is_moment(field.type)}
    return found


def _is_moment(type_: Any) -> bool:
    options = type_.types if isinstance(type_, msgspec.inspect.UnionType) else (type_,)
    return any(isinstance(option, msgspec.inspect.DateTimeType) for option in options)


def _struct(type_: Any) -> Any:
    """The struct in a route's type, which may be inside a response; None where there is none."""
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return type_
    return next((found for argument in get_args(type_) if (found := _struct(argument))), None)


def _operation(handler: HTTPRouteHandler, method: str, told: Mapping[str, Any]) -> dict[str, Any]:
    secured = not handler.opt.get("exclude_from_auth")
    refusals = {
        *ALWAYS,
        *((401, 403, 404, 422) if secured else ()),
        *((404, 422) if told.get("parameters") else ()),
        *((402, 404, 409) if method != "get" else (409,) if told.get("parameters") else ()),
        *((*WITH_BODY, 422) if "requestBody" in told else WITH_BODY),
        *((412,) if any(given["name"] == "If-Match" for given in told.get("parameters", ())) else ()),
    }
    successes = {status: answer for status, answer in told["responses"].items() if int(status) < HTTPStatus.BAD_REQUEST}
    failures = {
        str(status): {"$ref": FAILURE.format(status)} for status in sorted(refusals) if str(status) not in successes
    }
    operation = {**told, "responses": {**successes, **failures}}
    if not secured:
        operation["security"] = []
    elif needed := handler.opt.get("needs"):
        operation["x-permission"] = str(needed)
    if "parameters" in told:
        operation["parameters"] = [_parameter(handler, given) for given in told["parameters"]]
    return operation


def _with_example(operation: dict[str, Any], place: tuple[str, str]) -> dict[str, Any]:
    if place not in examples.BODIES:
        return operation
    body, example = operation["requestBody"], examples.BODIES[place]
    content = {kind: {**told, "example": example} for kind, told in body["content"].items()}
    return {**operation, "requestBody": {**body, "content": content}}


def _failure(status: int) -> dict[str, Any]:
    schema = {"$ref": TEMPLATE.format(name=Problem.__name__)}
    return {
        "description": MEANT.get(status, HTTPStatus(status).phrase),
        "content": {PROBLEM: {"schema": schema}},
    }


def _parameter(handler: HTTPRouteHandler, told: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is not null when it is not."""
    field = handler.parsed_fn_signature.parameters.get(told["name"])
    kinds = [kind for kind in told["schema"].get("oneOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return dict(told)
    bounds = {name: value for name, value in told["schema"].items() if name != "oneOf"}
    exactly = (
        next((msgspec.json.schema(inner) for inner in get_args(field.annotation) if inner is not type(None)), {})
        if field
        else {}
    )
    if "$defs" in exactly:
        # A list of names is a part of the document already, and named.
        exactly = {}
    return {**told, "schema": {**kinds[0], **exactly, **bounds}}


class Document(JsonRenderPlugin):
    """The description as JSON."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return msgspec.json.encode(exact(request.app, openapi_schema))


class Reference(SwaggerRenderPlugin):
    """The viewer. It reads the description by its address, so that its one script is always the same."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002 - the framework's signature
        return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>{openapi_schema["info"]["title"]}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{self.favicon}
<link href="{self.css_url}" rel="stylesheet">
</head>
<body>
<div id="swagger-container"></div>
<script src="{self.js_url}"></script>
<script src="{self.standalone_preset_js_url}"></script>
<script>{REFERENCE_SCRIPT}</script>
</body>
</html>
""".encode()

    def receive_router(self, router: Any) -> None:
        """No page for OAuth's redirects: nobody signs in at the viewer."""
