"""Names of files that people download: of every script, and good on every file system. Pure.

Windows' rules are the strictest (https://learn.microsoft.com/windows/win32/fileio/naming-a-file, read 2026-11-26): nine
characters and all controls are forbidden, a name ends in neither dot nor space, devices are no names, case does not tell names
apart. macOS does not tell NFC from NFD apart. Linux takes 255 bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

# 255 bytes less what file systems and browsers add to a download that is there already, as " (12)" or ".crdownload".
MOST_BYTES: Final = 220
FALLBACK: Final = "photo"
FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
DEVICES: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
PHOTO: Final = re.compile(r"\.(jpe?g|jfif|png|webp|hei[cf]|hif|avif|tiff?)$", re.IGNORECASE)
# Controls, invisible marks that turn the direction of text, surrogates, private use, unassigned.
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Zero-width joiners are letters' own in Persian, Hindi and family emoji.
JOINERS: Final = frozenset({"\u200c", "\u200d"})


class Wanted(NamedTuple):
    """A name to be made: what may be cut (the photo's own), and what may not (room and style)."""

    photo: str
    rest: str = ""


def safe(text: str) -> str:
    """The text as part of a name: NFC, without what a file system forbids or nobody can see. May be empty."""
    normal = unicodedata.normalize("NFC", text)
    seen = "".join(letter for letter in normal if letter in JOINERS or unicodedata.category(letter) not in UNSEEN)
    return re.sub(r"\s+", " ", FORBIDDEN.sub("-", seen)).strip(" .")


def without_type(name: str) -> str:
    """A photo's name without the type at its end. What follows another dot stays: "Kitchen v1.2"."""
    return PHOTO.sub("", name)


def one(wanted: Wanted, suffix: str) -> str:
    """One file's name."""
    return distinct([wanted], suffix)[0]


def distinct(wanted: Sequence[Wanted], suffix: str) -> list[str]:
    """Names in the same order, no two of which any file system takes for one. Where they would be, a number tells them apart."""
    taken: set[str] = set()
    # By a name without a number, the last number that was given to it: a phone calls all its photos alike, and nobody counts anew.
    numbers: dict[str, int] = {}
    names = []
    for each in wanted:
        bare = folded(_fitting(each, 1, suffix))
        number = numbers.get(bare, 0) + 1
        while (key := folded(name := _fitting(each, number, suffix))) in taken:
            number += 1
        numbers[bare] = number
        taken.add(key)
        names.append(name)
    return names


def folded(name: str) -> str:
    """What a file system that knows neither case nor ways to write an accent makes of a name (Unicode 17, 3.13, D146)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _fitting(wanted: Wanted, number: int, suffix: str) -> str:
    """Room, style, number and type whole; the photo's own name is cut to what is left."""
    end = "".join(f"-{part}" for part in (safe(wanted.rest), str(number) if number > 1 else "") if part) + suffix
    photo = safe(without_type(wanted.photo)) or FALLBACK
    start = _cut(photo, MOST_BYTES - len(end.encode()))
    return f"_{start}{end}" if DEVICES.fullmatch(start + end) else start + end


def _cut(text: str, most_bytes: int) -> str:
    """The beginning of the text in at most so many bytes of UTF-8, no letter parted from its accents or joiners."""
    if len(text.encode()) <= most_bytes:
        return text
    kept = text.encode()[: max(0, most_bytes)].decode(errors="ignore")
    following = text[len(kept) :]
    while (
        kept and following and (unicodedata.combining(following[0]) or following[0] in JOINERS or kept[-1] in JOINERS)
    ):
        following, kept = kept[-1] + following, kept[:-1]
    return kept.rstrip(" .") or FALLBACK
