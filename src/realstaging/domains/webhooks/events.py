"""What browsers are told of webhooks."""

from __future__ import annotations

from typing import Final

from realstaging.domains.accounts.service import Permission
from realstaging.domains.webhooks.schemas import WebhookEndpoint
from realstaging.runtime.work import Event


class EndpointChanged(Event, frozen=True, tag="webhook_endpoint.changed"):
    """It is new, set up anew, fails for days, or is disabled."""

    needs = Permission.WEBHOOKS
    data: WebhookEndpoint


EVENTS: Final[list[type[Event]]] = [EndpointChanged]
