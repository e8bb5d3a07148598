"""What callers and other domains read of stagings."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import msgspec

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.photos import service as photos
from realstaging.domains.photos.service import Photo
from realstaging.domains.projects import service as projects
from realstaging.domains.staging import renditions, store
from realstaging.domains.staging.schemas import (
    FidelityCheck,
    FidelityRegion,
    FidelityReport,
    FidelitySummary,
    Gallery,
    Links,
    MlsDisclosure,
    PhotoWithStagings,
    Staging,
    StagingUrls,
    StoredFidelity,
)
from realstaging.fidelity.assurance import Assured
from realstaging.imaging import mls_profiles
from realstaging.imaging.limits import MLS_MOST, small_for_mls
from realstaging.imaging.mls_profiles import MlsProfile
from realstaging.imaging.sizes import fitted
from realstaging.kit import filenames
from realstaging.kit.errors import Conflict, ItemError, NotFound
from realstaging.kit.filenames import Wanted
from realstaging.runtime import events
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction
from realstaging.storage import NoSuchFile, Sign


def staging_of(sign: Sign, row: store.Shown) -> Staging:
    key = row.result_key
    urls = (
        StagingUrls(
            web=sign(f"{key}/web.webp"),
            avif=sign(f"{key}/web.avif"),
            thumb=sign(f"{key}/thumb.webp"),
            master=sign(f"{key}/master.png"),
        )
        if key and row.state == "ready"
        else None
    )
    return Staging(
        id=row.id,
        project_id=row.project_id,
        photo_id=row.photo_id,
        room_type=row.room_type,
        operation=row.operation,
        style=row.style,
        instructions=row.instructions,
        seed=row.seed,
        engine=row.engine,
        corrections=row.corrections,
        state=row.state,
        step=row.step,
        progress=round(row.progress, 3),
        error=ItemError(row.error_code, row.error_message or "") if row.error_code else None,
        untouched_share=row.untouched_share,
        confidence=row.confidence,
        warnings=row.warnings,
        seconds=row.seconds,
        fidelity=FidelitySummary(row.verdict, row.score) if row.verdict and row.score is not None else None,
        urls=urls,
        draft_url=sign(row.draft_key) if row.draft_key else None,
        created_at=row.created_at,
        finished_at=row.finished_at,
        wishes=row.instructions,
    )


async def require(connection: Connection, caller: Member, staging_id: UUID, *, lock: bool = False) -> store.Kept:
    row = await store.find(connection, caller.account.id, staging_id, lock=lock)
    if row is None:
        raise NotFound("There is no such staging.")
    return row


async def get(platform: Platform, caller: Member, staging_id: UUID) -> Staging:
    return staging_of(platform.signer(), await require(platform.database, caller, staging_id))


async def gallery(platform: Platform, caller: Member, project_id: UUID) -> Gallery:
    """Everything a project's page shows. The event id is read first: an event in between is shown twice, never lost."""
    sign = platform.signer()
    async with platform.database.acquire() as connection:
        last_event_id = await events.newest(connection, caller.account.id)
        project = await projects.get(platform, caller, project_id, connection)
        kept = await photos.of_project(sign, connection, caller, project_id)
        rows = await store.of_project(connection, caller.account.id, project_id)
    of_photo: dict[UUID, list[Staging]] = {photo.id: [] for photo in kept}
    for row in rows:
        # A photo that has come since its project's photos were read will be told of by an event.
        if row.photo_id in of_photo:
            of_photo[row.photo_id].append(staging_of(sign, row))
    return Gallery(project, [_with_stagings(photo, of_photo[photo.id]) for photo in kept], last_event_id)


def _with_stagings(photo: Photo, stagings: list[Staging]) -> PhotoWithStagings:
    return PhotoWithStagings(
        photo.id,
        photo.project_id,
        photo.name,
        photo.width,
        photo.height,
        photo.created_at,
        photo.urls,
        photo.notes,
        stagings,
        photo.suggested_room_type,
        photo.prediction,
        photo.sent_by,
    )


async def links(platform: Platform, caller: Member, staging_id: UUID, mls_profile: str | None = None) -> Links:
    """Addresses that download the result under a telling name; the file for listing services is the one that the profile wants, or what
    the caller prefers where none is named. That they were handed out is put down.
    """
    if mls_profile is None:
        profile = mls_profiles.chosen((await accounts.preferences_of(platform.database, caller)).mls_profile)
    else:
        profile = mls_profiles.named(mls_profile)
    row = await _ready(platform.database, caller, staging_id)
    with suppress(NoSuchFile):
        # Where it was deleted meanwhile, that is said below.
        await renditions.for_mls(platform, row.result_key or "", profile)
    async with transaction(platform) as work:
        return await _links(work, caller, staging_id, profile)


