"""HTTP of sessions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.sessions import service
from realstaging.domains.sessions.schemas import EndedNow, Sessions
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["sessions"]
Current = NamedDependency[UUID | None]
Too = Annotated[bool, QueryParameter(description="End the session that you ask by, too.")]


@get("/me/sessions", tags=TAGS, opt=needs(Permission.OWN))
async def list_sessions(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], session: Current
) -> Sessions:
    """Where you are signed in: on which devices, from where, since when and until when."""
    return await service.listed(platform, caller, session)


@delete("/me/sessions/{session_id:uuid}", tags=TAGS, opt=needs(Permission.OWN))
async def end_session(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], session_id: FromPath[UUID]
) -> None:
    """End one: within a second its tokens are refused, and its event streams end."""
    async with transaction(platform) as work:
        await service.end(work, caller, session_id)


@delete("/me/sessions", tags=TAGS, status_code=200, opt=needs(Permission.OWN))
async def end_sessions(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], session: Current, *, current: Too = False
) -> EndedNow:
    """End all others; with `current=true` this one, too."""
    async with transaction(platform) as work:
        return await service.end_all(work, caller, but=None if current else session)


ROUTES = [list_sessions, end_session, end_sessions]
