"""Use cases of stagings, as a caller asks for them. What a worker does with them is in jobs.py."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from realstaging.domains.accounts.service import Member
from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.models import service as models
from realstaging.domains.photos import service as photos
from realstaging.domains.photos.schemas import ItemError
from realstaging.domains.projects import service as projects
from realstaging.domains.staging import rules, store
from realstaging.domains.staging.deliverables import MLS
from realstaging.domains.staging.schemas import (
    FidelityCheck,
    FidelityRegion,
    FidelityReport,
    FidelitySummary,
    Gallery,
    Links,
    NewStaging,
    NewStagings,
    PhotoWithStagings,
    RequestedStagings,
    Staging,
    StagingsOfItem,
    StagingUrls,
    StoredFidelity,
)
from realstaging.engines import catalog
from realstaging.engines.brief import Corrections, Style
from realstaging.fidelity.assurance import Assured
from realstaging.imaging.encode import fitted
from realstaging.imaging.limits import small_for_mls
from realstaging.kit import filenames
from realstaging.kit.errors import AppError, Conflict, NotFound
from realstaging.kit.filenames import Wanted
from realstaging.kit.ids import new_id
from realstaging.runtime import events, telemetry
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import Resource
from realstaging.runtime.work import Work

CHANGED = "staging.changed"
ROUTE = "/api/v1/stagings"


def staging_of(platform: Platform, row: asyncpg.Record) -> Staging:
    key, now = row["result_key"], platform.clock()
    sign = platform.storage.sign_get
    urls = (
        StagingUrls(
            web=sign(f"{key}/web.webp", now=now),
            avif=sign(f"{key}/web.avif", now=now),
            thumb=sign(f"{key}/thumb.webp", now=now),
            master=sign(f"{key}/master.png", now=now),
        )
        if key and row["state"] == "ready"
        else None
    )
    return Staging(
        id=row["id"],
        project_id=row["project_id"],
        photo_id=row["photo_id"],
        room_type=row["room_type"],
        operation=row["operation"],
        style=row["style"],
        wishes=row["wishes"],
        seed=row["seed"],
        engine=row["engine"],
        corrections=msgspec.convert(row["corrections"], Corrections) if row["corrections"] else None,
        state=row["state"],
        step=row["step"],
        progress=round(row["progress"], 3),
        error=ItemError(row["error_code"], row["error_message"] or "") if row["error_code"] else None,
        untouched_share=row["untouched_share"],
        confidence=row["confidence"],
        warnings=row["warnings"],
        seconds=row["seconds"],
        fidelity=FidelitySummary(row["verdict"], row["score"]) if row["verdict"] else None,
        urls=urls,
        draft_url=sign(row["draft_key"], now=now) if row["draft_key"] else None,
        created_at=row["created_at"],
        finished_at=row["finished_at"],
    )


async def request(
    work: Work, caller: Member, asked: NewStagings, idempotency_key: str | None
) -> tuple[int, msgspec.Raw]:
    """Accept stagings, each item on its own: 201 when all were, 207 when some were refused.

    The same idempotency key gives the same answer and starts nothing anew; with another body it is a Conflict.
    """
    fingerprint = hashlib.sha256(msgspec.json.encode(asked)).hexdigest()
    if idempotency_key:
        before = await store.claim_key(work.connection, caller.account.id, idempotency_key, fingerprint)
        if before is not None:
            if before["fingerprint"] != fingerprint:
                raise Conflict("This Idempotency-Key was used for another request. Use a new one.")
            return before["status"], msgspec.Raw(msgspec.json.encode(before["answer"]))
    answer = await _accept(work, caller, asked)
    status = 207 if any(item.error for item in answer.items) else 201
    if idempotency_key:
        await store.keep_answer(work.connection, caller.account.id, idempotency_key, status, answer)
    return status, msgspec.Raw(msgspec.json.encode(answer))


async def used(connection: Connection, account_id: UUID) -> dict[Resource, int]:
    """What the account has of what its plan limits."""
    row = await store.used(connection, account_id)
    return {Resource.STAGINGS: row["in_flight"], Resource.STORAGE: row["bytes"]}


def _needs(stagings: int) -> dict[Resource, int]:
    """What so many stagings take. How large a result will be nobody knows: there has to be room at all."""
    return {Resource.STAGINGS: stagings, Resource.STORAGE: stagings}


async def _accept(work: Work, caller: Member, asked: NewStagings) -> RequestedStagings:
    room = await work.platform.quotas.room(work.connection, caller.account.id)
    known = await photos.keep(work, caller, [item.photo_id for item in asked.items])
    errors = [_refusal(work.platform, item, known) for item in asked.items]
    wanted = [{} if error else _styles(item) for item, error in zip(asked.items, errors, strict=True)]
    for place, styles in enumerate(wanted):
        if styles and (full := room.take(_needs(len(styles)))):
            errors[place], wanted[place] = ItemError(full.code, full.message), {}
    places = [place for place, styles in enumerate(wanted) if styles]
    settings = {name: await models.settings_of(work, name) for name in {asked.items[place].engine for place in places}}
    orders = [
        billing.Order(
            known[(item := asked.items[place]).photo_id]["project_id"],
            item.engine,
            list(wanted[place]),
            _picture_price(work.platform, item, settings[item.engine]),
        )
        for place in places
    ]
    for place, refused in zip(places, await billing.hold_each(work, caller.account.id, orders), strict=True):
        if refused:
            errors[place] = ItemError(refused.code, refused.message)
            telemetry.refused(refused.code, ROUTE, status=refused.status, account=str(caller.account.id))
    rows_of = [
        []
        if error
        else _rows(
            work, Whose(caller.account.id, known[item.photo_id]["project_id"]), item, styles, settings[item.engine]
        )
        for item, styles, error in zip(asked.items, wanted, errors, strict=True)
    ]
    inserted = await store.insert(work.connection, [row for rows in rows_of for row in rows])
    stagings = {row["id"]: staging_of(work.platform, row) for row in inserted}
    for staging in stagings.values():
        work.publish(caller.account.id, CHANGED, staging)
    return RequestedStagings(
        [
            StagingsOfItem(item.photo_id, [stagings[row.id] for row in rows], error)
            for item, rows, error in zip(asked.items, rows_of, errors, strict=True)
        ]
    )


def _refusal(platform: Platform, item: NewStaging, known: dict[UUID, asyncpg.Record]) -> ItemError | None:
    if item.photo_id not in known:
        return ItemError("not_found", "There is no such photo.")
    if kept := photos.kept_from_staging(known[item.photo_id], insists=item.insist):
        return kept
    if item.engine not in platform.engines:
        return ItemError(
            "unknown_engine", f"There is no engine named {item.engine}. Ask GET /api/v1/catalog what there is."
        )
    if refused := rules.refusal(item):
        return ItemError("invalid_input", refused)
    unable = [style for style in item.styles if not catalog.supports(item.engine, item.room_type, style)]
    if unable:
        return ItemError(
            "unsupported", f"The {item.engine} engine has no {item.room_type} in {', '.join(unable)} style yet."
        )
    return None


def _picture_price(platform: Platform, item: NewStaging, settings: dict[str, Any] | None) -> int:
    if item.engine in catalog.COMPUTE:
        return 0
    return attempts.picture_price(platform, item.operation, item.room_type, settings)


def _styles(item: NewStaging) -> dict[UUID, Style | None]:
    """The stagings an item asks for, each with its style."""
    wanted: list[Style | None] = list(dict.fromkeys(item.styles)) or [None]
    return {new_id(): style for style in wanted}


class Whose(NamedTuple):
    """The account and the project that new stagings belong to."""

    account_id: UUID
    project_id: UUID


def _rows(
    work: Work,
    whose: Whose,
    item: NewStaging,
    styles: Mapping[UUID, Style | None],
    settings: dict[str, Any] | None,
) -> list[store.NewRow]:
    """A row and a job for each style."""
    rows = []
    for staging_id, style in styles.items():
        job_id = work.enqueue(
            "staging.stage", {"staging_id": str(staging_id)}, lane=rules.lane(item.engine), account_id=whose.account_id
        )
        seed = rules.seed_for(item.photo_id, style, item.seed)
        rows.append(
            store.NewRow(
                staging_id,
                whose.project_id,
                item.photo_id,
                job_id,
                item.room_type,
                style,
                seed,
                item.engine,
                item.operation,
                item.wishes,
                settings,
                item.corrections,
                item.plan.as_json() if item.plan else None,
            )
        )
    return rows


async def gallery(platform: Platform, caller: Member, project_id: UUID) -> Gallery:
    """Everything a project's page shows. The event id is read first: an event in between is shown twice, never lost."""
    last_event_id = await events.newest(platform.database, caller.account.id)
    project = await projects.get(platform, caller, project_id)
    photo_rows, staging_rows = await store.gallery(platform.database, caller.account.id, project_id)
    of_photo: dict[UUID, list[Staging]] = {row["id"]: [] for row in photo_rows}
    for row in staging_rows:
        of_photo[row["photo_id"]].append(staging_of(platform, row))
    return Gallery(project, [_with_stagings(platform, row, of_photo[row["id"]]) for row in photo_rows], last_event_id)


