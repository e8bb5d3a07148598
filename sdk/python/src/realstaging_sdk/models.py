"""What the service answers and sends. Written by `scripts/sdk_models` from its description (OpenAPI): not to be changed by hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

ActorKind: TypeAlias = str
ActorKindValue = Literal["key", "operator", "person", "service", "upload_link"]
"""Of what is answered, a newer service may have others."""

DeliveryState: TypeAlias = str
DeliveryStateValue = Literal["delivered", "failed", "waiting"]
"""Of what is answered, a newer service may have others."""

DisabledReason: TypeAlias = str
DisabledReasonValue = Literal["asked", "failing", "gone"]
"""Of what is answered, a newer service may have others."""

ErasureState: TypeAlias = str
ErasureStateValue = Literal["done", "running", "waiting", "withdrawn"]
"""Of what is answered, a newer service may have others."""

ExportState: TypeAlias = str
ExportStateValue = Literal["failed", "queued", "ready", "running"]
"""Of what is answered, a newer service may have others."""

Kind: TypeAlias = str
KindValue = Literal["office", "person"]
"""Of what is answered, a newer service may have others."""

Mode: TypeAlias = str
ModeValue = Literal["live", "test"]
"""Of what is answered, a newer service may have others."""

Outcome: TypeAlias = str
OutcomeValue = Literal["canceled", "charged", "failed", "given_back", "under_way"]
"""Of what is answered, a newer service may have others."""

Permission: TypeAlias = str
PermissionValue = Literal[
    "audit",
    "billing",
    "download",
    "edit",
    "erase",
    "keys",
    "members",
    "operate",
    "own",
    "read",
    "settings",
    "stage",
    "transfer",
    "upload",
    "usage",
    "webhooks",
]
"""Of what is answered, a newer service may have others."""

PlanState: TypeAlias = str
PlanStateValue = Literal["active", "canceling", "incomplete", "late", "paused", "trial"]
"""Of what is answered, a newer service may have others."""

Role: TypeAlias = str
RoleValue = Literal["admin", "member", "owner", "viewer"]
"""Of what is answered, a newer service may have others."""

RoomType: TypeAlias = str
RoomTypeValue = Literal[
    "bathroom", "bedroom", "dining_room", "entryway", "kids_room", "kitchen", "living_room", "office", "outdoor"
]
"""Of what is answered, a newer service may have others."""

Scope: TypeAlias = str
ScopeValue = Literal["download", "edit", "read", "stage", "upload", "usage", "webhooks"]
"""Of what is answered, a newer service may have others."""

State: TypeAlias = str
StateValue = Literal["accepted", "expired", "open", "revoked"]
"""Of what is answered, a newer service may have others."""

Style: TypeAlias = str
StyleValue = Literal[
    "bohemian",
    "coastal",
    "contemporary",
    "farmhouse",
    "industrial",
    "luxury",
    "mid_century",
    "minimalist",
    "modern",
    "scandinavian",
    "traditional",
]
"""Of what is answered, a newer service may have others."""

Suspended: TypeAlias = str
SuspendedValue = Literal["account", "member"]
"""Of what is answered, a newer service may have others."""

Theme: TypeAlias = str
ThemeValue = Literal["dark", "light", "system"]
"""Of what is answered, a newer service may have others."""

When: TypeAlias = str
WhenValue = Literal["now", "period_end"]
"""Of what is answered, a newer service may have others."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    kind: Kind
    test: bool


