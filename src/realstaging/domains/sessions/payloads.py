"""What jobs of sessions are about."""

from __future__ import annotations

from realstaging.runtime.work import Payload


class EndAtIssuer(Payload, frozen=True, tag="sessions.end_at_issuer"):
    """Have the issuer end these sessions, as it calls them, so that their refresh tokens are worth nothing."""

    issuer_sessions: list[str]