def _with_stagings(platform: Platform, row: asyncpg.Record, stagings: list[Staging]) -> PhotoWithStagings:
    photo = photos.photo_of(platform, row)
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
    )


async def _require(connection: Connection, caller: Member, staging_id: UUID, *, lock: bool = False) -> asyncpg.Record:
    row = await store.find(connection, caller.account.id, staging_id, lock=lock)
    if row is None:
        raise NotFound("There is no such staging.")
    return row


async def get(platform: Platform, caller: Member, staging_id: UUID) -> Staging:
    return staging_of(platform, await _require(platform.database, caller, staging_id))


async def retry(work: Work, caller: Member, staging_id: UUID) -> Staging | AppError:
    """The staging, queued again, or why not: what it would cost cannot be paid, or has been spent in vain too often. That is to be
    raised once ``work`` is committed.
    """
    room = await work.platform.quotas.room(work.connection, caller.account.id)
    row = await _require(work.connection, caller, staging_id, lock=True)
    if not rules.may_retry(row["state"]):
        raise Conflict("Only a failed or canceled staging can be tried again.")
    if full := room.take(_needs(1)):
        raise full
    computes = row["engine"] in catalog.COMPUTE
    picture = (
        0 if computes else attempts.picture_price(work.platform, row["operation"], row["room_type"], row["settings"])
    )
    order = billing.Order(row["project_id"], row["engine"], [staging_id], picture)
    if refused := await billing.hold(work, caller.account.id, order):
        return refused
    job_id = work.enqueue(
        "staging.stage", {"staging_id": str(staging_id)}, lane=rules.lane(row["engine"]), account_id=caller.account.id
    )
    staging = staging_of(work.platform, await store.restart(work.connection, staging_id, job_id))
    work.publish(caller.account.id, CHANGED, staging)
    return staging


