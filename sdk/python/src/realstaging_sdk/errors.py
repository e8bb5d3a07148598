"""What can go wrong, as classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from realstaging_sdk.models import Staging


class RealStagingError(Exception):
    """Anything that goes wrong here."""

    idempotency_key: str | None = None
    """What the request that failed was sent under; None where it had no key. Asked again under it, it is done once."""
    over: Sequence[Staging] = ()
    """Of several that were waited for: those that are known to be over, in the order given."""


class NotReached(RealStagingError):
    """The service could not be reached, however often it was tried."""


class TookTooLong(RealStagingError):
    """What was waited for is not over yet. It goes on all the same: wait again."""


class InvalidSignature(RealStagingError):
    """This webhook was not sent by Real Staging, or is too old."""


class ApiError(RealStagingError):
    """The service refused, or failed. ``code`` never changes, ``detail`` says what to do, ``errors`` where in the request."""

    def __init__(self, status: int, code: str, detail: str, more: dict[str, Any]) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.errors: list[dict[str, Any]] = more.get("errors", [])
        self.details: dict[str, Any] = more.get("details", {})


class Unauthenticated(ApiError):
    """The key or token is not valid (any more)."""


class PaymentRequired(ApiError):
    """There is not enough credit."""


class BudgetReached(PaymentRequired):
    """The month's budget is used up."""


class QuotaReached(PaymentRequired):
    """The plan holds no more of this."""


class Forbidden(ApiError):
    """Whoever asks may not do this."""


class NotFound(ApiError):
    """There is nothing there, or it is another account's."""


class Conflict(ApiError):
    """This is not possible in the present state."""


class InvalidInput(ApiError):
    """What was sent cannot be used."""


class TooManyRequests(ApiError):
    """Too much at once, also after having waited."""


class ServiceError(ApiError):
    """Something is wrong on the service's side."""


class PhotoRefused(RealStagingError):
    """The file is no photo that can be used. ``code`` as the service has it."""

    def __init__(self, name: str, code: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.code = code


class StagingFailed(RealStagingError):
    """A staging ended without a picture, or was not accepted. ``staging`` is None where it was not."""

    def __init__(self, code: str, message: str, staging: Staging | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.staging = staging


BY_CODE: Final[dict[str, type[ApiError]]] = {"budget_reached": BudgetReached, "quota_reached": QuotaReached}
BY_STATUS: Final[dict[int, type[ApiError]]] = {
    401: Unauthenticated,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: InvalidInput,
    429: TooManyRequests,
}
FAILURE: Final = 500


def of_answer(status: int, body: bytes) -> ApiError:
    """The error that an answer tells of (RFC 9457), whatever it looks like: a proxy in between may have its own."""
    try:
        told = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        told = {}
    code, detail = str(told.get("code", "unknown")), str(told.get("detail", "The answer says nothing more."))
    otherwise = ServiceError if status >= FAILURE else ApiError
    return BY_CODE.get(code, BY_STATUS.get(status, otherwise))(status, code, detail, told)
