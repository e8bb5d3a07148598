"""Every kind of letter there is, as what its writer knows. Words are put to it when it is sent (`wording`).

Letters lie in rows: a field that is added has a default, until no letter without it can be left.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

MOST_PICTURES: Final = 6
MOST_REASONS: Final = 10


class Recipient(msgspec.Struct, frozen=True):
    """A person: how they are called, and their address as they or their colleague gave it."""

    name: str
    address: str


class Letter(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """``key``: of letters with the same one the first is sent and no other. ``account_id``: whose daily number it counts in."""

    to: Recipient
    key: str
    account_id: UUID | None = None

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)


class Invitation(Letter, frozen=True, kw_only=True, tag="invitation"):
    """``path``: where it is accepted, below our own address, as `/invitations/…`."""

    inviter: str
    office: str
    role: str
    path: str
    expires_at: datetime


class Picture(msgspec.Struct, frozen=True):
    """A finished picture: what it is of, and the storage key of a small file of it."""

    name: str
    key: str


class Reason(msgspec.Struct, frozen=True):
    """Why there is no picture of a photo."""

    name: str
    sentence: str


class BatchReady(Letter, frozen=True, kw_only=True, tag="batch_ready"):
    """Everything that was asked for at once is over. ``pictures`` and ``reasons`` may be fewer than ``ready`` and ``failed``."""

    project: str
    path: str
    ready: int
    failed: int = 0
    canceled: int = 0
    pictures: tuple[Picture, ...] = ()
    reasons: tuple[Reason, ...] = ()


class StagingFailed(Letter, frozen=True, kw_only=True, tag="staging_failed"):
    """One staging, asked for alone, has no result. Nothing is charged for it."""

    project: str
    path: str
    reason: Reason


class NewDevice(Letter, frozen=True, kw_only=True, tag="new_device"):
    """Somebody signed in from a device not seen before. ``address``: of the network."""

    device: str
    address: str
    at: datetime
    path: str


class ExportReady(Letter, frozen=True, kw_only=True, tag="export_ready"):
    """``path``: a page behind the sign-in; a link that works without one would be everybody's who reads along."""

    path: str
    expires_at: datetime


class WebhookDisabled(Letter, frozen=True, kw_only=True, tag="webhook_disabled"):
    """An endpoint was switched off, or (``off_at`` given) will be."""

    endpoint: str
    reason: str
    path: str
    off_at: datetime | None = None


class PaymentTrouble(Letter, frozen=True, kw_only=True, tag="payment_trouble"):
    """A payment of an account failed, or waits for its owner to confirm it (``until``: how long the plan stays); it was disputed with a
    bank; or a plan has ended.
    """

    account: str
    trouble: Literal["late", "disputed", "ended"]
    path: str
    plan: str = ""
    until: datetime | None = None


class MembersChanged(Letter, frozen=True, kw_only=True, tag="members_changed"):
    """``who`` has joined, left or been removed, has another role, was suspended or is back, or owns the office now."""

    office: str
    who: str
    change: Literal["joined", "left", "removed", "role", "suspended", "restored", "owner"]
    path: str
    role: str = ""


class BudgetSpent(Letter, frozen=True, kw_only=True, tag="budget_spent"):
    """So many percent of what the account may spend in a month (``budget_usd``) are spent or set aside; from 100 on nothing more is begun."""

    office: str
    percent: int
    budget_usd: str
    month: date
    path: str


class ErasureBegun(Letter, frozen=True, kw_only=True, tag="erasure_begun"):
    """An account is suspended and will be erased; ``path`` is where that is taken back. ``who``: empty where a restore has brought it back."""

    account: str
    who: str
    due_at: datetime
    path: str


class Erased(Letter, frozen=True, kw_only=True, tag="erased"):
    """The receipt: what was erased, by its name, and what is kept and why."""

    receipt_id: UUID
    deleted: dict[str, int]
    kept: tuple[str, ...]
    path: str


AnyLetter = (
    Invitation
    | BatchReady
    | StagingFailed
    | NewDevice
    | ExportReady
    | WebhookDisabled
    | PaymentTrouble
    | MembersChanged
    | BudgetSpent
    | ErasureBegun
    | Erased
)
"""What a row holds."""

OPTIONAL: Final = {
    "batch_ready": "Pictures you asked for are ready",
    "staging_failed": "A picture you asked for could not be made",
    "members_changed": "Somebody joins or leaves your office",
    "budget_spent": "Most of your account's monthly budget is spent, or all of it",
}
"""What a person may switch off, and what it is called. The others are needed: somebody waits for them, or has to know."""
