"""Decisions about how long an account's things are kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from realstaging.domains.accounts.schemas import LONGEST_KEPT_DAYS, KeptDays, RetentionChange
from realstaging.kit.errors import FieldError
from realstaging.runtime.keeping import KeptFor

KINDS: Final = ("photos", "results", "uploads")
GRACE: Final = timedelta(days=1)
"""A mistyped number has deleted nothing before that."""


class Chosen(msgspec.Struct, frozen=True):
    """Days; None where it is left to the service. Nothing of it is in force before ``keep_from``."""

    photos: int | None
    results: int | None
    uploads: int | None
    keep_from: datetime | None


def _days(span: timedelta | None) -> int | None:
    return None if span is None else span.days


def bounds_of(kept_for: KeptFor, kind: str) -> tuple[int, int]:
    """The fewest and the most days that may be chosen: never more than whoever runs the service keeps them."""
    most = _days(getattr(kept_for, kind)) or LONGEST_KEPT_DAYS
    return (1 if kind == "uploads" else min(kept_for.least.days, most)), most


def in_force(chosen: int | None, kept_for: KeptFor, kind: str) -> int | None:
    """Days after which things of the kind go; None for never. What was chosen under wider bounds is no more than those there are now."""
    both = [days for days in (chosen, _days(getattr(kept_for, kind))) if days is not None]
    return min(both, default=None)


def kept(chosen: int | None, kept_for: KeptFor, kind: str) -> KeptDays:
    least, most = bounds_of(kept_for, kind)
    return KeptDays(in_force(chosen, kept_for, kind), chosen, least, most)


def wrong(asked: RetentionChange, kept_for: KeptFor) -> Iterator[FieldError]:
    for kind in KINDS:
        days = getattr(asked, f"{kind}_days")
        least, most = bounds_of(kept_for, kind)
        if isinstance(days, int) and not least <= days <= most:
            yield FieldError(
                f"From {least} to {most} days may be chosen here; null leaves it to the service.", f"{kind}_days"
            )


def shorter(days: int | None, before: int | None, kept_for: KeptFor, kind: str) -> bool:
    """Whether something goes earlier than it would have gone."""
    one, other = in_force(days, kept_for, kind), in_force(before, kept_for, kind)
    return one is not None and (other is None or one < other)


def told(before: Chosen, after: Chosen) -> dict[str, Any]:
    """What the audit trail says: what was changed, and from what."""
    changed = [kind for kind in KINDS if getattr(before, kind) != getattr(after, kind)]
    return {
        name: days
        for kind in changed
        for name, days in ((kind, getattr(after, kind)), (f"{kind}_before", getattr(before, kind)))
    }
