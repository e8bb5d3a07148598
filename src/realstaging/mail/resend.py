"""Resend's webhooks, signed as Svix signs (https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests,
https://docs.svix.com/receiving/verifying-payloads/how-manual).
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

import msgspec

from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import Forged
from realstaging.kit.webhook_keys import key_of
from realstaging.mail.notices import Notice

OLDEST: Final = timedelta(minutes=5)
"""Svix's own tolerance, either way."""


class _Data(msgspec.Struct):
    to: list[str] = []
    bounce: dict[str, Any] = {}


class _Told(msgspec.Struct):
    type: str = ""
    data: _Data = msgspec.field(default_factory=_Data)


class ResendReader:
    """``secret``: the webhook's, as Resend shows it (whsec_…). ValueError where it is none."""

    def __init__(self, secret: str, clock: Clock = utc_now) -> None:
        self._key = key_of(secret)
        self._clock = clock

    async def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Notice]:
        self._verify(body, headers)
        try:
            told = msgspec.json.decode(body, type=_Told)
        except msgspec.DecodeError as error:
            raise Forged from error
        if told.type == "email.bounced" and told.data.bounce.get("type") == "Permanent":
            return [Notice(address, "bounce") for address in told.data.to]
        if told.type == "email.complained":
            return [Notice(address, "complaint") for address in told.data.to]
        return []

    def _verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        message_id, timestamp, given = (headers.get(f"svix-{name}", "") for name in ("id", "timestamp", "signature"))
        if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:  # noqa: PLR2004 - seconds, for 30,000 years
            raise Forged
        if abs(self._clock().timestamp() - int(timestamp)) > OLDEST.total_seconds():
            raise Forged
        wanted = hmac.digest(self._key, f"{message_id}.{timestamp}.".encode() + body, sha256)
        # Several while a secret is rotated.
        if not any(hmac.compare_digest(wanted, _signature(one)) for one in given.split()):
            raise Forged


def _signature(text: str) -> bytes:
    version, _, signature = text.partition(",")
    try:
        return base64.b64decode(signature, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""
