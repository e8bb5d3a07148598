"""What jobs of payments are about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from realstaging.runtime.work import Payload


class Handle(Payload, frozen=True, tag="payments.handle"):
    """Look at what an event of Stripe's was about."""

    event_id: str


class FitMembers(Payload, frozen=True, tag="payments.fit_members"):
    """An account was made smaller by its own wish: who has no seat any more is suspended."""

    account_id: UUID


class EndExtra(Payload, frozen=True, tag="payments.end_extra"):
    """Two plans were paid for at once: this subscription is one too many."""

    subscription_id: str


class ForgetCustomer(Payload, frozen=True, tag="payments.forget_customer"):
    """An account was erased: its customer is deleted at Stripe, too."""

    customer_id: str


class ForgetAsked(Payload, frozen=True, tag="payments.forget_asked"):
    """An account was erased whose customer may have been made, though its id never arrived. Says no address: rows outlive an erasure."""

    account_id: UUID
    asked_at: datetime
