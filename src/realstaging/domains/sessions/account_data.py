"""What is kept of sessions and devices, for exports and erasures (decision 105). Both go with their person."""

from __future__ import annotations

from typing import Final

from realstaging.domains.sessions import store
from realstaging.runtime.account_data import AccountData, Counts, Person, Section
from realstaging.runtime.work import Work


async def forget(work: Work, person: Person, _most: int) -> Counts:
    """Where they were signed in, and from which devices ever."""
    gone = await store.forget_person(work.connection, person.id)
    return {"sessions": gone} if gone else {}


DATA: Final = AccountData(
    tables=frozenset({"sessions", "devices"}),
    of_person=(Section("sessions", store.exported_sessions), Section("devices", store.exported_devices)),
    forget=forget,
)
