"""The service's secret keys: the one in force, and the one before it while what it signed or sealed is still about.

Each use derives keys of its own with HKDF-SHA256 (RFC 5869), so that what is signed for one purpose is worth nothing for another.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST: Final = 32
# 32 random hexadecimal digits have some 115 bits by this count, a sentence of that length about 120.
LEAST_BITS: Final = 100.0
PLACEHOLDERS: Final = ("changeme", "change-me", "change_me", "placeholder", "example", "development", "insecure")


@dataclass(frozen=True)
class KeyRing:
    """``current`` signs and seals; ``previous`` (empty for none) only checks and opens."""

    current: str = field(repr=False)
    previous: str = field(default="", repr=False)

    def keys(self, purpose: str) -> tuple[bytes, ...]:
        """256 bits for each key of the ring, the one in force first."""
        return tuple(_derived(secret, purpose) for secret in (self.current, self.previous) if secret)


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())


def weakness(secret: str) -> str | None:
    """Why a secret is too easily guessed, as the end of a sentence; None where it is not. The secret is never repeated."""
    lowered = secret.lower()
    if len(secret) < SHORTEST:
        return f"is shorter than {SHORTEST} characters"
    if any(word in lowered for word in PLACEHOLDERS):
        return "is a placeholder"
    if secret in (secret + secret)[1:-1]:
        return "repeats itself"
    counts = Counter(secret).values()
    bits = sum(count * math.log2(len(secret) / count) for count in counts)
    return None if bits >= LEAST_BITS else "has too little that is random in it"
