"""Keys by which webhooks are signed, as Standard Webhooks writes them (https://www.standardwebhooks.com): whsec_ and base64."""

from __future__ import annotations

import base64
import binascii
from typing import Final

PREFIX: Final = "whsec_"
SHORTEST: Final = 24
"""Bytes, by the specification. With a key that is empty anybody can sign."""


def key_of(secret: str) -> bytes:
    """The key in a secret; ValueError where it is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a webhook's secret is whsec_ and base64") from error
    if len(key) < SHORTEST:
        raise ValueError(f"a webhook's secret has at least {SHORTEST} bytes")
    return key
