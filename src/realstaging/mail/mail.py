"""What a process has of mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from realstaging.mail.notices import Reader
from realstaging.mail.outgoing import Outgoing


class Mail(msgspec.Struct, frozen=True):
    """``outgoing``: the server that letters are handed to; None where there is none, and nothing is sent. ``readers``: of notices, by
    provider.
    """

    outgoing: Outgoing | None = None
    readers: Mapping[str, Reader] = {}


NO_MAIL: Final = Mail()
"""Of a process that nobody told of a server."""
