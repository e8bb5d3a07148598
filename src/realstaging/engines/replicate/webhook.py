"""Is this webhook from Replicate, and from just now?

Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): HMAC-SHA256
over ``id.timestamp.body`` with the base64 part of ``whsec_…``; the signature header lists ``v1,<base64>`` parts, several
while a secret is being changed. Replicate: https://replicate.com/docs/topics/webhooks/verify-webhook (read 2026-11-22).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from realstaging.engines.paid import Notice
from realstaging.engines.replicate.predictions import Prediction
from realstaging.kit.errors import Forged, InvalidInput
from realstaging.kit.webhook_keys import key_of

TOLERANCE = 300.0
"""Seconds a notice may be old, or ahead by a wrong clock, before it counts as replayed."""
LONGEST_TIMESTAMP = 12
"""Digits: seconds, for 30,000 years. More are no number to be computed with."""


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: datetime) -> Notice:
    """The notice in this request, or Forged. ``secrets`` are tried in turn, so that one can be changed without a gap.

    ``headers`` are looked up in lower case. InvalidInput where a signed body is no prediction, ValueError where a secret is none.
    """
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not message_id or not _fresh(timestamp, now):
        raise Forged
    offered = [part[3:] for part in headers.get("webhook-signature", "").split(" ") if part.startswith("v1,")]
    signed = message_id.encode() + b"." + timestamp.encode() + b"." + body
    expected = [_signature(secret, signed) for secret in secrets]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in expected for other in offered):
        raise Forged
    try:
        return Notice(message_id, msgspec.json.decode(body, type=Prediction).document())
    except msgspec.MsgspecError as error:
        raise InvalidInput("The notice holds no prediction.") from error


def _fresh(timestamp: str, now: datetime) -> bool:
    whole = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= LONGEST_TIMESTAMP
    return whole and abs(now.timestamp() - int(timestamp)) <= TOLERANCE


def _signature(secret: str, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()