class AccountDetails(msgspec.Struct, frozen=True, kw_only=True):
    """``seats_used``: members who may work, which is what is counted for billing. ``seats_limit``: members and open
    invitations that the
    plan holds.
    """

    id: UUID
    name: str
    kind: Kind
    created_at: datetime
    seats_used: int
    seats_limit: int


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where invoices go. ``country``: its code of two letters (ISO 3166-1)."""

    line1: str | None
    line2: str | None
    postal_code: str | None
    city: str | None
    region: str | None
    country: str | None


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A ZIP on its way, or ready at ``url`` until ``expires_at``. The address takes Range requests, so that a
    download goes on
    where it broke off.
    """

    id: UUID
    project_id: UUID
    state: str
    files: int
    left_out: int
    progress: float
    size: int | None
    url: str | None
    error: str | None
    created_at: datetime
    expires_at: datetime


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is in the project now, or why it is not."""

    upload_id: UUID
    error: ItemError | None


class ArrivedFiles(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Arrived]
    files_left: int


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act. ``action`` is named noun.done, and the noun is what ``subject`` is. ``address``: an IPv6 one stands
    for its /64.
    """

    id: UUID
    created_at: datetime
    account_id: UUID | None
    action: str
    subject: str | None
    who: Who
    address: str
    device: str
    details: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[AuditEntry]
    next_cursor: str | None


class Billing(msgspec.Struct, frozen=True, kw_only=True):
    """What the account has, pays and may spend. ``plan`` and ``seats`` are what it may use now; ``subscription`` is
    what it pays for, null for
    none. ``standing``: good, grace (a payment is late) or stopped (nothing new is paid for), with the reason in
    words.
    ``withheld``: why the free credit of this month is not given, in words; empty where it is, or none is due.
    ``payable``: whether anything can be bought here. ``next_invoice`` is null where none comes, or Stripe does
    not answer.
    """

    payable: bool
    plan: str
    seats: int
    seats_used: int
    currency: str | None
    standing: str
    standing_reason: str
    withheld: str
    available_usd: Decimal
    stagings_left: int
    credit: list[LotKind]
    subscription: PaidPlan | None
    next_invoice: NextInvoice | None


class BudgetReachedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the month's budget (80 %, 100 %) is spent or set aside: once for each share and month."""

    type: str
    timestamp: datetime
    data: Share


class ChangePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a change would do. ``due_minor``: charged at once, tax included, where it takes effect now; ``at``: when
    it takes effect.
    ``losing_access``: who is suspended then, as there is no seat for them; those who came last, never an owner.
    """

    when: When
    at: datetime
    due_minor: int
    currency: str
    losing_access: list[Losing]


class Checkout(msgspec.Struct, frozen=True, kw_only=True):
    """``url``: the page on which it is paid, at Stripe, until ``expires_at``. Nothing is bought before it is paid
    there.
    """

    id: UUID
    url: str
    expires_at: datetime


class CheckoutState(msgspec.Struct, frozen=True, kw_only=True):
    """``state``: open; paid; waiting, where a bank takes days; over, where it was never paid."""

    id: UUID
    state: str
    plan: str | None
    pack: str | None


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """A member as those who manage the account see them. ``since``: when they came into it."""

    id: UUID
    name: str
    email: str
    role: Role
    suspended: bool
    since: datetime
    monthly_limit_usd: Decimal | None


class Colleagues(msgspec.Struct, frozen=True, kw_only=True):
    """The members of an account, the first to come first."""

    items: list[Colleague]


class CompletedUpload(msgspec.Struct, frozen=True, kw_only=True):
    upload_id: UUID
    photo: Photo | None
    error: ItemError | None


class CompletedUploads(msgspec.Struct, frozen=True, kw_only=True):
    items: list[CompletedUpload]


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """What a person knows better than the room reading. Points are shares of the picture, 0–1 from the top left."""

    floor_corners: list[tuple[float, float]] | None = None
    metres_per_unit: float | None = None
    keep_clear: list[list[tuple[float, float]]] | None = None
    ceiling_height: float | None = None


class CreditLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of one lot of credit, which lapses when it expires (null: never). ``source``: ``plan`` for a
    month's grant, ``pack``,
    ``grant`` for one of ours, ``credit_back`` for a picture given back, ``opening`` for what there was before.
    """

    source: str
    remaining_usd: Decimal
    expires_at: datetime | None


class EndedNow(msgspec.Struct, frozen=True, kw_only=True):
    """How many sessions were ended."""

    ended: int


