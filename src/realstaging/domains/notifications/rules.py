"""Decisions about letters. Pure."""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import msgspec

from realstaging.domains.notifications.letters import OPTIONAL

# A server that is away for longer has lost more than our letters (RFC 5321 §4.5.4.1: four to five days; providers give up after three).
LONGEST_WAIT: Final = timedelta(hours=72)
LOST_AFTER: Final = timedelta(hours=96)
"""A letter whose job ends it as it should is over a day before."""
FIRST_PAUSE: Final = 30.0
LONGEST_PAUSE: Final = 4 * 3600.0
MOST_TO_ADDRESS: Final = 20
"""Letters to one address in `PER_ADDRESS`: more, and something of ours goes round in circles."""
PER_ADDRESS: Final = timedelta(hours=1)
MOST_OF_ACCOUNT: Final = 1000
"""Letters of one account in `PER_ACCOUNT`, whoever they are to."""
PER_ACCOUNT: Final = timedelta(days=1)
LONGEST_TEXT: Final = 200
"""Letters of a name or a sentence within a letter."""
DIGEST_BYTES: Final = 32
PURPOSE: Final = "mail choices"

# Control, format (what turns writing round, or is not seen), surrogates, private use.
HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
JOINER: Final = "\u200d"
"""Makes one emoji of several."""
BREAKS: Final = re.compile(r"\s+")
# What a mail program would make a link of in a text that somebody chose; the ends of files' names are none. Three more signs are dots to
# names of hosts (RFC 3490 §3.1).
LINK: Final = re.compile(
    r"(?<=\w)[.\u3002\uff0e\uff61](?=[^\W\d_]{2,})(?!(?:jpe?g|png|webp|heic|heif|tiff?|avif)\b)|:(?=//)", re.IGNORECASE
)


def pause(turn: int, share: float) -> timedelta:
    """How long to wait after so many tries, ``share`` (0 to 1) of the doubled time at random: letters that failed together part."""
    whole = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(turn, 20))
    return timedelta(seconds=whole * (0.75 + 0.5 * share))


def is_too_late(created_at: datetime, at: datetime) -> bool:
    return at - created_at > LONGEST_WAIT


def room_at(now: datetime, to_address: Sequence[datetime], of_account: Sequence[datetime]) -> datetime | None:
    """When there is room for one more letter, by when the newest ones to its address and of its account were sent (newest first, as
    many as count); None for now.
    """
    times = [
        sent[most - 1] + per
        for sent, most, per in ((to_address, MOST_TO_ADDRESS, PER_ADDRESS), (of_account, MOST_OF_ACCOUNT, PER_ACCOUNT))
        if len(sent) >= most
    ]
    later = [at for at in times if at > now]
    return max(later) if later else None


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text for a letter: one line, without what turns letters around or hides them, nothing that becomes a link, not endless."""
    shown = "".join(
        letter for letter in BREAKS.sub(" ", text) if letter == JOINER or unicodedata.category(letter) not in HIDDEN
    )
    kept = LINK.sub(lambda found: f"{found[0]} ", shown[: 4 * longest]).strip()
    return kept if len(kept) <= longest else f"{kept[: longest - 1].rstrip()}…"


def name(text: str) -> str:
    """A name that somebody chose."""
    return plain(text, 80)


class Choice(msgspec.Struct, frozen=True):
    """One kind of letter to one address."""

    digest: bytes
    kind: str


def sealed(choice: Choice, keys: Sequence[bytes]) -> str:
    """A token that says whose choice of what it is, and nothing of the person but the digest of their address."""
    told = choice.digest + choice.kind.encode()
    return f"{_text(told)}.{_text(hmac.digest(keys[0], told, sha256))}"


def opened(token: str, keys: Sequence[bytes]) -> Choice | None:
    """What a token says, signed with any of the keys; None where it was not."""
    try:
        told, mac = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split("."))
        kind = told[DIGEST_BYTES:].decode()
    except ValueError:
        return None
    ours = any(hmac.compare_digest(mac, hmac.digest(key, told, sha256)) for key in keys)
    return Choice(told[:DIGEST_BYTES], kind) if ours and kind in OPTIONAL else None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
