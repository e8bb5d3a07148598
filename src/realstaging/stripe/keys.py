"""What an API key says of itself (https://docs.stripe.com/keys)."""

from __future__ import annotations

import re
from typing import Final

KEY: Final = re.compile(r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{4,250}")
WEBHOOK_SECRET: Final = re.compile(r"whsec_[A-Za-z0-9+/=_-]{16,250}")


def is_key(text: str) -> bool:
    """Whether it is a secret or a restricted key."""
    return KEY.fullmatch(text) is not None


def is_live(key: str) -> bool:
    """Whether it moves real money."""
    return key[2:].startswith("_live_")


def is_restricted(key: str) -> bool:
    """Whether it may do only what was chosen for it."""
    return key.startswith("rk_")


def is_webhook_secret(text: str) -> bool:
    return WEBHOOK_SECRET.fullmatch(text) is not None
