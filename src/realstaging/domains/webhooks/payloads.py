"""What jobs of webhooks are about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from realstaging.runtime.work import Payload


class Deliver(Payload, frozen=True, tag="webhooks.deliver"):
    """Send an endpoint what is due."""

    endpoint_id: UUID


class TellOwner(Payload, frozen=True, tag="webhooks.tell_owner"):
    """Write to who looks after webhooks that an endpoint is disabled, or will be at ``off_at``; ``reason``: what was heard last."""

    endpoint_id: UUID
    reason: str
    off_at: datetime | None
