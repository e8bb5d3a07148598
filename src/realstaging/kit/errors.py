"""Every failure a caller can meet, as one tree.

    AppError                 code, HTTP status, message for a person
    ├── Malformed       400  what was sent cannot even be read
    ├── TooSlow         408  it did not come in time
    ├── TooLarge        413  the body
    ├── TooLong         414  the address; 431 the headers
    ├── UnsupportedType 415  the body is of another kind than is read here
    ├── Changed         412  what is to be changed is not what it was when it was read
    ├── InvalidInput    422  what was sent cannot be used
    │   └── InvalidFields    with what is wrong with each field
    ├── BadPhoto        422  this file is not a photo we can use
    ├── Unauthenticated 401
    │   ├── SessionEnded     the sign-in was ended
    │   └── SignInAgain      signed in too long ago for this
    ├── Forbidden       403
    │   ├── NotPermitted     the caller's role may not
    │   └── Forged           a notice of another service that it did not sign
    ├── NotFound        404  absent, or not yours: the two look the same from outside
    ├── Conflict        409
    ├── CannotStage     422  the engine understood the photo and declines it, with the reason
    ├── TooManyRequests 429  more requests than one caller may send in a while
    ├── Unavailable     503  a part we need did not answer; trying again may help
    └── Overloaded      503  more work than this process takes on at once

The class docstring is the default message. ``retry_after`` (seconds) is set on failures that time heals: the worker retries
those and no others.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import msgspec

PROBLEM: Final = "application/problem+json"


def problem(status: int, code: str, detail: str, more: Mapping[str, object] | None = None) -> dict[str, object]:
    """A failure as a document (RFC 9457). Its type is the code's place in the error reference."""
    return {
        "type": f"/docs/errors#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **(more or {}),
    }


class AppError(Exception):
    """Something went wrong."""

    code = "internal_error"
    status = 500
    retry_after: float | None = None
    headers: Mapping[str, str] = {}
    """What an answer over HTTP says besides."""

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.message = message or inspect.cleandoc(type(self).__doc__ or "")
        self.details = details
        super().__init__(self.message)


class ItemError(msgspec.Struct, frozen=True):
    """Why one item of several was refused."""

    code: str
    message: str


class Malformed(AppError):
    """The request cannot be read."""

    code = "malformed"
    status = 400


class TooSlow(AppError):
    """The request did not arrive in time. Send it again, over a better connection."""

    code = "too_slow"
    status = 408


class TooLarge(AppError):
    """The body is too large."""

    code = "too_large"
    status = 413


class TooLong(AppError):
    """The request has an address or headers that are too long."""

    code = "too_long"
    status = 414

    def __init__(self, message: str | None = None, status: int = 414) -> None:
        super().__init__(message)
        self.status = status


class UnsupportedType(AppError):
    """The body is of a kind that is not read here."""

    code = "unsupported_type"
    status = 415


class InvalidInput(AppError):
    """The request is not valid."""

    code = "invalid_input"
    status = 422


class KeyReused(InvalidInput):
    """This Idempotency-Key was used for another request. Use a new one."""

    code = "idempotency_key_reused"


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field. ``key``: where it is in the body, as `billing_address.country`."""

    message: str
    key: str
    source: str = "body"


class InvalidFields(InvalidInput):
    """The request is not valid."""

    def __init__(self, fields: Sequence[FieldError]) -> None:
        super().__init__()
        self.fields = fields


class Changed(AppError):
    """It has been changed since you read it, perhaps in another window. Get it again, and send your change with the ETag that comes
    with it as If-Match.
    """

    code = "changed"
    status = 412


class BadPhoto(AppError):
    """This file is not a photo that can be used."""

    code = "bad_photo"
    status = 422


class Unauthenticated(AppError):
    """Sign in to continue."""

    code = "unauthenticated"
    status = 401


class SessionEnded(Unauthenticated):
    """This sign-in was ended, here or on another device. Sign in again."""

    code = "session_ended"


FRESH: Final = 600
"""Seconds since somebody showed who they are, for what cannot be taken back."""


class SignInAgain(Unauthenticated):
    """For this you must have signed in within the last ten minutes. Sign in again, then repeat it."""

    code = "sign_in_again"
    # RFC 9470 §3: what the application asks the issuer for, as max_age.
    headers: Mapping[str, str] = {
        "WWW-Authenticate": f'Bearer error="insufficient_user_authentication", max_age={FRESH}'
    }


class Forbidden(AppError):
    """You may not do this."""

    code = "forbidden"
    status = 403


class NotPermitted(Forbidden):
    """Your role in this account may not do this."""

    code = "not_permitted"


class Forged(Forbidden):
    """This notice does not come from whom it says, or is too old."""

    code = "webhook_forged"


class NotFound(AppError):
    """There is nothing here, or it is not yours."""

    code = "not_found"
    status = 404


class Conflict(AppError):
    """This is not possible in the present state."""

    code = "conflict"
    status = 409


class KeyInUse(Conflict):
    """The first request with this Idempotency-Key is still being done. Wait some seconds, then send it again with the same key and body:
    it is answered as the first one is.
    """

    code = "idempotency_key_in_use"
    retry_after: float = 2.0


class CannotStage(AppError):
    """This photo cannot be staged."""

    code = "cannot_stage"
    status = 422


class TooManyRequests(AppError):
    """Too many requests in a short time. Wait a moment, then try again."""

    code = "too_many_requests"
    status = 429
    retry_after: float = 1.0


class Unavailable(AppError):
    """A part of the service did not answer. Try again in a moment."""

    code = "unavailable"
    status = 503
    retry_after: float = 5.0


class Overloaded(Unavailable, TimeoutError):
    """The service has more to do than it can at the moment. Try again in a few seconds."""

    code = "overloaded"
    retry_after: float = 2.0
