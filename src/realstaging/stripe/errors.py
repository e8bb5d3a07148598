"""How asking Stripe goes wrong (https://docs.stripe.com/error-handling, https://docs.stripe.com/api/errors).

Declined          the card or the person's bank says no: tell them
StripeUnavailable no answer, 429 or 5xx: try again with the same key; it may have been done all the same
KeyUsed           this idempotency key was used for something else
NothingThere      no such object
StripeRefused     Stripe does not do this, and will not when asked again
NotAllowedThere   the API key is wrong, or lacks a permission
"""

from __future__ import annotations

from realstaging.kit.errors import AppError, Unavailable


class StripeRefused(AppError):
    """The payment service did not take this. Nothing was charged; we have been told."""

    code = "payment_service_refused"
    status = 502

    def __init__(self, message: str | None = None, *, reason: str = "", param: str = "") -> None:
        """``reason``: Stripe's code and words, for us. ``param``: what it was about."""
        super().__init__(message)
        self.reason, self.param = reason, param

    def __str__(self) -> str:
        return f"{self.message} ({self.reason})" if self.reason else self.message


class NotAllowedThere(StripeRefused):
    """Payments are not set up as they should be. Nothing was charged; we have been told."""

    code = "payment_service_not_allowed"


class NothingThere(StripeRefused):
    """The payment service does not know this (any more)."""

    code = "payment_service_unknown"


class KeyUsed(StripeRefused):
    """This was asked for before, with other particulars. Nothing new was done."""

    code = "payment_service_key_used"


class Declined(StripeRefused):
    """Your bank has declined the payment. Use another card, or ask your bank."""

    code = "payment_declined"
    status = 402

    def __init__(self, message: str | None = None, *, reason: str = "", param: str = "", action: bool = False) -> None:
        """``action``: the person has to do something first, as their bank asks (SCA)."""
        super().__init__(message, reason=reason, param=param)
        self.action = action


class StripeUnavailable(Unavailable):
    """The payment service does not answer. Nothing is lost: try again in a moment."""

    code = "payment_service_unavailable"
    retry_after: float = 10.0


class NotTaken(AppError):
    """This notice is not taken here."""

    code = "notice_not_taken"
    status = 400