async def cancel(work: Work, caller: Member, staging_id: UUID) -> Staging:
    row = await _require(work.connection, caller, staging_id, lock=True)
    if not rules.may_cancel(row["state"]):
        raise Conflict("This staging is already over.")
    staging = staging_of(work.platform, await store.cancel(work.connection, staging_id))
    await end_spending(work, [staging_id])
    await store.stop_jobs(work.connection, [row["job_id"]])
    work.publish(caller.account.id, CHANGED, staging)
    return staging


async def delete(work: Work, caller: Member, staging_id: UUID) -> None:
    row = await _require(work.connection, caller, staging_id, lock=True)
    await store.delete(work.connection, [staging_id])
    await end_spending(work, [staging_id])
    await store.stop_jobs(work.connection, [row["job_id"]])
    work.enqueue("staging.free", {"staging_id": str(staging_id)}, account_id=caller.account.id)
    work.publish(
        caller.account.id,
        "staging.deleted",
        {"id": staging_id, "project_id": row["project_id"], "photo_id": row["photo_id"]},
    )


async def end_spending(work: Work, staging_ids: Sequence[UUID]) -> None:
    """These stagings end without a result (those that are over already stay as they are): give the money back, stop what runs."""
    await attempts.stop(work, staging_ids)
    for staging_id in staging_ids:
        await billing.release(work, staging_id)


async def links(platform: Platform, caller: Member, staging_id: UUID) -> Links:
    """Addresses that download the result under a telling name."""
    row = await _require(platform.database, caller, staging_id)
    if row["state"] != "ready":
        raise Conflict("This staging has no result yet.")
    photo = await photos.get(platform, caller, row["photo_id"])
    wanted = Wanted(photo.name, f"{row['room_type']}-{row['style'] or row['operation']}")

    def link(file: str, suffix: str) -> str:
        return platform.storage.sign_get(
            f"{row['result_key']}/{file}", now=platform.clock(), download_name=filenames.one(wanted, suffix)
        )

    width, height = fitted(photo.width, photo.height, MLS)
    small = small_for_mls(width, height)
    return Links(
        jpg=link("master.jpg", ".jpg"),
        png=link("master.png", ".png"),
        mls=link("mls.jpg", f"-mls-{width}x{height}.jpg" if small else "-mls.jpg"),
        mls_width=width,
        mls_height=height,
        small_for_mls=small,
    )


async def plan(platform: Platform, caller: Member, staging_id: UUID) -> dict[str, Any]:
    """What stands where in a finished picture of the local engine, in metres."""
    row = await _require(platform.database, caller, staging_id)
    found: dict[str, Any] | None = await store.plan(platform.database, staging_id)
    if row["state"] != "ready" or not found or "pieces" not in found:
        raise Conflict("This staging has no plan.")
    return found


async def fidelity(platform: Platform, caller: Member, staging_id: UUID) -> FidelityReport:
    """The proof that the house is unchanged, with the pictures it speaks of."""
    row = await _require(platform.database, caller, staging_id)
    stored = await store.fidelity(platform.database, staging_id)
    if row["state"] != "ready" or stored is None:
        raise Conflict("This staging has no result yet.")
    photo = await photos.get(platform, caller, row["photo_id"])

    def link(file: str) -> str:
        return platform.storage.sign_get(f"{row['result_key']}/{file}", now=platform.clock())

    return FidelityReport(
        **msgspec.structs.asdict(msgspec.convert(stored, StoredFidelity)),
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
) -> list[asyncpg.Record]:
    """Finished stagings of a project that the caller was let into, oldest first: ``id``, ``photo_name``, ``room_type``, ``style``
    (or the operation) and ``result_key``.
    """
    return await store.finished(connection, project_id, staging_ids)


async def reseal(work: Work, after: UUID, most: int) -> tuple[UUID | None, int]:
    """Seal what up to ``most`` stagings later than ``after`` keep with the key in force; the last one's id (None when there are no more)
    and how many they were.
    """
    rows = await store.with_secrets(work.connection, after, most)
    for row in rows:
        await store.put_settings(work.connection, row["id"], models.resealed(work.platform.keys, row["settings"]))
    return (rows[-1]["id"] if rows else None), len(rows)
