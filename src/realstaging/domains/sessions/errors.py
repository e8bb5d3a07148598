"""Why a session is not ended."""

from __future__ import annotations

from realstaging.kit.errors import NotFound


class NoSuchSession(NotFound):
    """You have no session with this id, or it is over already. GET /api/v1/me/sessions lists them."""

    code = "no_such_session"
