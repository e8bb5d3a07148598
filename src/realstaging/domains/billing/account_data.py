"""What is kept of money, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final

from realstaging.domains.billing import lots_store, store
from realstaging.runtime.account_data import AccountData, Section

DATA: Final = AccountData(
    tables=frozenset(
        {"ledger_accounts", "ledger_entries", "lots", "lot_entries", "holds", "budget_alerts", "free_grants"}
    ),
    of_account=(
        Section("balances", store.exported_balances),
        Section("ledger", store.exported_entries),
        Section("lots", lots_store.exported),
    ),
    kept=(
        "Entries of the ledger, which tax law has kept for ten years: amounts, days, ids of stagings, and no name.",
        "That the free credit was given, for two months, by digests of a mailbox and a network address.",
    ),
)
