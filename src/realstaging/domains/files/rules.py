"""Whose a file is, told by its key; when it may be moved aside, and when removed. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec

Kind = Literal["originals", "results", "uploads", "attempts", "archives", "exports"]
# All folders that rows name files in. What lies anywhere else is not ours to judge.
KINDS: Final[tuple[Kind, ...]] = ("originals", "results", "uploads", "attempts", "archives", "exports")
PREVIEWS: Final = (".web.webp", ".thumb.webp")
QUARANTINE: Final = "quarantine"
QUARANTINED_FOR: Final = timedelta(days=7)
# Files come before the row that names them: whatever is younger may still get one.
YOUNG: Final = timedelta(days=1)


class Owner(msgspec.Struct, frozen=True):
    """The row that should name a file: its id; for originals ``base`` is the key in it, for attempts the token is ``base``."""

    kind: Kind
    id: UUID | None
    base: str


def owner_of(key: str) -> Owner | None:
    """None where the key is not of a form that we give."""
    kind, _, rest = key.partition("/")
    first, _, _ = rest.partition("/")
    if kind not in KINDS:
        return None
    if kind == "attempts":
        return Owner(kind, None, first)
    try:
        row_id = UUID(first)
    except ValueError:
        return None
    return Owner(kind, row_id, without_preview(key) if kind == "originals" else key)


def without_preview(key: str) -> str:
    """The key of the original that a preview was made of."""
    for ending in PREVIEWS:
        key = key.removesuffix(ending)
    return key


def young(written_at: datetime, now: datetime) -> bool:
    return written_at > now - YOUNG


def quarantine_key(key: str, now: datetime) -> str:
    """Where a file waits that no row names: below the day on which it was moved there."""
    return f"{QUARANTINE}/{now:%Y-%m-%d}/{key}"


def quarantine_places(key: str, now: datetime) -> list[str]:
    """Where the file may be, if it was moved aside in the time for which that is kept; newest first."""
    return [quarantine_key(key, now - timedelta(days=days)) for days in range(QUARANTINED_FOR.days + 2)]


def quarantine_over(key: str, now: datetime) -> bool:
    """Whether a file has been in quarantine for seven whole days. What bears no date there stays."""
    try:
        day = date.fromisoformat(key.split("/")[1])
    except (IndexError, ValueError):
        return False
    return now.date() > day + QUARANTINED_FOR