class EndpointId(msgspec.Struct, frozen=True, kw_only=True):
    endpoint_id: UUID
    test: bool


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """The account is suspended, and everything of it is erased from ``due_at`` on. Until then DELETE takes that
    back.
    """

    id: UUID
    account_id: UUID
    state: ErasureState
    requested_at: datetime
    due_at: datetime


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A ZIP with everything that is kept, on its way, or ready at ``url`` until ``expires_at``. The address takes
    Range requests.
    """

    id: UUID
    state: ExportState
    size: int | None
    url: str | None
    error: str | None
    created_at: datetime
    expires_at: datetime


class Exports(msgspec.Struct, frozen=True, kw_only=True):
    """Those whose days are not over, newest first."""

    items: list[Export]


class FailedStaging(msgspec.Struct, frozen=True, kw_only=True):
    """``code``: why, as in the staging's ``error``."""

    staging_id: UUID
    photo_id: UUID
    project_id: UUID
    code: str
    test: bool


class FidelityCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer: ``value`` judged by the upper limits ``warn`` and ``fail``. ``mended``: it was
    put right.
    """

    name: str
    value: float
    warn: float
    fail: float
    verdict: str
    sentence: str
    mended: bool


class FidelityRegion(msgspec.Struct, frozen=True, kw_only=True):
    """One changed part of the picture. ``box`` is left, top, right, bottom and ``area`` a share, all 0–1."""

    kind: str
    area: float
    box: tuple[float, float, float, float]
    kept: bool


class FidelityReport(msgspec.Struct, frozen=True, kw_only=True):
    """The proof that the house is unchanged. ``rebuilt``: the furniture was taken over onto the photo's own pixels."""

    version: int
    verdict: str
    score: float
    rebuilt: bool
    untouched_share: float
    checks: list[FidelityCheck]
    put_back: list[str]
    regions: list[FidelityRegion]
    counted_against: str
    overlay_url: str
    original_url: str
    staged_url: str


class FidelitySummary(msgspec.Struct, frozen=True, kw_only=True):
    """Of the published picture: pass or warn, and 1 for the same house."""

    verdict: str
    score: float


class Gallery(msgspec.Struct, frozen=True, kw_only=True):
    """A project at one moment: every photo with its stagings, and the event id to go on from."""

    project: Project
    photos: list[PhotoWithStagings]
    last_event_id: int


class Health(msgspec.Struct, frozen=True, kw_only=True):
    status: str
    parts: dict[str, str]


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever has a link is told: who asks for photos of what, and what may be sent."""

    account_name: str
    project_name: str
    name: str | None
    files_left: int
    limits: SendLimits
    expires_at: datetime


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """A payment, or one that is due. ``hosted_url`` and ``pdf_url`` lead to Stripe's document, where there is one.
    ``lines``: what was staged
    in the time that it is for, and what of that was charged: never what failed, was refused or canceled.
    """

    id: UUID
    description: str
    state: str
    number: str | None
    total_minor: int
    paid_minor: int
    currency: str
    credit_usd: Decimal
    created_at: datetime
    paid_at: datetime | None
    period_start: datetime | None
    period_end: datetime | None
    hosted_url: str | None
    pdf_url: str | None
    given_back: list[PaidBack]
    lines: list[InvoiceLine]


class InvoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Stagings of one kind in the time that an invoice is for. ``reason``: the code of what went wrong, where
    something did.
    """

    outcome: Outcome
    reason: str | None
    engine: str | None
    stagings: int
    charged_usd: Decimal


