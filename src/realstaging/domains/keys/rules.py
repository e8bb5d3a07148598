"""Decisions about keys. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Final

from realstaging.domains.accounts.service import Permission
from realstaging.domains.keys.schemas import Mode, NewKey, Scope
from realstaging.kit import bearer_texts
from realstaging.kit.callers import Address, Network
from realstaging.kit.errors import InvalidInput

MOST_KEYS: Final = 50
"""Of an account, valid at once."""
KEPT_AFTER: Final = timedelta(days=30)
"""A key that has ended is listed for so long, so that people find out why a program stopped."""
PREFIXES: Final = {Mode.LIVE: "rs_live_", Mode.TEST: "rs_test_"}


def is_key(token: str) -> bool:
    """Whether a bearer token wants to be a key of ours: a token of the issuer never does."""
    return token.startswith(tuple(PREFIXES.values()))


def is_whole(token: str) -> bool:
    """Whether a key is one that we could have made: nobody need be asked of what was mistyped."""
    return bearer_texts.prefix_of(token) in PREFIXES.values()


def networks(given: Sequence[str]) -> list[Network]:
    """The networks that people typed; InvalidInput where one is none."""
    found = []
    for text in given:
        try:
            found.append(ip_network(text))
        except ValueError as error:
            raise InvalidInput(f"{text} is no network, as 203.0.113.7 or 2001:db8::/48.") from error
    return found


def refusal(asked: NewKey, permissions: Collection[Permission]) -> str | None:
    """Why this key is not made: nobody gives away what they have not."""
    beyond = [scope for scope in asked.scopes if Permission(scope.value) not in permissions]
    if beyond:
        return f"You may not {', '.join(beyond)} yourself, and so no key of yours may."
    if len(set(asked.scopes)) < len(asked.scopes):
        return "A scope is named twice."
    return None


def may(scopes: Collection[Scope]) -> tuple[Permission, ...]:
    """What a key's bearer is permitted, in the order of the enum."""
    named = {scope.value for scope in scopes}
    return tuple(permission for permission in Permission if permission.value in named)


def is_from(address: Address | None, allowed: Sequence[Network]) -> bool:
    """Whether a key may be used from there; an empty list allows everywhere."""
    return not allowed or (address is not None and any(address in network for network in allowed))


def end_of(old: datetime | None, now: datetime, overlap: timedelta) -> datetime:
    """When a key ends that was rotated now: never later than it would have."""
    ends = now + overlap
    return ends if old is None else min(old, ends)
