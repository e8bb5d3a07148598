"""File names for downloads. Pure."""

from __future__ import annotations

import re
from collections import Counter


def plain(name: str) -> str:
    """A name every file system and header takes."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:80] or "realstaging"


def distinct(files: list[tuple[str, str]], suffix: str = ".jpg") -> list[tuple[str, str]]:
    """The same (stem, key) pairs as (file name, key), numbered where two would have one name."""
    seen: Counter[str] = Counter()
    named = []
    for stem, key in files:
        base = plain(stem)
        seen[base] += 1
        named.append((f"{base}{'' if seen[base] == 1 else f'-{seen[base]}'}{suffix}", key))
    return named
