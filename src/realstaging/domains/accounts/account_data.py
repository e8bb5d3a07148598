"""What is kept of accounts and of people, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.accounts import account_data_store
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Who else was in it; people that are in no other account are forgotten before (`service.begin_forgetting`)."""
    gone = await account_data_store.erase_members(work.connection, account_id, most)
    return {"members": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"accounts", "people", "members", "erased_sign_ins"}),
    of_account=(
        Section("accounts", account_data_store.exported_account),
        Section("members", account_data_store.exported_members),
    ),
    of_person=(
        Section("person", account_data_store.exported_person),
        Section("memberships", account_data_store.exported_memberships),
    ),
    erase=erase,
    kept=("The account's id, without its name: entries of the ledger belong to it.",),
)
