"""What is kept of webhooks, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.webhooks import account_data_store
from realstaging.runtime.account_data import AccountData, Counts, Section
from realstaging.runtime.work import Work


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Endpoints, with everything they were told and what they answered."""
    gone = await account_data_store.erase(work.connection, account_id, most)
    return {"webhook_endpoints": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"webhook_endpoints", "webhook_deliveries", "webhook_attempts", "webhook_completions"}),
    of_account=(
        Section("webhook_endpoints", account_data_store.exported_endpoints),
        Section("webhook_deliveries", account_data_store.exported_deliveries),
    ),
    erase=erase,
)
