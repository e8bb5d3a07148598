"""Wire shapes of what operators see and ask for, across all accounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from realstaging.kit import bounds
from realstaging.runtime.switches import Switch

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


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """What was charged and what it cost us. ``asked`` and ``passed``: pictures of providers that ended, and those that passed the gate;
    ``unpaid_usd``: of the cost, for pictures that nobody paid for in the end; ``charged``: pictures; ``charged_usd``: credit at list price,
    whoever gave it; ``margin_usd``: what was charged, less what was given back and what it cost.
    """

    asked: int
    passed: int
    cost_usd: Decimal
    unpaid_usd: Decimal
    charged: int
    charged_usd: Decimal
    credited_back_usd: Decimal
    margin_usd: Decimal


class DayCost(Costs, frozen=True, kw_only=True):
    """One day (UTC), engine and model. ``model`` is empty where none is known any more."""

    day: date
    engine: str
    model: str


class DayCosts(msgspec.Struct, frozen=True):
    """Day by day, and all together."""

    items: list[DayCost]
    total: Costs


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


class StoredKind(msgspec.Struct, frozen=True):
    """Originals, results, archives or uploads: how many, and their bytes."""

    kind: str
    count: int
    bytes: int


class StoredAccount(msgspec.Struct, frozen=True):
    """What an account keeps, in bytes."""

    account_id: UUID
    account: str
    originals: int
    results: int


class Inventory(msgspec.Struct, frozen=True):
    """When files and rows were last held against each other: files that no row names, rows whose file is gone, and how many of both
    were put right.
    """

    done_at: datetime
    no_row: int
    no_row_bytes: int
    no_file: int
    mended: int


class SetAsideNow(msgspec.Struct, frozen=True):
    """Files in quarantine; ``more``: there are others that were not counted."""

    files: int
    bytes: int
    more: bool


class StorageNow(msgspec.Struct, frozen=True):
    """What is kept. ``inventory`` is None where none was ever made, ``quarantine`` where the storage did not answer in time."""

    kinds: list[StoredKind]
    accounts: list[StoredAccount]
    inventory: Inventory | None
    quarantine: SetAsideNow | None


class SwitchNow(msgspec.Struct, frozen=True):
    """A part of the service that can be closed. ``says``: what people are told while it is off, unless ``words`` are set."""

    name: Switch
    about: str
    says: str
    on: bool
    words: str
    author: str | None
    set_at: datetime | None


class SwitchesNow(msgspec.Struct, frozen=True):
    items: list[SwitchNow]


class SwitchChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On or off. ``words``: what people are told while it is off, instead of ours."""

    on: bool
    words: Annotated[str, Meta(max_length=200, pattern=bounds.TEXT)] = ""


class IncidentReport(msgspec.Struct, frozen=True):
    """What people are told of an incident at one time."""

    id: UUID
    text: str
    author: str
    written_at: datetime


class IncidentTold(msgspec.Struct, frozen=True):
    """Something that happened, with all that was told of it, in its order; without ``ended_at`` it goes on."""

    id: UUID
    title: str
    began_at: datetime
    ended_at: datetime | None
    reports: list[IncidentReport]


class IncidentsTold(msgspec.Struct, frozen=True):
    items: list[IncidentTold]


ReportText = Annotated[str, Meta(min_length=3, max_length=4000, pattern=bounds.TEXT)]


class NewIncident(bounds.Dated, frozen=True, forbid_unknown_fields=True):
    """Something that happens; everybody reads it at /status. ``began_at``: now, unless told."""

    title: bounds.Name
    text: ReportText
    began_at: Annotated[datetime, Meta(tz=True)] | None = None


class NewIncidentReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """More of an incident; ``ends``: and it is over."""

    text: ReportText
    ends: bool = False


class NewGrant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Credit at list price. ``reference`` names it: the same one is given once."""

    usd: bounds.Dollars
    reference: Annotated[str, Meta(min_length=3, max_length=100, pattern=rf"^[A-Za-z0-9][A-Za-z0-9:._-]*{bounds.END}")]
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
