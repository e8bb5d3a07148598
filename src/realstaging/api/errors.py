"""One renderer of failures: RFC 9457 problem+json with a stable code."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from redis.exceptions import RedisError

from realstaging.kit.errors import AppError, Unavailable
from realstaging.runtime.database import AWAY

log = structlog.get_logger()

CODES = {
    400: "invalid_input",
    401: "unauthenticated",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_type",
}


def problem(status: int, code: str, detail: str, extra: dict[str, Any] | None = None) -> Response[bytes]:
    """A problem document. Its type is the code's place in the error reference."""
    content = {
        "type": f"/docs/errors#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **(extra or {}),
    }
    return Response(msgspec.json.encode(content), status_code=status, media_type="application/problem+json")


def app_error(_: Request[Any, Any, Any], error: AppError) -> Response[bytes]:
    answer = problem(error.status, error.code, error.message, {"details": error.details} if error.details else None)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(int(error.retry_after) or 1)
    return answer


def validation_error(_: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    return problem(
        422, "invalid_input", "The request is not valid.", {"errors": error.extra or [{"message": error.detail}]}
    )


def http_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    return problem(
        error.status_code,
        CODES.get(error.status_code, "http_error"),
        error.detail or HTTPStatus(error.status_code).phrase,
    )


def dependency_down(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("api.dependency_down", error=repr(error), path=request.url.path)
    return app_error(request, Unavailable())


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("api.unexpected", exc_info=error, path=request.url.path)
    return problem(500, "internal_error", "Something went wrong on our side. It has been recorded.")


HANDLERS: dict[Any, Any] = {
    AppError: app_error,
    ValidationException: validation_error,
    HTTPException: http_error,
    **dict.fromkeys(AWAY, dependency_down),
    ConnectionError: dependency_down,
    TimeoutError: dependency_down,
    RedisError: dependency_down,
    Exception: unexpected,
}
