"""HTTP of accounts."""

from __future__ import annotations

from litestar import get

from realstaging.domains.accounts.schemas import Member


@get("/me", tags=["accounts"])
async def me(caller: Member) -> Member:
    """Who you are, and the account you work in."""
    return caller


ROUTES = [me]
