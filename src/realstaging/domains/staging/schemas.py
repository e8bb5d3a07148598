"""Wire shapes of stagings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec

from realstaging.domains.photos.service import Note, PhotoUrls
from realstaging.domains.projects.service import Project
from realstaging.engines import catalog
from realstaging.engines.brief import Corrections, Prediction, RoomType, Style
from realstaging.engines.catalog import Plan
from realstaging.engines.prompts import LONGEST_INSTRUCTIONS
from realstaging.fidelity.report import Operation
from realstaging.kit import bounds
from realstaging.kit.errors import ItemError

PREFERRED: Final = "preferred"
"""Names the engine that the caller prefers, as their profile says; where it says nothing, and to keys, which are nobody's, ours."""


class NewStaging(msgspec.Struct, forbid_unknown_fields=True):
    """One photo to be staged in one or more styles, or decluttered, or emptied. The same seed gives the same picture.

    ``styles`` are for staging alone; without any, those that you prefer. ``engine``: without one, the one that you prefer, or ours.
    ``instructions`` are for engines that understand words; what must not change stays so.
    """

    photo_id: UUID
    room_type: RoomType
    styles: Annotated[list[Style], msgspec.Meta(max_length=11)] = []
    operation: Operation = Operation.STAGE
    instructions: Annotated[str, msgspec.Meta(max_length=LONGEST_INSTRUCTIONS, pattern=bounds.TEXT)] = ""
    seed: bounds.Seed | None = None
    engine: bounds.Word = PREFERRED
    corrections: Corrections | None = None
    """What you know better than the room reading; of use to engines that plan."""
    insist: bool = False
    """Stage the photo although a note on it says that it is a strip, too dark or too bright, or its prediction that it will be
    refused. A panorama is not staged at all.
    """
    plan: Plan | None = None
    """A plan from ``GET /stagings/{id}/plan``, as it was or edited, to be rendered again by an engine that plans."""
    wishes: Annotated[str, msgspec.Meta(max_length=LONGEST_INSTRUCTIONS, pattern=bounds.TEXT)] = ""
    """What ``instructions`` were called before release 0.2. Taken until 0.3; where both are sent, ``instructions`` count."""

    def __post_init__(self) -> None:
        self.instructions, self.wishes = self.instructions or self.wishes, ""


class QuotedItem(msgspec.Struct, frozen=True):
    """How many pictures an item would give and what they would cost; or the reason why it would be refused."""

    photo_id: UUID
    pictures: int
    total_usd: Decimal
    error: ItemError | None = None


class Quote(msgspec.Struct, frozen=True):
    """What a request would cost now, if every picture passes the check: no other is charged. ``available_usd`` is the account's credit and
    ``budget_left_usd`` what is left of this month's budget (null: it has none), both before the request.
    """

    items: list[QuotedItem]
    pictures: int
    total_usd: Decimal
    available_usd: Decimal
    budget_left_usd: Decimal | None


class Move(msgspec.Struct, forbid_unknown_fields=True):
    """Photos, with everything that was made of them, into another project."""

    photo_ids: bounds.Chosen[UUID]
    project_id: UUID


class NewStagings(msgspec.Struct, forbid_unknown_fields=True):
    items: bounds.Several[NewStaging]

    def as_before(self) -> dict[str, Any]:
        """As releases before 0.2 had it, whose Idempotency-Keys may come again."""
        items = [
            {
                "wishes" if name == "instructions" else name: catalog.DEFAULT if value == PREFERRED else value
                for name, value in item.items()
                if name != "wishes"
            }
            for item in msgspec.to_builtins(self.items)
        ]
        return {"items": items}


class StagingUrls(msgspec.Struct, frozen=True):
    """Ready to use. ``web`` (WebP) and ``avif`` have at most 2048 pixels on the long side, ``thumb`` 640."""

    web: str
    avif: str
    thumb: str
    master: str


class FidelitySummary(msgspec.Struct, frozen=True):
    """Of the published picture: pass or warn, and 1 for the same house."""

    verdict: str
    score: float


class Staging(msgspec.Struct, frozen=True):
    """One request and, once ready, its result."""

    id: UUID
    project_id: UUID
    photo_id: UUID
    room_type: str
    operation: str
    style: str | None
    """None where things were only taken away."""
    instructions: str
    seed: int
    engine: str
    corrections: Corrections | None
    """What was known better than the room reading."""
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
    """A small, coarse picture of what is being rendered, while it is."""
    created_at: datetime
    finished_at: datetime | None
    wishes: str
    """What ``instructions`` were called before release 0.2. Answered until 0.3."""


