"""One renderer of failures: RFC 9457 problem+json with a stable code and what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from redis.exceptions import RedisError

from realstaging.kit import errors
from realstaging.kit.errors import PROBLEM, AppError, InvalidFields, TooLarge, TooSlow, Unavailable
from realstaging.runtime import error_tracking
from realstaging.runtime.database import PASSING

log = structlog.get_logger()

CODES: Final = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_type",
}
SENTENCES: Final = {
    404: "There is nothing at this address. What there is, is listed at /docs.",
    405: "This address does not take that method. The header Allow names those it takes.",
}
"""Where the framework's own words do not say what to do."""
UNREACHABLE: Final = frozenset(
    {errno.EHOSTUNREACH, errno.EHOSTDOWN, errno.ENETUNREACH, errno.ENETDOWN, errno.ENETRESET, errno.ENONET}
)
"""What a cut link ends in, beside time-outs and broken connections (connect(2), ip(7)): Python has no classes of their own for these."""
UNEXPECTED: Final = "Something went wrong on our side. It has been recorded."


class Problem(NamedTuple):
    """What went wrong, in a sentence that says what to do. ``extra``: fields of the document besides."""

    status: int
    code: str
    detail: str
    extra: Mapping[str, Any] | None = None


def problem(scope: Mapping[str, Any], of: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A problem document as the answer to a request, whose scope keeps the code for `observation`."""
    scope["state"]["problem"] = of.code
    content = msgspec.json.encode(errors.problem(*of))
    return Response(content, status_code=of.status, media_type=PROBLEM, headers=headers)


def app_error(request: Request[Any, Any, Any], error: AppError) -> Response[bytes]:
    return _told(request.scope, error)


def _told(scope: Mapping[str, Any], error: AppError) -> Response[bytes]:
    headers = dict(error.headers)
    if error.retry_after is not None:
        headers["Retry-After"] = str(int(error.retry_after) or 1)
    if isinstance(error, TooLarge | TooSlow):
        # What is left of the body would be taken for the next request, or waited for.
        headers["Connection"] = "close"
    details: dict[str, Any] | None = {"details": error.details} if error.details else None
    if isinstance(error, InvalidFields):
        details = {"errors": error.fields}
    return problem(scope, Problem(error.status, error.code, error.message, details), headers)


def validation_error(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    found = error.extra or [{"message": error.detail}]
    return problem(request.scope, Problem(422, "invalid_input", "The request is not valid.", {"errors": found}))


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    detail = SENTENCES.get(status) or error.detail or HTTPStatus(status).phrase
    return problem(request.scope, Problem(status, CODES.get(status, "http_error"), detail), error.headers)


def dependency_down(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("api.dependency_down", error=repr(error), path=request.url.path)
    return app_error(request, Unavailable())


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("api.unexpected", exc_info=error, path=request.url.path)
    error_tracking.caught(error, route=str(request.scope.get("path_template", "")))
    return problem(request.scope, Problem(500, "internal_error", UNEXPECTED))


def system_error(request: Request[Any, Any, Any], error: OSError) -> Response[bytes]:
    """Of the network it passes; of a file it is ours."""
    return (dependency_down if error.errno in UNREACHABLE else unexpected)(request, error)


HANDLERS: dict[Any, Any] = {
    AppError: app_error,
    ValidationException: validation_error,
    HTTPException: http_error,
    **dict.fromkeys(PASSING, dependency_down),
    ConnectionError: dependency_down,
    TimeoutError: dependency_down,
    # A name that is not found for a while.
    socket.gaierror: dependency_down,
    # A handshake that a cut link broke off.
    ssl.SSLError: dependency_down,
    OSError: system_error,
    RedisError: dependency_down,
    Exception: unexpected,
}


def answered(app: ASGIApp) -> ASGIApp:
    """Middleware: what the parts around the application raise is answered as what its routes raise is."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, noting)
        except AppError as error:
            if begun:
                raise
            await _told(scope, error).to_asgi_response(None, Request(scope))(scope, receive, send)

    return answering
