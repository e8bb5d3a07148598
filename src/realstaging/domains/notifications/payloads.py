"""What jobs of letters are about."""

from __future__ import annotations

from uuid import UUID

from realstaging.runtime.work import Payload


class Send(Payload, frozen=True, tag="notifications.send"):
    """Hand a letter to the mail server. ``turn``: which try this is; a job of an earlier one finds nothing to do."""

    letter_id: UUID
    turn: int = 0
