"""What is kept of API keys, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.keys import store
from realstaging.runtime.account_data import AccountData, Counts, Person, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, _most: int) -> Counts:
    """All of them at once: an account has few."""
    gone = await store.erase(work.connection, account_id)
    return {"api_keys": gone} if gone else {}


async def forget(work: Work, person: Person, most: int) -> Counts:
    """Nobody is named as who made keys of other people's accounts."""
    gone = await store.forget_maker(work.connection, person, most)
    return {"api_keys_made_by": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"api_keys"}), of_account=(Section("api_keys", store.exported),), erase=erase, forget=forget
)
