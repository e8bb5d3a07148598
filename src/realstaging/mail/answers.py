"""What a mail server's answers mean. Pure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

FIRST_FINAL: Final = 500
# RFC 3463: the class, the subject, the detail.
ENHANCED: Final = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463 §3.2, §3.3: no such mailbox, no such host, bad syntax, moved without a trace, no mail host (RFC 7505), disabled.
NOBODY_THERE: Final = frozenset({(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)})
# RFC 5321 §4.2.3, from servers that say no more: mailbox unavailable, user not local, name not allowed.
BARE: Final = frozenset({550, 551, 553})
LONGEST_REASON: Final = 300
# Servers repeat in their answers whom a message was to. What they said is written to logs and shown to operators, who are not told that.
SOMEBODY: Final = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


def told(text: str) -> str:
    """What a server said, in one line, not endless, and without anybody's address."""
    return SOMEBODY.sub("[address]", " ".join(text.split()))[:LONGEST_REASON]


class Stage(StrEnum):
    """How far one message had come."""

    CONNECT = "connecting"
    SIGN_IN = "signing in"
    SENDER = "naming the sender"
    RECIPIENT = "naming the recipient"
    CONTENT = "handing the message over"


class NotYet(Exception):
    """The message was not taken, and may be later: the server is away, busy, or not set up as it should be."""


class Refused(Exception):
    """The message will never be taken. ``hard``: nobody is at this address."""

    def __init__(self, reason: str, *, hard: bool) -> None:
        super().__init__(reason)
        self.hard = hard


def failure(stage: Stage, code: int, text: str) -> NotYet | Refused:
    """What an answer that is no success means. What the server holds against us and not against this message can be mended by us."""
    reason = told(f"{stage}: {code} {text}")
    if code < FIRST_FINAL or stage not in {Stage.RECIPIENT, Stage.CONTENT}:
        return NotYet(reason)
    return Refused(reason, hard=stage is Stage.RECIPIENT and _nobody_there(code, text))


def _nobody_there(code: int, text: str) -> bool:
    found = ENHANCED.match(text)
    if found:
        return (int(found[2]), int(found[3])) in NOBODY_THERE
    # A relay that is not ours says 550 as well.
    return code in BARE and "relay" not in text.lower()
