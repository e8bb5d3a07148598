"""HTTP of the audit trail."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.audit import service
from realstaging.domains.audit.schemas import AuditPage
from realstaging.domains.audit.service import Asked, Form, asked
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import transaction

TAGS = ["audit"]
Limit = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)]
Subject = Annotated[str, QueryParameter(max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)]
"""Empty for any: what stands empty in an address is as if it were left out."""
Act = Annotated[
    str,
    QueryParameter(
        max_length=40,
        pattern=f"^({'|'.join(re.escape(one) for one in Action)})?{bounds.END}",
        schema_extra={"enum": ["", *Action]},
    ),
]
Id = Annotated[str, QueryParameter(max_length=36, pattern=bounds.ID)]
Moment = FromQuery[bounds.Moment | None]


@get("/audit", tags=TAGS, opt=needs(Permission.AUDIT))
async def get_audit(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    *,
    action: Act = "",
    person: Id = "",
    subject: Subject = "",
    since: Moment = None,
    until: Moment = None,
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Limit = 50,
) -> AuditPage:
    """Who did what to what in your account, from where; newest first. `since` is part of what is asked for, `until` is not."""
    return await service.page(platform, caller, asked(action, person, subject, since, until), cursor, limit)


@get("/audit.csv", tags=TAGS, media_type="text/csv", opt=needs(Permission.AUDIT))
async def get_audit_csv(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    *,
    action: Act = "",
    person: Id = "",
    subject: Subject = "",
    since: Moment = None,
    until: Moment = None,
) -> Stream:
    """The same as a table, at most 50,000 entries. That you asked for it is put down, too."""
    return await _file(platform, caller, asked(action, person, subject, since, until), Form.CSV)


@get("/audit.jsonl", tags=TAGS, media_type="application/x-ndjson", opt=needs(Permission.AUDIT))
async def get_audit_lines(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    *,
    action: Act = "",
    person: Id = "",
    subject: Subject = "",
    since: Moment = None,
    until: Moment = None,
) -> Stream:
    """The same, a JSON object on each line."""
    return await _file(platform, caller, asked(action, person, subject, since, until), Form.LINES)


@get("/operator/audit", tags=["operator"], opt=needs(Permission.OPERATE))
async def get_platform_audit(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],  # noqa: ARG001 - being one is enough
    *,
    account: Id = "",
    action: Act = "",
    person: Id = "",
    subject: Subject = "",
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Limit = 50,
) -> AuditPage:
    """What was done in an account; without one, in all of them and to the platform itself. 403 for who is no operator."""
    return await service.page_of_platform(
        platform, UUID(account) if account else None, asked(action, person, subject), cursor, limit
    )


async def _file(platform: Platform, caller: Member, wanted: Asked, form: Form) -> Stream:
    async with transaction(platform) as work:
        pieces = await service.export(work, caller, wanted, form)
    name = f"audit-{work.now:%Y-%m-%d}.{form}"
    return Stream(pieces, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [get_audit, get_audit_csv, get_audit_lines, get_platform_audit]
