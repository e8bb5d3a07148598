"""What keeps an archive from being made."""

from __future__ import annotations

from realstaging.kit.errors import Conflict


class TooManyArchives(Conflict):
    """Several ZIPs are being made for you already. Wait until one is ready."""

    code = "too_many_archives"


class ArchivesTooLarge(Conflict):
    """The ZIPs of your last day are as large as everything your plan holds. Each is gone after a day: ask again then, or for fewer pictures."""

    code = "archives_too_large"
