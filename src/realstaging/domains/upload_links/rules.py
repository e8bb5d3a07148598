"""Decisions about upload links. Pure."""

from __future__ import annotations

from typing import Final

from realstaging.kit import bearer_texts

PREFIX: Final = "rs_link_"
MOST_LINKS: Final = 20
"""Of a project, valid at once."""


def is_whole(token: str) -> bool:
    """Whether it is one that we could have made: nobody need be asked of what was mistyped."""
    return bearer_texts.prefix_of(token) == PREFIX


def address(public_url: str, token: str) -> str:
    """Where people send photos to."""
    return f"{public_url.rstrip('/')}/send/{token}"
