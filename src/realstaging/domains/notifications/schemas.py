"""Wire shapes of mail."""

from __future__ import annotations

import msgspec


class MailKind(msgspec.Struct, frozen=True):
    """A kind of letter that may be switched off. ``wanted``: whether it is sent to this person."""

    kind: str
    title: str
    wanted: bool


class MailChoices(msgspec.Struct, frozen=True):
    """What a person is written to about. ``undeliverable``: why nothing is sent to their address, where that is so: `bounce` (nobody is
    there) or `complaint` (a letter was called spam).
    """

    address: str
    kinds: list[MailKind]
    undeliverable: str | None = None


class ChangedChoices(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out (or null) stays as it is."""

    batch_ready: bool | None = None
    staging_failed: bool | None = None
    members_changed: bool | None = None
    budget_spent: bool | None = None
