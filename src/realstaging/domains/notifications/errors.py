"""What is wrong with a link of a letter."""

from __future__ import annotations

from realstaging.kit.errors import NotFound


class OldLink(NotFound):
    """This link is not complete, or too old. Sign in and choose in your settings what you are written to about."""

    code = "old_link"
