"""What is kept in the audit trail, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.audit import store
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Entries of the account, all of them. What the platform did stays, which names nobody."""
    gone = await store.erase(work.connection, account_id, most)
    return {"audit_entries": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"audit_entries"}),
    of_account=(Section("audit_trail", store.exported),),
    of_person=(Section("what_you_did", store.exported_of),),
    erase=erase,
    kept=("What you did in other people's accounts stays in their audit trails until those end (AUDIT_DAYS).",),
)