class InvoicedStaging(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. ``engine`` and ``reason`` are null once the staging itself is forgotten; ``charged_usd`` is what
    it cost of your credit.
    """

    staging_id: UUID
    project_id: UUID
    at: datetime
    outcome: Outcome
    reason: str | None
    engine: str | None
    charged_usd: Decimal


class InvoicedStagings(msgspec.Struct, frozen=True, kw_only=True):
    items: list[InvoicedStaging]
    next_cursor: str | None


class Invoices(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Invoice]
    next_cursor: str | None


class ItemError(msgspec.Struct, frozen=True, kw_only=True):
    """Why one item of several was refused."""

    code: str
    message: str


class KeptDays(msgspec.Struct, frozen=True, kw_only=True):
    """``days``: after how many something goes by itself; null for never. ``chosen``: what the account wants; null
    where it leaves that to
    the service. ``least``, ``most``: what it may choose.
    """

    days: int | None
    chosen: int | None
    least: int
    most: int


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key as people know it again: by its name and how it ends. ``replaced_by``: the one it was rotated to."""

    id: UUID
    name: str
    mode: Mode
    ends_with: str
    scopes: list[Scope]
    addresses: list[str]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_on: date | None
    replaced_by: UUID | None


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Key]


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """``jpg`` and ``png`` have the photo's size and colour space. ``mls``: what the listing service of
    ``mls_disclosure`` takes: JPEG,
    sRGB, at most 2048 pixels on the long side and 3 MB.
    """

    jpg: str
    png: str
    mls: str
    mls_width: int
    mls_height: int
    mls_disclosure: MlsDisclosure
    small_for_mls: bool


