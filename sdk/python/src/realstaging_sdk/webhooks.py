"""Webhooks that were received: whether they are Real Staging's, and what they say (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from realstaging_sdk import models
from realstaging_sdk.errors import InvalidSignature

TOLERANCE: Final = 300
"""Seconds by which clocks may differ, and a message may be late."""
LONGEST_STAMP: Final = 12
"""Digits: seconds, for 30,000 years. More are no number to be computed with."""


SHORTEST_KEY: Final = 24
"""Bytes of a secret's key, by Standard Webhooks; ours have 32. One that is empty or cut off would be anybody's."""


class UnknownMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message of a type that came after this release."""

    type: str
    timestamp: str
    data: dict[str, Any]


def verified(secret: str, headers: Mapping[str, str], body: bytes | str, *, now: float | None = None) -> Any:
    """The message (one of ``models.MESSAGES``, or UnknownMessage), if it was signed with the secret; InvalidSignature if not.

    ``body`` as it came, before anything has read it. ``headers`` in any spelling.
    """
    given = {name.lower(): value for name, value in headers.items()}
    sent = body.encode() if isinstance(body, str) else body
    try:
        message_id, stamp, signatures = (given[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        moment, key = int(stamp), base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (KeyError, ValueError, binascii.Error) as error:
        raise InvalidSignature("The headers or the secret are not those of a webhook.") from error
    if len(key) < SHORTEST_KEY:
        raise InvalidSignature("The secret is empty or not whole.")
    if len(stamp) > LONGEST_STAMP or abs((time.time() if now is None else now) - moment) > TOLERANCE:
        raise InvalidSignature("The message is too old, or this machine's clock is wrong.")
    wanted = base64.b64encode(hmac.digest(key, f"{message_id}.{stamp}.".encode() + sent, hashlib.sha256))
    if not any(hmac.compare_digest(b"v1," + wanted, one.encode()) for one in signatures.split()):
        raise InvalidSignature("The signature is not by this secret.")
    return read(sent)


class _Typed(msgspec.Struct):
    type: str


def read(body: bytes) -> Any:
    """The message in a body, its signature left aside."""
    return msgspec.json.decode(
        body, type=models.MESSAGES.get(msgspec.json.decode(body, type=_Typed).type, UnknownMessage)
    )
