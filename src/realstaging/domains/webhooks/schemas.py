"""Wire shapes of webhook endpoints and deliveries."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec

from realstaging.domains.webhooks.messages import WebhookEvent
from realstaging.kit import bounds
from realstaging.runtime.outward import LONGEST_ADDRESS

LONGEST_DESCRIPTION: Final = 200
MOST_REPLAYED: Final = 1000
ONCE_EACH: Final = {"uniqueItems": True}

Url = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ADDRESS, pattern=bounds.TEXT)]
Description = Annotated[str, msgspec.Meta(max_length=LONGEST_DESCRIPTION, pattern=bounds.TEXT)]
Events = Annotated[list[WebhookEvent], msgspec.Meta(min_length=1, max_length=len(WebhookEvent))]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class DisabledReason(StrEnum):
    """Why an endpoint is told nothing: somebody disabled it, it answered 410, or it failed for days."""

    ASKED = "asked"
    GONE = "gone"
    FAILING = "failing"


class DeliveryState(StrEnum):
    """Of a delivery: to be sent (again), taken, or given up."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class NewWebhookEndpoint(msgspec.Struct, forbid_unknown_fields=True):
    """An https address of yours. ``events`` left out: all there are today."""

    url: Url
    description: Description = ""
    events: Events = msgspec.field(default_factory=lambda: list(WebhookEvent))


class WebhookEndpointChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out, or null, stays as it is."""

    url: Url | None = None
    description: Description | None = None
    events: Events | None = None
    enabled: bool | None = None


class WebhookEndpoint(msgspec.Struct, frozen=True):
    """An address that is told events. ``failing_since``: of the first failure since a success; after some days of it the owner is told,
    and then the endpoint is disabled. Until ``previous_secret_until`` messages bear a signature by the secret before as well.
    """

    id: UUID
    url: str
    description: str
    events: list[str]
    enabled: bool
    disabled_reason: DisabledReason | None
    failing_since: datetime | None
    previous_secret_until: datetime | None
    created_at: datetime


class WebhookEndpointWithSecret(WebhookEndpoint, frozen=True, kw_only=True):
    """``secret`` (``whsec_…``) verifies signatures. It is told this once; lost, it is rotated."""

    secret: str


class WebhookEndpoints(msgspec.Struct, frozen=True):
    items: list[WebhookEndpoint]


class NewWebhookTest(msgspec.Struct, forbid_unknown_fields=True):
    """The type of the message; left out, ``webhook.test``. Its ids are made up, and its data say ``test``."""

    type: WebhookEvent | None = None


class WebhookDelivery(msgspec.Struct, frozen=True):
    """One message to one endpoint. ``tries`` since it was made or replayed last; ``status``: of the newest answer."""

    id: UUID
    endpoint_id: UUID
    webhook_id: str
    """The header ``webhook-id``: the same at every try and replay."""
    type: str
    state: DeliveryState
    tries: int
    status: int | None
    next_at: datetime | None
    created_at: datetime
    finished_at: datetime | None


class WebhookAttempt(msgspec.Struct, frozen=True):
    """One try: the answer's status and first 4 kB, or why there was none."""

    at: datetime
    url: str
    status: int | None
    answer: str
    error: str | None
    milliseconds: int


class WebhookDeliveryWithAttempts(WebhookDelivery, frozen=True, kw_only=True):
    """With the body that is sent, and every attempt, newest first."""

    body: str
    attempts: list[WebhookAttempt]


class WebhookDeliveryPage(msgspec.Struct, frozen=True):
    items: list[WebhookDelivery]
    next_cursor: str | None


class WebhookReplay(bounds.Dated, frozen=True, forbid_unknown_fields=True):
    """Deliveries made from ``since`` on, before ``until`` where that is given, in one of ``states``: oldest first, at most 1,000."""

    since: Moment
    until: Moment | None = None
    states: Annotated[list[DeliveryState], msgspec.Meta(min_length=1, max_length=3)] = msgspec.field(
        default_factory=lambda: [DeliveryState.FAILED]
    )


class WebhookReplayed(msgspec.Struct, frozen=True):
    """How many are sent again; ``more``: there are others in the range, to be asked for from ``next_since`` on."""

    count: int
    next_since: datetime | None