class Losing(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody for whom there is no seat any more."""

    id: UUID
    name: str
    email: str


class LotKind(msgspec.Struct, frozen=True, kw_only=True):
    """Credit of one kind: of the ``plan``, of a ``pack``, given back or granted. ``next_lapse``: when some of it
    lapses; null: never.
    """

    kind: str
    left_usd: Decimal
    stagings: int
    next_lapse: datetime | None


class MailChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is written to about. ``undeliverable``: why nothing is sent to their address, where that is so:
    `bounce` (nobody is
    there) or `complaint` (a letter was called spam).
    """

    address: str
    kinds: list[MailKind]
    undeliverable: str | None


class MailKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of letter that may be switched off. ``wanted``: whether it is sent to this person."""

    kind: str
    title: str
    wanted: bool


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who calls, with what they have set for themselves."""

    id: UUID
    email: str
    name: str
    account: Account
    role: Role
    person_id: UUID | None
    permissions: list[Permission]
    suspended: Suspended | None
    preferences: Preferences
    photo_url: str | None


class MemberIds(msgspec.Struct, frozen=True, kw_only=True):
    member_id: UUID
    test: bool


class MemberInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """``sent_at``: when its newest letter was; only the link in that one works."""

    id: UUID
    email: str
    role: Role
    state: State
    invited_by: str
    created_at: datetime
    sent_at: datetime
    expires_at: datetime


class MemberInvitations(msgspec.Struct, frozen=True, kw_only=True):
    """Those that nobody has accepted or revoked, newest first."""

    items: list[MemberInvitation]


class MemberJoinedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody accepted an invitation."""

    type: str
    timestamp: datetime
    data: MemberIds


class MemberRemovedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is no member of the account any more."""

    type: str
    timestamp: datetime
    data: MemberIds


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """An account somebody is in, and as what."""

    account: Account
    role: Role
    suspended: Suspended | None


class Memberships(msgspec.Struct, frozen=True, kw_only=True):
    """The first is the one a request works in that names none."""

    items: list[Membership]


class MlsDisclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing service wants said of the picture. ``labelled``: it is written into the file already.
    ``label``: "required", "forbidden",
    "theirs" (the service writes it) or "free". ``caption``: to be written beside the picture; ``remarks``: how
    the listing's public remarks
    have to begin; ``original``: where the photo as it was taken goes ("before", "after", "either", "link").
    ``source``: the page of the rule,
    read on ``checked_on``; ``second_hand``: it is not the service's own, ask there.
    """

    profile: str
    name: str
    labelled: bool
    label: str
    caption: str
    remarks: str | None
    original: str | None
    source: str
    checked_on: date
    second_hand: bool


class NextInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """What is charged next, as Stripe says now; tax included."""

    at: datetime
    total_minor: int
    currency: str


class NextPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan will be from ``at`` on."""

    plan: str
    term: str
    seats: int
    at: datetime


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of a photo that may keep it from being staged well: panorama, strip, too_dark, too_bright,
    small_for_mls.

    ``staging`` of the photo is ``possible`` all the same, possible with ``insist``, or ``impossible``.
    """

    code: str
    message: str
    staging: str


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What can be had. ``staging_usd``: what a staging by a paid engine takes of credit. ``tax``: whether tax is
    added to prices of a currency
    (``exclusive``) or within them (``inclusive``). Nothing is ever charged beyond what was bought.
    """

    staging_usd: Decimal
    tax: dict[str, str]
    plans: list[OfferedPlan]
    packs: list[OfferedPack]


class OfferedPack(msgspec.Struct, frozen=True, kw_only=True):
    """Credit that is bought once and never expires; ``amounts_minor`` in hundredths of each currency."""

    id: str
    name: str
    credit_usd: Decimal
    stagings: int
    lookup_key: str
    amounts_minor: dict[str, int]


class OfferedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """``monthly_credit_usd`` and ``monthly_stagings`` are granted each month for each seat and lapse with it. From
    ``least_seats`` up to
    ``most_seats`` can be bought. Without ``terms`` it costs nothing. ``limits``: how much of each thing, bytes
    where the name says so.
    """

    id: str
    name: str
    summary: str
    monthly_credit_usd: Decimal
    monthly_stagings: int
    least_seats: int
    most_seats: int
    limits: dict[str, int]
    terms: list[OfferedTerm]


class OfferedTerm(msgspec.Struct, frozen=True, kw_only=True):
    """``every``: month or year. ``amounts_minor``: what each seat costs then, in hundredths of each currency."""

    every: str
    lookup_key: str
    amounts_minor: dict[str, int]


class PaidBack(msgspec.Struct, frozen=True, kw_only=True):
    """A refund, a dispute or a credit note. ``undone``: a refund that failed, a dispute that was won."""

    kind: str
    amount_minor: int
    undone: bool
    at: datetime


class PaidPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the account subscribes to. ``ends_at``: when it ends unless something is done: canceled, paused, or a
    payment is late.
    ``renews_at``: when the next payment is due; null where none is. ``resumes_at``: when a pause ends by itself.
    """

    plan: str
    term: str
    seats: int
    state: PlanState
    currency: str
    period_start: datetime
    period_end: datetime
    renews_at: datetime | None
    ends_at: datetime | None
    trial_end: datetime | None
    next: NextPlan | None
    resumes_at: datetime | None


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """An original. Width and height are those of the upright picture, in pixels."""

    id: UUID
    project_id: UUID
    name: str
    width: int
    height: int
    created_at: datetime
    urls: PhotoUrls
    notes: list[Note]
    suggested_room_type: RoomType | None
    prediction: Prediction | None
    sent_by: str | None


class PhotoIds(msgspec.Struct, frozen=True, kw_only=True):
    photo_id: UUID
    project_id: UUID
    test: bool


class PhotoPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Photo]
    next_cursor: str | None


class PhotoReadyMessage(msgspec.Struct, frozen=True, kw_only=True):
    """An uploaded file is a photo that may be staged."""

    type: str
    timestamp: datetime
    data: PhotoIds


class PhotoRefusedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """An uploaded file is no photo that can be used."""

    type: str
    timestamp: datetime
    data: RefusedUpload


class PhotoUrls(msgspec.Struct, frozen=True, kw_only=True):
    web: str
    thumb: str
    original: str


class PhotoWithStagings(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    project_id: UUID
    name: str
    width: int
    height: int
    created_at: datetime
    urls: PhotoUrls
    notes: list[Note]
    stagings: list[Staging]
    suggested_room_type: RoomType | None
    prediction: Prediction | None
    sent_by: str | None


class Portal(msgspec.Struct, frozen=True, kw_only=True):
    """``url``: a page at Stripe for cards, addresses, tax ids and invoices, for a few minutes."""

    url: str


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """What will become of a photo that an engine has read, before anything is asked for. Reasons are whole
    sentences.
    """

    stageable: str
    refused: bool
    reasons: list[str]
    seen: list[str]
    room_type: RoomType | None
    unfit: dict[str, str]


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody would rather have, where nothing else is said. ``default_engine``: for requests that name none;
    ``mls_profile``: the id
    of the listing service's rules; ``language``: only English (en) is offered so far; ``time_zone``: its name in
    the IANA database.
    """

    default_room_type: RoomType | None
    default_styles: list[Style]
    default_engine: str | None
    mls_profile: str | None
    language: str
    time_zone: str
    theme: Theme


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person, as they describe themselves. ``email`` is their sign-in's, and changed there. ``photo_url``: opens
    for nobody else.
    ``version`` is what the ETag says.
    """

    name: str
    email: str
    company: str | None
    phone: str | None
    billing_address: Address | None
    photo_url: str | None
    preferences: Preferences
    version: int


class Project(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    created_at: datetime
    photo_count: int
    ready_count: int
    cover_url: str | None
    archived: bool


class ProjectCompletedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing of the project is at work any more, and something has become ready since this was told last."""

    type: str
    timestamp: datetime
    data: ProjectId


class ProjectId(msgspec.Struct, frozen=True, kw_only=True):
    project_id: UUID
    test: bool


class ProjectPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Project]
    next_cursor: str | None


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """How much of something the plan lets the account have, and how much it has: numbers, or bytes where the name
    says so.
    """

    name: str
    used: int
    limit: int


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """What a request would cost now, if every picture passes the check: no other is charged. ``available_usd`` is
    the account's credit and
    ``budget_left_usd`` what is left of this month's budget (null: it has none), both before the request.
    """

    items: list[QuotedItem]
    pictures: int
    total_usd: Decimal
    available_usd: Decimal
    budget_left_usd: Decimal | None


