"""Decisions about sessions: what a device is called, how long its sessions are listed. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

MOST_LISTED: Final = 200
"""Sessions of one person: a new one takes the place of the one that was used longest ago."""
MOST_DEVICES: Final = 100
"""Of one person, as above."""
LISTED_FOR: Final = timedelta(days=60)
"""Since it was used last: longer than any refresh token lives."""
LONGEST_DEVICE: Final = 60
UNKNOWN: Final = "An unknown program"

# In this order: each browser also names those that it wants to be taken for.
_BROWSERS: Final = (
    (re.compile(r"\bEdg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"\bOPR/|\bOpera\b"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\bVivaldi/"), "Vivaldi"),
    (re.compile(r"\b(?:Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"\bHeadlessChrome/|\bCriOS/|\bChrom(?:e|ium)/"), "Chrome"),
    (re.compile(r"\bVersion/[\d.]+ .*\bSafari/"), "Safari"),
)
_SYSTEMS: Final = (
    (re.compile(r"\biPhone\b"), "an iPhone"),
    (re.compile(r"\biPad\b"), "an iPad"),
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bMac(?:intosh| OS X)\b"), "a Mac"),
    (re.compile(r"\bLinux\b|\bX11\b"), "Linux"),
)
_PROGRAM: Final = re.compile(r"[A-Za-z][A-Za-z0-9 ._-]{0,39}(?=/|$)")


def device_of(user_agent: str) -> str:
    """A device as a person would call it, by what its program calls itself: "Firefox on Windows"."""
    browser = next((name for pattern, name in _BROWSERS if pattern.search(user_agent)), None)
    system = next((name for pattern, name in _SYSTEMS if pattern.search(user_agent)), None)
    if browser is None:
        program = _PROGRAM.match(user_agent.strip())
        # Mozilla is what all of them say.
        browser = program[0].strip() if program and not program[0].startswith("Mozilla") else None
    if browser is None:
        return f"A program on {system}" if system else UNKNOWN
    return f"{browser} on {system}"[:LONGEST_DEVICE] if system else browser[:LONGEST_DEVICE]


def hour_of(moment: datetime) -> datetime:
    """The hour that a moment is in: where people were to the minute is nobody's business."""
    return moment.replace(minute=0, second=0, microsecond=0)
