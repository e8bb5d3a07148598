"""What is kept of upload links, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.upload_links import store
from realstaging.runtime.account_data import AccountData, Counts, Person, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    gone = await store.erase(work.connection, account_id, most)
    return {"upload_links": gone} if gone else {}


async def forget(work: Work, person: Person, most: int) -> Counts:
    """Nobody is named as who made links of other people's accounts."""
    gone = await store.forget_maker(work.connection, person, most)
    return {"upload_links_made_by": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"upload_links"}),
    of_account=(Section("upload_links", store.exported),),
    erase=erase,
    forget=forget,
)