class CreditBackReason(StrEnum):
    """What is wrong with a picture."""

    HOUSE_CHANGED = "house_changed"
    FURNITURE_FLOATS = "furniture_floats"
    WRONG_STYLE = "wrong_style"
    OTHER = "other"


class NewCreditBack(msgspec.Struct, forbid_unknown_fields=True):
    """A paid picture to be given back for its price: what is wrong, and in words where that is something else."""

    reason: CreditBackReason
    words: Annotated[str, msgspec.Meta(max_length=500, pattern=bounds.TEXT)] = ""


class CreditBacksOf(msgspec.Struct, frozen=True):
    """Of one engine, model and version of our prompts: pictures made, and given back for which reasons."""

    engine: str
    model: str | None
    prompt_version: str | None
    pictures: int
    given_back: int
    reasons: dict[str, int]
    given_back_usd: Decimal


class GivenBack(msgspec.Struct, frozen=True):
    """A picture that was given back; ``words``: what somebody wrote."""

    staging_id: UUID
    account_id: UUID
    reason: CreditBackReason
    words: str
    engine: str
    model: str | None
    prompt_version: str | None
    created_at: datetime


class CreditBacks(msgspec.Struct, frozen=True):
    """What was given back, by what made it, and the last ones."""

    by_model: list[CreditBacksOf]
    recent: list[GivenBack]


class FidelityRegion(msgspec.Struct, frozen=True):
    """One changed part of the picture. ``box`` is left, top, right, bottom and ``area`` a share, all 0–1."""

    kind: str
    area: float
    box: tuple[float, float, float, float]
    kept: bool


class FidelityCheck(msgspec.Struct, frozen=True):
    """One question with its answer: ``value`` judged by the upper limits ``warn`` and ``fail``. ``mended``: it was put right."""

    name: str
    value: float
    warn: float
    fail: float
    verdict: str
    sentence: str
    mended: bool


class StoredFidelity(msgspec.Struct, frozen=True):
    """What is kept of a published picture's examination."""

    version: int
    verdict: str
    score: float
    rebuilt: bool
    untouched_share: float
    checks: list[FidelityCheck]
    put_back: list[str]
    regions: list[FidelityRegion]
    counted_against: str = "the photo turned into sRGB, 8 bits"
    """What the pixels were compared with: the file's own where its colour space can be kept. Older reports knew sRGB alone."""


class FidelityReport(StoredFidelity, frozen=True, kw_only=True):
    """The proof that the house is unchanged. ``rebuilt``: the furniture was taken over onto the photo's own pixels."""

    overlay_url: str
    original_url: str
    staged_url: str


class StagingsOfItem(msgspec.Struct, frozen=True):
    photo_id: UUID
    stagings: list[Staging]
    error: ItemError | None = None


class RequestedStagings(msgspec.Struct, frozen=True):
    items: list[StagingsOfItem]


class PhotoWithStagings(msgspec.Struct, frozen=True):
    id: UUID
    project_id: UUID
    name: str
    width: int
    height: int
    created_at: datetime
    urls: PhotoUrls
    notes: list[Note]
    stagings: list[Staging]
    suggested_room_type: RoomType | None = None
    prediction: Prediction | None = None
    sent_by: str | None = None


class Gallery(msgspec.Struct, frozen=True):
    """A project at one moment: every photo with its stagings, and the event id to go on from."""

    project: Project
    photos: list[PhotoWithStagings]
    last_event_id: int


class MlsDisclosure(msgspec.Struct, frozen=True):
    """What a listing service wants said of the picture. ``labelled``: it is written into the file already. ``label``: "required", "forbidden",
    "theirs" (the service writes it) or "free". ``caption``: to be written beside the picture; ``remarks``: how the listing's public remarks
    have to begin; ``original``: where the photo as it was taken goes ("before", "after", "either", "link"). ``source``: the page of the rule,
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


class Links(msgspec.Struct, frozen=True):
    """``jpg`` and ``png`` have the photo's size and colour space. ``mls``: what the listing service of ``mls_disclosure`` takes: JPEG,
    sRGB, at most 2048 pixels on the long side and 3 MB.
    """

    jpg: str
    png: str
    mls: str
    mls_width: int
    mls_height: int
    mls_disclosure: MlsDisclosure
    small_for_mls: bool
    """The photo has fewer pixels on its long side than many listing services ask for (``mls_least`` of the catalog); it is never
    enlarged.
    """
