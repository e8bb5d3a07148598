"""What is kept of letters, for exports and erasures (decision 105)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.notifications import store
from realstaging.mail import addresses
from realstaging.runtime.account_data import AccountData, Counts, Exported, Person, Section
from realstaging.runtime.database import Connection
from realstaging.runtime.work import Work


async def to_person(connection: Connection, person_id: UUID, after: str | None, most: int) -> list[Exported]:
    """Letters to a person's present address."""
    address = await accounts.address_of(connection, person_id)
    return await store.exported_to(connection, addresses.digest(address), after, most) if address else []


async def erase(work: Work, account_id: UUID, most: int) -> Counts:
    """Letters, also those that wait: nobody is written to of an account that is gone."""
    gone = await store.erase(work.connection, account_id, most)
    return {"letters": gone} if gone else {}


async def forget(work: Work, person: Person, most: int) -> Counts:
    """Letters to them, and what they wanted to be written to about."""
    if not person.email:
        return {}
    digest = addresses.digest(person.email)
    letters = await store.erase_to(work.connection, digest, most)
    choices = await store.erase_choices(work.connection, digest)
    return {table: gone for table, gone in (("letters", letters), ("letter_choices", choices)) if gone}


DATA: Final = AccountData(
    tables=frozenset({"letters", "letter_choices", "suppressed_addresses"}),
    of_account=(Section("letters", store.exported),),
    of_person=(Section("letters_to_you", to_person),),
    erase=erase,
    forget=forget,
    kept=("Of an address that bounced or complained, a digest: so that nobody writes to it again.",),
)
