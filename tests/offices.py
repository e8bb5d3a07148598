"""People in one account, each with a role, and how they ask."""

from contextlib import asynccontextmanager
from uuid import UUID

import aiohttp

from harness.service import AUDIENCE, Caller
from realstaging.domains.accounts import service as accounts
from realstaging.runtime.work import transaction
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc import Person


def somebody(name):
    """A person whom the sandbox does not know yet."""
    return Person(f"sandbox|{name}@office.test", name.title(), f"{name}@office.test", "")


OLIVE = somebody("olive")
"""The operator, where a service is told so."""


@asynccontextmanager
async def asking(service, person, account_id=None, **claims):
    """As this person, in that account or their first; with ``claims`` of a token that is not as the others."""
    token = oidc.mint_token(service.key_file, issuer=service.issuer, audience=AUDIENCE, person=person, **claims)
    headers = {"Authorization": f"Bearer {token}"}
    if account_id:
        headers["Real-Staging-Account"] = str(account_id)
    async with aiohttp.ClientSession(base_url=f"{service.url}/api/v1/", headers=headers) as session:
        yield Caller(session)


async def join(service, account_id, name, role):
    """Somebody new, who is then a member of the account: the person, and the id of their membership."""
    person = somebody(name)
    async with asking(service, person) as caller:
        me = await caller.ask("GET", "me")
    async with transaction(service.platform) as work:
        member_id = await accounts.join(work, UUID(account_id), UUID(me["person_id"]), accounts.Role(role))
    return person, str(member_id)


async def links(service):
    """Tokens of the letters, oldest first, as they are on their way to the people."""
    rows = await service.platform.database.fetch(
        "select letter ->> 'path' as path from letters where kind = 'invitation' order by id"
    )
    return [row["path"].rpartition("/")[2] for row in rows]
