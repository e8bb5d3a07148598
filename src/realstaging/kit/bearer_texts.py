"""Texts that open something to whoever has them: API keys, upload links. Made so that they are known by sight, and told from typing
errors without asking anybody.

    rs_live_ + 28 characters of base62 at random (166 bits) + 6 characters of base62: CRC-32 of all before

The form is GitHub's (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/). What is kept
is the SHA-256 of the whole: so many random bits need no slow hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from typing import Final

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM: Final = 28
CHECKSUM: Final = 6
"""Characters: 62 to the sixth is more than 2 to the 32nd."""
LENGTH: Final = len("rs_live_") + RANDOM + CHECKSUM
FORM: Final = re.compile(rf"(rs_[a-z]{{4}}_)[0-9A-Za-z]{{{RANDOM}}}([0-9A-Za-z]{{{CHECKSUM}}})")
HINT: Final = 4
"""Characters at the end by which people know theirs again."""


def new(prefix: str) -> str:
    """A new one; ``prefix`` as ``rs_live_``."""
    text = prefix + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return text + _checksum(text)


def prefix_of(text: str) -> str | None:
    """What it opens, by its prefix; None where it is none of ours, or somebody mistyped it."""
    found = FORM.fullmatch(text)
    return found[1] if found and _checksum(text[:-CHECKSUM]) == found[2] else None


def digest(text: str) -> bytes:
    """What is kept of it."""
    return hashlib.sha256(text.encode()).digest()


def _checksum(text: str) -> str:
    number, letters = zlib.crc32(text.encode()), ""
    for _ in range(CHECKSUM):
        number, place = divmod(number, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return letters
