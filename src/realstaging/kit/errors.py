"""Every failure a caller can meet, as one tree.

    AppError                 code, HTTP status, message for a person
    ├── InvalidInput    422  what was sent cannot be used
    ├── BadPhoto        422  this file is not a photo we can use
    ├── Unauthenticated 401
    ├── Forbidden       403
    ├── NotFound        404  absent, or not yours: the two look the same from outside
    ├── Conflict        409
    ├── CannotStage     422  the engine understood the photo and declines it, with the reason
    ├── TooManyRequests 429  more requests than one caller may send in a while
    └── Unavailable     503  a part we need did not answer; trying again may help

The class docstring is the default message. ``retry_after`` (seconds) is set on failures that time heals: the worker retries
those and no others.
"""

from __future__ import annotations

import inspect


class AppError(Exception):
    """Something went wrong."""

    code = "internal_error"
    status = 500
    retry_after: float | None = None

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.message = message or inspect.cleandoc(type(self).__doc__ or "")
        self.details = details
        super().__init__(self.message)


class InvalidInput(AppError):
    """The request is not valid."""

    code = "invalid_input"
    status = 422


class BadPhoto(AppError):
    """This file is not a photo that can be used."""

    code = "bad_photo"
    status = 422


class Unauthenticated(AppError):
    """Sign in to continue."""

    code = "unauthenticated"
    status = 401


class Forbidden(AppError):
    """You may not do this."""

    code = "forbidden"
    status = 403


class NotFound(AppError):
    """There is nothing here, or it is not yours."""

    code = "not_found"
    status = 404


class Conflict(AppError):
    """This is not possible in the present state."""

    code = "conflict"
    status = 409


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
