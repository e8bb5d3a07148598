"""What happened at Stripe in the last 30 days, for what webhooks lost (https://docs.stripe.com/api/events)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from realstaging.stripe.connection import Connection
from realstaging.stripe.notices import WebhookEvent


class Events:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked = connection.client.v1.events

    async def one(self, event_id: str) -> WebhookEvent:
        return await self._connection.one(WebhookEvent, self._asked.retrieve_async(event_id))

    async def since(self, moment: datetime, types: Sequence[str]) -> list[WebhookEvent]:
        """Of these types (20 at most), the newest first."""
        return await self._connection.all(
            WebhookEvent, self._asked.list_async, {"created": {"gte": int(moment.timestamp())}, "types": list(types)}
        )
