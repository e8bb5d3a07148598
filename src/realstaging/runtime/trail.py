"""What the audit trail says: which acts there are, and how much may be said of one (decision 100).

An act is written down in the transaction that does it (`Work.record`), by the domain that does it; domains/audit reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from realstaging.runtime import acting, logs
from realstaging.runtime.acting import Actor


class Action(StrEnum):
    """What was done, named noun.done. The noun is what the entry's subject is."""

    PERSON_SIGNED_IN = "person.signed_in"
    """From this device for the first time on this day (UTC)."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_RETENTION_CHANGED = "account.retention_changed"
    ACCOUNT_SUSPENDED = "account.suspended"
    ACCOUNT_RESTORED = "account.restored"
    ACCOUNT_TRANSFERRED = "account.transferred"
    ACCOUNT_ERASURE_REQUESTED = "account.erasure_requested"
    ACCOUNT_ERASURE_WITHDRAWN = "account.erasure_withdrawn"
    ACCOUNT_ERASED = "account.erased"
    PERSON_ERASED = "person.erased"
    MEMBER_INVITED = "member.invited"
    MEMBER_INVITATION_REVOKED = "member.invitation_revoked"
    MEMBER_JOINED = "member.joined"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    MEMBER_LIMIT_CHANGED = "member.limit_changed"
    MEMBER_SUSPENDED = "member.suspended"
    MEMBER_RESTORED = "member.restored"
    MEMBER_REMOVED = "member.removed"
    MEMBER_LEFT = "member.left"
    PROFILE_CHANGED = "profile.changed"
    SESSION_ENDED = "session.ended"

    PROJECT_CREATED = "project.created"
    PROJECT_CHANGED = "project.changed"
    PROJECT_DELETED = "project.deleted"
    PHOTO_ADDED = "photo.added"
    PHOTO_MOVED = "photo.moved"
    PHOTO_DELETED = "photo.deleted"
    STAGING_REQUESTED = "staging.requested"
    STAGING_CORRECTED = "staging.corrected"
    """Requested with corrections of the room, or with a plan of the caller's own."""
    STAGING_RETRIED = "staging.retried"
    STAGING_CANCELED = "staging.canceled"
    STAGING_DELETED = "staging.deleted"
    STAGING_CREDITED_BACK = "staging.credited_back"
    STAGING_LINKED = "staging.linked"
    """Somebody was given links that download the picture."""
    STAGING_SEEN = "staging.seen"
    """An operator was given links to its pictures, for the reason that is with it."""
    ARCHIVE_REQUESTED = "archive.requested"
    ARCHIVE_LINKED = "archive.linked"

    BUDGET_CHANGED = "budget.changed"
    PLAN_CHANGED = "plan.changed"
    CREDIT_GRANTED = "credit.granted"
    CREDIT_TAKEN_BACK = "credit.taken_back"
    CREDIT_GIVEN_AGAIN = "credit.given_again"
    STANDING_CHANGED = "standing.changed"
    CHECKOUT_OPENED = "checkout.opened"
    PORTAL_OPENED = "portal.opened"
    SUBSCRIPTION_CHANGED = "subscription.changed"
    SUBSCRIPTION_CANCELED = "subscription.canceled"
    SUBSCRIPTION_RESUMED = "subscription.resumed"
    SUBSCRIPTION_PAUSED = "subscription.paused"

    KEY_CREATED = "key.created"
    KEY_ROTATED = "key.rotated"
    KEY_REVOKED = "key.revoked"
    UPLOAD_LINK_CREATED = "upload_link.created"
    UPLOAD_LINK_REVOKED = "upload_link.revoked"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_SECRET_ROTATED = "webhook.secret_rotated"  # noqa: S105 - a name, no secret
    WEBHOOK_DISABLED = "webhook.disabled"
    WEBHOOK_DELETED = "webhook.deleted"
    WEBHOOK_TESTED = "webhook.tested"
    WEBHOOK_REPLAYED = "webhook.replayed"
    EXPORT_REQUESTED = "export.requested"
    EXPORT_LINKED = "export.linked"
    AUDIT_EXPORTED = "audit.exported"

    PEOPLE_SEARCHED = "people.searched"
    """An operator looked for people by name or address."""
    MODELS_CHANGED = "models.changed"
    JOB_REPLAYED = "job.replayed"
    SWITCH_CHANGED = "switch.changed"
    INCIDENT_BEGUN = "incident.begun"
    INCIDENT_REPORTED = "incident.reported"
    INCIDENT_ENDED = "incident.ended"
    SECRETS_RESEALED = "secrets.resealed"


One = str | int | float | bool | Decimal | UUID | datetime | None
Detail = One | list[str] | tuple[str, ...]
"""What may be said of an act."""

MOST_DETAILS: Final = 12
LONGEST_DETAIL: Final = 200
MOST_LISTED: Final = 10
"""Of a detail that is a list."""
LONGEST_LISTED: Final = 40
LONGEST_SUBJECT: Final = 200

_VEIL: Final = logs.Veil()


class Entry(msgspec.Struct, frozen=True):
    """One act, as it is written."""

    id: UUID
    created_at: datetime
    account_id: UUID | None
    action: Action
    subject: str | None
    actor: Actor
    address: str
    device: str
    details: Mapping[str, object]


class Act(msgspec.Struct, frozen=True):
    """What was done to what, of which account; without one, of the platform."""

    account_id: UUID | None
    action: Action
    subject: str | None
    details: Mapping[str, Detail]


def entry(entry_id: UUID, now: datetime, act: Act) -> Entry:
    """The act as it is written down, with who does it and from where. NobodyActs in a request without a caller."""
    here = acting.current()
    subject = None if act.subject is None else act.subject[:LONGEST_SUBJECT]
    details = _bounded(act.details)
    return Entry(entry_id, now, act.account_id, act.action, subject, acting.actor(), here.address, here.device, details)


def _bounded(details: Mapping[str, Detail]) -> dict[str, object]:
    """The details, cut to their bounds, with nothing in them that looks like a secret. ValueError for a mistake of ours: too many, or
    one that is named like a secret.
    """
    if len(details) > MOST_DETAILS or any(logs.SECRET.search(name) for name in details):
        raise ValueError(f"These do not belong into the audit trail: {', '.join(details)}.")
    return {name: _cut(value) for name, value in details.items()}


def _cut(value: Detail) -> object:
    if isinstance(value, (list, tuple)):
        return [_text(one, LONGEST_LISTED) for one in value[:MOST_LISTED]]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _text(value, LONGEST_DETAIL)


def _text(value: object, longest: int) -> str:
    text = str(_VEIL.over(str(value)))
    return text if len(text) <= longest else text[: longest - 1] + "…"
