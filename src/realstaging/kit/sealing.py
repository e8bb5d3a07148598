"""Secrets at rest: encrypted with keys derived from the service's own.

Fernet (AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec) seals with the key in force and opens with any of the ring.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from realstaging.kit.errors import AppError
from realstaging.kit.keyring import KeyRing


class SealBroken(AppError):
    """A stored secret cannot be read: neither SECRET_KEY nor SECRET_KEY_PREVIOUS is the one it was stored with. An operator has to set it again."""

    code = "secret_unreadable"


class Sealer:
    """``purpose`` separates keys, so that what is sealed for one cannot be opened as another."""

    def __init__(self, ring: KeyRing, purpose: str) -> None:
        self._fernets = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in ring.keys(purpose)])

    def seal(self, text: str) -> str:
        return self._fernets.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text, or SealBroken."""
        try:
            return self._fernets.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken from error

    def renew(self, sealed: str) -> str:
        """The same secret, sealed with the key in force. SealBroken where no key of the ring opens it."""
        try:
            return self._fernets.rotate(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealBroken from error