class QuotedItem(msgspec.Struct, frozen=True, kw_only=True):
    """How many pictures an item would give and what they would cost; or the reason why it would be refused."""

    photo_id: UUID
    pictures: int
    total_usd: Decimal
    error: ItemError | None


class RefusedUpload(msgspec.Struct, frozen=True, kw_only=True):
    """``code``: why the file that was uploaded is no photo that can be used."""

    upload_id: UUID
    project_id: UUID
    code: str
    test: bool


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """The version, the commit it was built from (empty in a clone), and the newest schema it knows."""

    version: str
    commit: str
    schema: str


class RequestedStagings(msgspec.Struct, frozen=True, kw_only=True):
    items: list[StagingsOfItem]


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """How long things are kept: ``photos`` with everything that was made of them; ``results``: finished, failed and
    canceled stagings with
    their pictures; ``uploads``: files that were announced and never completed. ``in_force_from``: nothing that
    was chosen last is in force
    before; null where it is.
    """

    photos: KeptDays
    results: KeptDays
    uploads: KeptDays
    in_force_from: datetime | None


class SendLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What may be sent: files in one request, bytes and pixels of one; and the long side that listing services ask
    for at least.
    """

    max_files: int
    max_bytes: int
    max_pixels: int
    mls_least: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in. ``device``: as the program calls itself; ``address``: of the network, an IPv6 one stands for its
    /64; times are those of
    the hour. ``current``: you ask by it.
    """

    id: UUID
    device: str
    address: str
    first_seen: datetime
    last_seen: datetime
    current: bool


class Sessions(msgspec.Struct, frozen=True, kw_only=True):
    """The one used last comes first."""

    items: list[Session]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Percent of the budget of the month that begins on this day."""

    percent: int
    month: date
    test: bool


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sees who holds the link, before they sign in."""

    account_name: str
    account_kind: Kind
    invited_by: str
    role: Role
    email: str
    expires_at: datetime


class ShownKey(msgspec.Struct, frozen=True, kw_only=True):
    """A new key. ``secret`` is what programs send, as `Authorization: Bearer …`: it is shown now and never again."""

    key: Key
    secret: str


class ShownUploadLink(msgspec.Struct, frozen=True, kw_only=True):
    """A new link. ``url`` is what you give to whoever is to send photos: it is shown now and never again."""

    link: UploadLink
    url: str


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """What a project's finished stagings cost, ever."""

    project_id: UUID
    project_name: str
    stagings: int
    spent_usd: Decimal