async def _ready(connection: Connection, caller: Member, staging_id: UUID) -> store.Kept:
    row = await require(connection, caller, staging_id)
    if row.state != "ready":
        raise Conflict("This staging has no result yet.")
    return row


async def _links(work: Work, caller: Member, staging_id: UUID, profile: MlsProfile) -> Links:
    platform = work.platform
    row = await _ready(work.connection, caller, staging_id)
    photo = await photos.get(platform, caller, row.photo_id, work.connection)
    work.record(caller.account.id, Action.STAGING_LINKED, staging_id, photo=row.photo_id, name=photo.name)
    wanted = Wanted(photo.name, f"{row.room_type}-{row.style or row.operation}")

    def link(file: str, suffix: str) -> str:
        return platform.storage.sign_get(
            f"{row.result_key}/{file}", now=platform.clock(), download_name=filenames.one(wanted, suffix)
        )

    # Made of the file for all services, so that both sides are rounded twice.
    width, height = fitted(*fitted(photo.width, photo.height, MLS_MOST), profile.long_side)
    small = small_for_mls(width, height)
    return Links(
        jpg=link("master.jpg", ".jpg"),
        png=link("master.png", ".png"),
        mls=link(profile.file, f"-mls-{width}x{height}.jpg" if small else "-mls.jpg"),
        mls_width=width,
        mls_height=height,
        mls_disclosure=MlsDisclosure(
            profile.id,
            profile.name,
            profile.labelled,
            profile.label,
            profile.caption,
            profile.remarks,
            profile.original,
            profile.source,
            profile.checked_on,
            profile.second_hand,
        ),
        small_for_mls=small,
    )


async def plan(platform: Platform, caller: Member, staging_id: UUID) -> msgspec.Raw:
    """What stands where in a finished picture of an engine that plans, in metres."""
    await require(platform.database, caller, staging_id)
    found = await store.plan(platform.database, staging_id)
    if found is None:
        raise Conflict("This staging has no plan.")
    return found


async def fidelity(platform: Platform, caller: Member, staging_id: UUID) -> FidelityReport:
    """The proof that the house is unchanged, with the pictures it speaks of."""
    row = await require(platform.database, caller, staging_id)
    stored = await store.fidelity(platform.database, staging_id)
    if row.state != "ready" or stored is None:
        raise Conflict("This staging has no result yet.")
    photo = await photos.get(platform, caller, row.photo_id)

    def link(file: str) -> str:
        return platform.storage.sign_get(f"{row.result_key}/{file}", now=platform.clock())

    return FidelityReport(
        **msgspec.structs.asdict(stored),
        overlay_url=link("overlay.webp"),
        original_url=photo.urls.web,
        staged_url=link("web.webp"),
    )


def fidelity_of(assured: Assured) -> StoredFidelity:
    """What is stored of an examination; the map of regions is in the overlay picture."""
    return StoredFidelity(
        version=assured.report.version,
        verdict=assured.verdict,
        score=assured.score,
        rebuilt=assured.rebuilt,
        untouched_share=assured.untouched_share,
        checks=[
            FidelityCheck(c.name, c.value, c.warn, c.fail, c.verdict, c.sentence, c.mended) for c in assured.checks
        ],
        put_back=list(assured.put_back),
        regions=[
            FidelityRegion(r.kind, round(r.area, 5), r.box, r.kept or not assured.rebuilt)
            for r in assured.report.regions
        ],
        counted_against=assured.counted_against,
    )


async def finished(
    connection: Connection, project_id: UUID, staging_ids: Sequence[UUID] | None = None
) -> list[store.Finished]:
    """Finished stagings of a project that the caller was let into, oldest first."""
    return await store.finished(connection, project_id, staging_ids)


async def under_way(connection: Connection, project_id: UUID) -> store.UnderWay:
    """Whether anything is at work in a project, and when something became ready last. What is deleted does not count."""
    return await store.under_way(connection, project_id)


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits."""
    row = await store.used(connection, account_id)
    return {Resource.STAGINGS: row.in_flight, Resource.STORAGE: row.bytes}
