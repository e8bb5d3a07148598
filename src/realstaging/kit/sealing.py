"""Secrets at rest: encrypted with a key derived from the service's own.

HKDF-SHA256 (RFC 5869) makes the key, Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec) seals with it.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from realstaging.kit.errors import AppError


class SealBroken(AppError):
    """A stored secret cannot be read: SECRET_KEY is not the one it was stored with. An admin has to set it again."""

    code = "secret_unreadable"


class Sealer:
    """``purpose`` separates keys, so that what is sealed for one cannot be opened as another."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text, or SealBroken."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken from error