class Staging(msgspec.Struct, frozen=True, kw_only=True):
    """One request and, once ready, its result."""

    id: UUID
    project_id: UUID
    photo_id: UUID
    room_type: str
    operation: str
    style: str | None
    instructions: str
    seed: int
    engine: str
    corrections: Corrections | None
    state: str
    step: str | None
    progress: float
    error: ItemError | None
    untouched_share: float | None
    confidence: float | None
    warnings: list[str]
    seconds: float | None
    fidelity: FidelitySummary | None
    urls: StagingUrls | None
    draft_url: str | None
    created_at: datetime
    finished_at: datetime | None
    wishes: str


class StagingCanceledMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody stopped it."""

    type: str
    timestamp: datetime
    data: StagingIds


class StagingFailedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """It ended without a result, and costs nothing."""

    type: str
    timestamp: datetime
    data: FailedStaging


class StagingIds(msgspec.Struct, frozen=True, kw_only=True):
    staging_id: UUID
    photo_id: UUID
    project_id: UUID
    test: bool


class StagingReadyMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Its result is there: `GET /api/v1/stagings/{staging_id}`."""

    type: str
    timestamp: datetime
    data: StagingIds


class StagingUrls(msgspec.Struct, frozen=True, kw_only=True):
    """Ready to use. ``web`` (WebP) and ``avif`` have at most 2048 pixels on the long side, ``thumb`` 640."""

    web: str
    avif: str
    thumb: str
    master: str


class StagingsOfItem(msgspec.Struct, frozen=True, kw_only=True):
    photo_id: UUID
    stagings: list[Staging]
    error: ItemError | None


class TestMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody asked for a test of the endpoint."""

    type: str
    timestamp: datetime
    data: EndpointId


class UnpaidUsage(msgspec.Struct, frozen=True, kw_only=True):
    """What providers charged us for your stagings without a result, and at most may. You are not charged for it.

    ``day`` and ``month`` (UTC) are of stagings that are over, ``at_stake`` of those under way: what they may come
    to without one.
    ``staging_limit`` and ``staging_tries`` hold for one staging, tried again as often as it may be.
    """

    day_usd: Decimal
    day_limit_usd: Decimal
    month_usd: Decimal
    month_limit_usd: Decimal
    at_stake_usd: Decimal
    staging_limit_usd: Decimal
    staging_tries: int


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """Where to send one file, or why not."""

    name: str
    upload_id: UUID | None
    url: str | None
    method: str | None
    headers: dict[str, str]
    expires_at: datetime | None
    error: ItemError | None


class UploadLink(msgspec.Struct, frozen=True, kw_only=True):
    """``files_left``: how many more it takes."""

    id: UUID
    project_id: UUID
    project_name: str
    name: str | None
    ends_with: str
    files: int
    files_left: int
    created_at: datetime
    created_by: str
    expires_at: datetime


class UploadLinkPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[UploadLink]
    next_cursor: str | None


class UploadLinks(msgspec.Struct, frozen=True, kw_only=True):
    items: list[UploadLink]


class Uploads(msgspec.Struct, frozen=True, kw_only=True):
    items: list[Upload]


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """``available`` is below zero where a payment was taken back after some of it had been spent. ``credit``: what
    it is made of, in the
    order in which it is used. ``standing``: ``good``; ``grace``, while a failed payment can be mended;
    ``stopped``, where nothing can be
    spent; ``standing_reason`` says why. ``spent`` and ``stagings`` are this month's finished ones; ``held`` is
    for stagings under way. ``own_spent``: this month's that you asked
    for, finished or under way; ``own_limit``: what those may come to, null where you have no limit of your own.
    """

    plan: str
    monthly_grant_usd: Decimal
    available_usd: Decimal
    held_usd: Decimal
    spent_usd: Decimal
    stagings: int
    monthly_budget_usd: Decimal | None
    own_spent_usd: Decimal
    own_limit_usd: Decimal | None
    alerts: list[int]
    projects: list[Spent]
    quotas: list[Quota]
    unpaid: UnpaidUsage
    prices_usd: dict[str, Decimal]
    standing: str
    standing_reason: str
    credit: list[CreditLeft]


class UsageByDay(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first. ``more``: whether there is a further page."""

    items: list[UsageOfDay]
    more: bool


class UsageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One staging by an engine that costs: what it was charged, and why it was charged nothing where it was.

    ``state``: ``held`` while it is under way, ``charged``, ``not_charged`` for what failed, was refused or
    canceled, ``given_back``.
    ``reason``: why it was not charged or was given back. ``member_id``: who asked; null where nobody knows any
    more, as ``project_name``.
    """

    staging_id: UUID
    at: datetime
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str
    state: str
    charged_usd: Decimal
    reason: str | None


class UsageLines(msgspec.Struct, frozen=True, kw_only=True):
    """Newest first. ``next``: the cursor of the page that follows; null on the last."""

    items: list[UsageLine]
    next: str | None


class UsageOfDay(msgspec.Struct, frozen=True, kw_only=True):
    """What one member had made in one project by one engine on one day (UTC): stagings charged, and those given
    back.
    """

    day: date
    project_id: UUID
    project_name: str | None
    member_id: UUID | None
    member_name: str | None
    engine: str
    stagings: int
    charged_usd: Decimal
    given_back: int


class WebhookAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try: the answer's status and first 4 kB, or why there was none."""

    at: datetime
    url: str
    status: int | None
    answer: str
    error: str | None
    milliseconds: int


class WebhookDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one endpoint. ``tries`` since it was made or replayed last; ``status``: of the newest answer."""

    id: UUID
    endpoint_id: UUID
    webhook_id: str
    type: str
    state: DeliveryState
    tries: int
    status: int | None
    next_at: datetime | None
    created_at: datetime
    finished_at: datetime | None


class WebhookDeliveryPage(msgspec.Struct, frozen=True, kw_only=True):
    items: list[WebhookDelivery]
    next_cursor: str | None


class WebhookDeliveryWithAttempts(msgspec.Struct, frozen=True, kw_only=True):
    """With the body that is sent, and every attempt, newest first."""

    id: UUID
    endpoint_id: UUID
    webhook_id: str
    type: str
    state: DeliveryState
    tries: int
    status: int | None
    next_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    body: str
    attempts: list[WebhookAttempt]


class WebhookEndpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is told events. ``failing_since``: of the first failure since a success; after some days of it
    the owner is told,
    and then the endpoint is disabled. Until ``previous_secret_until`` messages bear a signature by the secret
    before as well.
    """

    id: UUID
    url: str
    description: str
    events: list[str]
    enabled: bool
    disabled_reason: DisabledReason | None
    failing_since: datetime | None
    previous_secret_until: datetime | None
    created_at: datetime


class WebhookEndpointWithSecret(msgspec.Struct, frozen=True, kw_only=True):
    """``secret`` (``whsec_…``) verifies signatures. It is told this once; lost, it is rotated."""

    id: UUID
    url: str
    description: str
    events: list[str]
    enabled: bool
    disabled_reason: DisabledReason | None
    failing_since: datetime | None
    previous_secret_until: datetime | None
    created_at: datetime
    secret: str


class WebhookEndpoints(msgspec.Struct, frozen=True, kw_only=True):
    items: list[WebhookEndpoint]


class WebhookReplayed(msgspec.Struct, frozen=True, kw_only=True):
    """How many are sent again; ``more``: there are others in the range, to be asked for from ``next_since`` on."""

    count: int
    next_since: datetime | None


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it, as they were called then. ``id``: the person's, the key's, the link's; where the service acted,
    the one it acted for.
    """

    kind: ActorKind
    id: UUID | None
    name: str


MESSAGES: dict[str, Any] = {
    "staging.ready": StagingReadyMessage,
    "staging.failed": StagingFailedMessage,
    "staging.canceled": StagingCanceledMessage,
    "photo.ready": PhotoReadyMessage,
    "photo.refused": PhotoRefusedMessage,
    "project.completed": ProjectCompletedMessage,
    "usage.budget_reached": BudgetReachedMessage,
    "member.joined": MemberJoinedMessage,
    "member.removed": MemberRemovedMessage,
    "webhook.test": TestMessage,
}
"""The bodies of webhooks, by their `type`."""
