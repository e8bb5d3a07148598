"""Refusals, in Stripe's words (https://docs.stripe.com/api/errors)."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An answer that is no success."""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = "invalid_request_error", code: str = "", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"type": kind, "message": message}
        if code:
            self.body["code"] = code
        if param:
            self.body["param"] = param


def missing(kind: str, named: str, param: str = "id") -> Refusal:
    return Refusal(
        f"No such {kind}: '{named}'", status=404 if param == "id" else 400, code="resource_missing", param=param
    )


def declined(code: str, message: str) -> Refusal:
    """A decline; ``code`` as the bank says it."""
    refusal = Refusal(message, status=402, kind="card_error", code="card_declined")
    if code == "authentication_required":
        refusal.body["code"] = code
    refusal.body["decline_code"] = "generic_decline" if code == "card_declined" else code
    return refusal
