"""What browsers are told of archives."""

from __future__ import annotations

from typing import Final

from realstaging.domains.accounts.service import Permission
from realstaging.domains.archives.schemas import Archive
from realstaging.runtime.work import Event


class ArchiveChanged(Event, frozen=True, tag="archive.changed"):
    """It has come further, or is over."""

    needs = Permission.DOWNLOAD
    data: Archive


EVENTS: Final[list[type[Event]]] = [ArchiveChanged]
