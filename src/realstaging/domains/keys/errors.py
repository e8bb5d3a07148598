"""Why a key is not taken."""

from __future__ import annotations

from realstaging.kit.errors import Conflict, Forbidden, Unauthenticated


class BadKey(Unauthenticated):
    """This API key is not valid: it was mistyped, has expired or was revoked. Make a new one in the account's settings."""

    code = "bad_key"


class KeyElsewhere(Forbidden):
    """This API key may not be used from this address. Whoever made it can allow it, by a new key."""

    code = "key_elsewhere"


class KeyOfAnotherAccount(Forbidden):
    """An API key works in its own account only. Leave the header Real-Staging-Account out."""

    code = "key_of_another_account"


class TooManyKeys(Conflict):
    """An account has at most 50 keys that are valid. Revoke those that nobody uses."""

    code = "too_many_keys"
