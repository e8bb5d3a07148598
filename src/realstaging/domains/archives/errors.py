"""What keeps an archive from being made."""

from __future__ import annotations

from realstaging.kit.errors import Conflict


class TooManyArchives(Conflict):
    """Several ZIPs are being made for you already. Wait until one is ready."""

    code = "too_many_archives"
