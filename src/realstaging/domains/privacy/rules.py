"""Decisions about exports and erasures. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from realstaging.kit import filenames
from realstaging.kit.filenames import Wanted
from realstaging.runtime.account_data import AccountData, Exported

LIFE: Final = timedelta(days=3)
"""Who is written to on a Friday finds it on Monday."""
GRACE: Final = timedelta(days=7)
"""In which an erasure can be taken back, and in which somebody without any account is still known."""
SIGN_INS_KEPT: Final = timedelta(days=30)
"""As long as the oldest token or session of somebody who is gone may turn up: refresh tokens of the issuer live so long at most."""

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


def kept(everything: Iterable[AccountData], *, identities: bool) -> list[str]:
    """What is not erased, and why; ``identities``: whether those at the sign-in service are."""
    said = [sentence for data in everything for sentence in data.kept]
    return [*said, *([] if identities else [IDENTITY_KEPT]), AUDIT_KEPT, BACKUPS_KEPT]
