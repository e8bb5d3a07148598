"""Decisions about exports and erasures. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from operator import itemgetter
from typing import Final
from uuid import UUID

from realstaging.kit import filenames
from realstaging.kit.filenames import Wanted
from realstaging.runtime.account_data import AccountData, Erase, Exported, Person
from realstaging.runtime.database import LOCK_ORDER
from realstaging.runtime.trail import Action

LIFE: Final = timedelta(days=3)
"""Who is written to on a Friday finds it on Monday."""
GRACE: Final = timedelta(days=7)
"""In which an erasure can be taken back, and in which somebody without any account is still known."""
SIGN_INS_KEPT: Final = timedelta(days=30)
"""As long as the oldest token or session of somebody who is gone may turn up: refresh tokens of the issuer live so long at most."""

STATES: Final = (Action.ACCOUNT_SUSPENDED, Action.ACCOUNT_RESTORED)
"""What who runs the service does with accounts."""
AT_ONCE: Final = timedelta(minutes=1)
"""What was begun before an erasure was asked for may be committed after: entries are looked at from so long before."""

IDENTITY: Final = "sign_in_identities"
IDENTITY_KEPT: Final = (
    "Your identity at the sign-in service, which is not ours to delete: delete it there, or ask who runs this service."
)
AUDIT_KEPT: Final = (
    "That this was erased, and when, without a name: so that it is erased again where a backup is restored."
)
BACKUPS_KEPT: Final = "Copies in backups of the database, until those end; what is restored is erased again."


def entry_name(section: str, row: Exported) -> str:
    """What a row's picture is called in the ZIP: of one name for every row, good on every file system."""
    return f"{section}/{row.at}/{filenames.one(Wanted(row.name), row.suffix)}"


def added(before: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Both counts together, by their names."""
    return dict(Counter(before) + Counter(more))


def suspended_besides(last: Action | None, *, before: bool) -> bool:
    """Whether an account is suspended for another reason than its erasure: ``last`` of `STATES` since that was asked for, and ``before``."""
    return before if last is None else last is Action.ACCOUNT_SUSPENDED


def goes_on(person_id: UUID | None, deleted: Mapping[str, int]) -> bool:
    """Whether this was to forget a person who came into an account before anything of them was touched."""
    return person_id is not None and not deleted.get("people")


def in_lock_order(everything: Iterable[AccountData]) -> list[Erase[Person]]:
    """How each domain forgets a person, in the order in which one transaction may lock their tables."""
    places = {table: place for place, table in enumerate(LOCK_ORDER)}
    ways = [(min(places[table] for table in data.tables), data.forget) for data in everything if data.forget]
    return [forget for _, forget in sorted(ways, key=itemgetter(0))]


def kept(everything: Iterable[AccountData], *, identities: bool) -> list[str]:
    """What is not erased, and why; ``identities``: whether those at the sign-in service are."""
    said = [sentence for data in everything for sentence in data.kept]
    return [*said, *([] if identities else [IDENTITY_KEPT]), AUDIT_KEPT, BACKUPS_KEPT]
