"""Wire shapes of what operators see and ask for, across all accounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from realstaging.kit import bounds

Reason = Annotated[str, Meta(min_length=10, max_length=200, pattern=bounds.TEXT)]
"""Why an operator does something that an account is told of: a sentence, not a letter."""


class OperatedAccount(msgspec.Struct, frozen=True):
    """An account as operators see it: nothing of what is in its pictures. ``available_usd`` is credit at list price."""

    id: UUID
    name: str
    kind: str
    test: bool
    created_at: datetime
    suspended_at: datetime | None
    erased_at: datetime | None
    members: int
    plan: str
    available_usd: Decimal


class OperatedAccounts(msgspec.Struct, frozen=True):
    items: list[OperatedAccount]


class OperatedMembership(msgspec.Struct, frozen=True):
    """An account that somebody is in."""

    account_id: UUID
    account: str
    role: str


class OperatedPerson(msgspec.Struct, frozen=True):
    """Somebody who signs in, and in which accounts they are."""

    id: UUID
    name: str
    email: str
    email_verified: bool
    created_at: datetime
    accounts: list[OperatedMembership]


class OperatedPeople(msgspec.Struct, frozen=True):
    items: list[OperatedPerson]


class OperatedStaging(msgspec.Struct, frozen=True):
    """A staging without its pictures; ``job_error``: of its job, where that was given up."""

    id: UUID
    account_id: UUID
    account: str
    engine: str
    operation: str
    state: str
    step: str | None
    error_code: str | None
    error_message: str | None
    job_id: UUID | None
    job_state: str | None
    job_error: str | None
    created_at: datetime
    finished_at: datetime | None


class OperatedStagings(msgspec.Struct, frozen=True):
    items: list[OperatedStaging]


class DeadJob(msgspec.Struct, frozen=True):
    """A job that was given up, and why."""

    id: UUID
    kind: str
    run: int
    error: str | None
    finished_at: datetime


class DeadJobs(msgspec.Struct, frozen=True):
    items: list[DeadJob]


class LaneNow(msgspec.Struct, frozen=True):
    """One lane at this moment. ``silent``: of those that run, whose worker has said nothing for longer than it may."""

    lane: str
    waiting: int
    later: int
    running: int
    silent: int
    oldest_seconds: float


class QueueNow(msgspec.Struct, frozen=True):
    """What waits and what is at work, and how many jobs were given up."""

    lanes: list[LaneNow]
    dead: int


class DayCost(msgspec.Struct, frozen=True):
    """What providers charged us on one day (UTC) for one model; ``unpaid_usd`` of that is for pictures that nobody paid for."""

    day: date
    model: str
    asked: int
    passed: int
    cost_usd: Decimal
    unpaid_usd: Decimal


class DayCosts(msgspec.Struct, frozen=True):
    items: list[DayCost]


class FailingEndpoint(msgspec.Struct, frozen=True):
    """An address of an account's that doesn't take what it is told, or was disabled for that."""

    id: UUID
    account_id: UUID
    account: str
    host: str
    enabled: bool
    disabled_reason: str | None
    failures: int
    failing_since: datetime | None
    waiting: int


class IncomingNotice(msgspec.Struct, frozen=True):
    """What a provider has told us."""

    id: str
    received_at: datetime
    handled_at: datetime | None


class WebhooksNow(msgspec.Struct, frozen=True):
    """Endpoints that fail, and the newest notices of providers."""

    failing: list[FailingEndpoint]
    incoming: list[IncomingNotice]


class LetterNow(msgspec.Struct, frozen=True):
    """A letter, without to whom it is or what it says."""

    id: UUID
    kind: str
    state: str
    tries: int
    reason: str | None
    created_at: datetime
    over_at: datetime | None


class LettersNow(msgspec.Struct, frozen=True):
    items: list[LetterNow]


class NewGrant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Credit at list price. ``reference`` names it: the same one is given once."""

    usd: bounds.Dollars
    reference: Annotated[str, Meta(min_length=3, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]*$")]
    note: Annotated[str, Meta(max_length=200, pattern=bounds.TEXT)] = ""


class GrantGiven(msgspec.Struct, frozen=True):
    """``new`` is false where this reference was given before: nothing changed then."""

    new: bool


class PlanChosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The plan from next month on."""

    plan: bounds.Word


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody's pictures have to be seen: it is put down in the account's audit trail, where its admins read it."""

    reason: Reason


class Looked(msgspec.Struct, frozen=True):
    """Links to a staging's pictures; ``after`` is None where there is no result."""

    before: str
    after: str | None
