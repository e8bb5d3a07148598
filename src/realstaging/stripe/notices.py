"""What Stripe tells of its own accord, and where: events, with the objects that they are about, and the endpoints that are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from realstaging.stripe.objects import Metadata


class WebhookEndpoint(msgspec.Struct, frozen=True):
    """``secret`` is told once, when it is made; ``status`` is enabled or disabled."""

    id: str
    url: str
    enabled_events: tuple[str, ...]
    status: str
    api_version: str | None = None
    secret: str | None = None
    metadata: Metadata = {}


class EventData(msgspec.Struct, frozen=True):
    """``object``: the object as it was when the event happened. Read it again before anything is done by it."""

    object: Mapping[str, Any]


class WebhookEvent(msgspec.Struct, frozen=True):
    """Something happened. ``created`` says when; events arrive in any order, and more than once."""

    id: str
    type: str
    created: datetime
    data: EventData
    livemode: bool
    api_version: str | None = None

    @property
    def object_id(self) -> str:
        """Of what it is about; empty where that has none."""
        found = self.data.object.get("id")
        return found if isinstance(found, str) else ""

    @property
    def object_type(self) -> str:
        found = self.data.object.get("object")
        return found if isinstance(found, str) else ""
