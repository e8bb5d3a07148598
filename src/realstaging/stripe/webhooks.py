"""What Stripe tells us of its own accord: whether it is Stripe's, in our version, of our mode (https://docs.stripe.com/webhooks/signature)."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

import msgspec
import structlog

from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import Forged
from realstaging.stripe.errors import NotTaken
from realstaging.stripe.notices import WebhookEvent
from realstaging.stripe.version import API_VERSION

TOLERANCE: Final = 300
"""Seconds, either way, as Stripe's own libraries allow."""
LONGEST_HEADER: Final = 1_000
"""A time and a signature take 80 characters, and two secrets hold while one is rotated."""
EVENTS: Final = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "customer.deleted",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
    "customer.subscription.pending_update_applied",
    "customer.subscription.pending_update_expired",
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "invoice.finalization_failed",
    "invoice.voided",
    "invoice.marked_uncollectible",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
"""What the endpoint asks to be told."""

log = structlog.get_logger()


class _Kind(msgspec.Struct):
    object: str = ""
    id: str = ""
    livemode: bool | None = None
    api_version: str | None = None


class Webhooks:
    """Of one endpoint. ``secret``: whsec_…; ``live``: whether real money is meant."""

    def __init__(self, secret: str, *, live: bool, clock: Clock = utc_now) -> None:
        self._secret, self._live, self._clock = secret.encode(), live, clock

    def read(self, body: bytes, signature: str) -> WebhookEvent:
        """The event of a notice whose header ``Stripe-Signature`` says this.

        Forged where it is not Stripe's, or older or newer than the tolerance. NotTaken where it is Stripe's, but thin, of another API version
        or of the other mode: Stripe shows the refusal and tries again, so that nothing is lost once the endpoint is mended.
        """
        self._verify(body, signature)
        try:
            kind = msgspec.json.decode(body, type=_Kind)
        except msgspec.DecodeError as error:
            raise NotTaken("This is not an event.") from error
        if kind.object != "event":
            raise self._not_taken(kind, "It is a thin event: make the endpoint for snapshots.")
        if kind.api_version != API_VERSION:
            raise self._not_taken(kind, f"It speaks API {kind.api_version}, not {API_VERSION}.")
        if kind.livemode is not self._live:
            raise self._not_taken(kind, "It is of test mode, and this is live." if self._live else "It is live.")
        try:
            return msgspec.json.decode(body, type=WebhookEvent, strict=False)
        except msgspec.DecodeError as error:
            raise self._not_taken(kind, "It cannot be read.") from error

    def _not_taken(self, kind: _Kind, why: str) -> NotTaken:
        log.error("stripe_event_not_taken", event_id=kind.id[:80], why=why)
        return NotTaken(f"This event is not taken. {why}")

    def _verify(self, body: bytes, signature: str) -> None:
        if len(signature) > LONGEST_HEADER:
            raise Forged
        pairs = [part.partition("=")[::2] for part in signature.split(",")]
        times = [value for name, value in pairs if name.strip() == "t"]
        if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) <= LONGEST_TIME):
            raise Forged
        # The sum is right first, then young: a forger is not told which.
        wanted = hmac.new(self._secret, f"{times[0]}.".encode() + body, sha256).hexdigest()
        given = [value for name, value in pairs if name.strip() == "v1"]
        if not any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given):
            raise Forged
        if abs(self._clock().timestamp() - int(times[0])) > TOLERANCE:
            raise Forged


LONGEST_TIME: Final = 12
"""Digits: seconds, for 30,000 years."""
