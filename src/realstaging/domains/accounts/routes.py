"""HTTP of accounts."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency

from realstaging.domains.accounts.schemas import Member


@get("/me", tags=["accounts"])
async def me(caller: NamedDependency[Member]) -> Member:
    """Who you are, and the account you work in."""
    return caller


ROUTES = [me]
