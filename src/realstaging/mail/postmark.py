"""Postmark's webhooks (https://postmarkapp.com/developer/webhooks/bounce-webhook, …/spam-complaint-webhook, …/subscription-change-webhook).

Postmark signs nothing: it is known by the password in the webhook's address (basic authentication), which only it has.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from realstaging.kit.errors import Forged
from realstaging.mail.notices import Notice

# https://postmarkapp.com/developer/api/bounce-api#bounce-types: what Postmark itself sends nothing to any more.
HARD: Final = frozenset({"HardBounce", "BadEmailAddress", "ManuallyDeactivated"})


class _Told(msgspec.Struct, rename="pascal"):
    record_type: str = ""
    type: str = ""
    email: str = ""
    recipient: str = ""
    suppress_sending: bool = False
    suppression_reason: str | None = None


class PostmarkReader:
    """``secret``: the password of the webhook's address."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Notice]:
        if not hmac.compare_digest(_password(headers).encode(), self._secret.encode()):
            raise Forged
        try:
            told = msgspec.json.decode(body, type=_Told)
        except msgspec.DecodeError as error:
            raise Forged from error
        if told.record_type == "Bounce" and told.type in HARD:
            return [Notice(told.email, "bounce")]
        if told.record_type == "SpamComplaint":
            return [Notice(told.email, "complaint")]
        if told.record_type == "SubscriptionChange" and told.suppress_sending:
            return [Notice(told.recipient, "bounce" if told.suppression_reason == "HardBounce" else "complaint")]
        return []


def _password(headers: Mapping[str, str]) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2] if scheme.lower() == "basic" else ""
    except (binascii.Error, ValueError):
        return ""
