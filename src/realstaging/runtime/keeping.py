"""How long things are kept: by settings, for chores that end what is older, in turns."""

from __future__ import annotations

from datetime import timedelta

import msgspec


class KeptFor(msgspec.Struct, frozen=True, kw_only=True):
    """None: until their account removes them. Of photos, results and uploads an account may choose less (decision 110)."""

    photos: timedelta | None = None
    """With everything that was made of them."""
    results: timedelta | None = None
    uploads: timedelta = timedelta(days=1)
    """Files announced and never completed."""
    least: timedelta = timedelta(days=7)
    """What an account may choose at least for photos and results."""
    letters: timedelta = timedelta(days=30)
    """After they were over."""
    deliveries: timedelta = timedelta(days=30)
    """What webhook endpoints were told, and what they answered."""
    deleted: timedelta = timedelta(days=30)
    """Rows of what was deleted, whose files are gone."""
