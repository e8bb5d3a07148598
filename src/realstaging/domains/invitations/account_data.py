"""What is kept of invitations, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.invitations import store
from realstaging.runtime.account_data import AccountData, Counts, Person, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    gone = await store.erase(work.connection, account_id)
    return {"invitations": gone} if gone else {}


async def forget(work: Work, person: Person, _most: int) -> Counts:
    """Those they sent or accepted too: they name a membership that goes with the person."""
    # An address that nobody has verified may be a stranger's, who is invited.
    gone = await store.forget_person(work.connection, person.id, person.email if person.email_verified else "")
    return {"invitations": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"invitations", "invitation_letters"}),
    of_account=(Section("invitations", store.exported),),
    erase=erase,
    forget=forget,
)
