"""Stagings asked for, and asked for again: what may be had, what it costs, the rows and their jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.attempts import service as attempts
from realstaging.domains.billing import service as billing
from realstaging.domains.models import service as models
from realstaging.domains.photos import service as photos
from realstaging.domains.staging import rules, store
from realstaging.domains.staging.events import StagingChanged
from realstaging.domains.staging.payloads import Stage
from realstaging.domains.staging.reading import require, staging_of
from realstaging.domains.staging.schemas import (
    NewStaging,
    NewStagings,
    Quote,
    QuotedItem,
    RequestedStagings,
    Staging,
    StagingsOfItem,
)
from realstaging.engines import catalog
from realstaging.engines.brief import RoomType, Style
from realstaging.engines.engine import CostClass, Engine
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import AppError, Conflict, ItemError
from realstaging.kit.ids import new_id
from realstaging.kit.money import dollars
from realstaging.runtime import telemetry
from realstaging.runtime.platform import Platform
from realstaging.runtime.quotas import QuotaReached, Resource, Room
from realstaging.runtime.switches import Switch, SwitchedOff
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, rehearsal

ROUTE = "/api/v1/stagings"


async def request(work: Work, caller: Member, asked: NewStagings) -> RequestedStagings:
    """Accept stagings, each item on its own."""
    asked = await _as_preferred(work, caller, asked)
    considered = await _considered(work, caller, asked)
    known, settings, wanted, errors = considered.known, considered.settings, considered.wanted, considered.errors
    for refused in considered.unpaid:
        telemetry.refused(refused.code, ROUTE, status=refused.status, account=str(caller.account.id))
    batch_id = new_id()
    rows_of = [
        []
        if error
        else _rows(
            work,
            Whose(caller.account.id, known[item.photo_id].project_id, caller.id, batch_id),
            item,
            styles,
            settings[item.engine],
        )
        for item, styles, error in zip(asked.items, wanted, errors, strict=True)
    ]
    inserted = await store.insert(work.connection, [row for rows in rows_of for row in rows])
    sign = work.platform.signer()
    stagings = {row.id: staging_of(sign, row) for row in inserted}
    for staging in stagings.values():
        work.publish(caller.account.id, StagingChanged(staging))
    for item, rows in zip(asked.items, rows_of, strict=True):
        action = Action.STAGING_CORRECTED if item.corrections or item.plan else Action.STAGING_REQUESTED
        for row in rows:
            _record(work, caller, action, stagings[row.id])
    return RequestedStagings(
        [
            StagingsOfItem(item.photo_id, [stagings[row.id] for row in rows], error)
            for item, rows, error in zip(asked.items, rows_of, errors, strict=True)
        ]
    )


async def _as_preferred(work: Work, caller: Member, asked: NewStagings) -> NewStagings:
    """With the caller's own engine and styles where they name none."""
    if not any(rules.leaves_open(item) for item in asked.items):
        return asked
    preferences = await accounts.preferences_of(work.connection, caller)
    return NewStagings(
        [rules.completed(item, preferences.default_engine, preferences.default_styles) for item in asked.items]
    )


def _record(work: Work, caller: Member, action: Action, staging: Staging) -> None:
    what = {"room_type": staging.room_type, "style": staging.style, "engine": staging.engine}
    work.record(caller.account.id, action, staging.id, photo=staging.photo_id, **what)


async def quote(platform: Platform, caller: Member, asked: NewStagings) -> Quote:
    """What `request` would answer now and what it would cost: the same decisions, rehearsed."""
    async with rehearsal(platform) as work:
        asked = await _as_preferred(work, caller, asked)
        considered = await _considered(work, caller, asked)
        after = await billing.left(work, caller.account.id)
    prices = {order.engine: billing.price_of(order) for order in considered.orders}
    items = [
        QuotedItem(
            item.photo_id,
            0 if error else len(styles),
            dollars(0 if error else prices[item.engine] * len(styles)),
            error,
        )
        for item, styles, error in zip(asked.items, considered.wanted, considered.errors, strict=True)
    ]
    total = sum((item.total_usd for item in items), Decimal(0))
    return Quote(
        items,
        sum(item.pictures for item in items),
        total,
        dollars(after.available) + total,
        None if after.budget_left is None else dollars(after.budget_left) + total,
    )


class _Considered(NamedTuple):
    """What comes of each item that was asked for: its stagings to be, or why not."""

    known: Mapping[UUID, photos.Kept]
    settings: Mapping[str, dict[str, Any] | None]
    wanted: list[dict[UUID, Style | None]]
    errors: list[ItemError | None]
    orders: list[billing.Order]
    unpaid: list[AppError]


async def _considered(work: Work, caller: Member, asked: NewStagings) -> _Considered:
    """Decide on each item, and hold what those cost that are accepted."""
    room = await work.platform.quotas.room(work.connection, caller.account.id, _needs(1).keys())
    known = await photos.keep(work, caller, [item.photo_id for item in asked.items])
    errors = [_refusal(work.platform, caller, item, known) for item in asked.items]
    wanted = [{} if error else _styles(item) for item, error in zip(asked.items, errors, strict=True)]
    kept = Counter(await store.count_of_photos(work.connection, list(known)))
    for place, styles in enumerate(wanted):
        full = _full(room, kept, asked.items[place].photo_id, len(styles)) if styles else None
        if full:
            errors[place], wanted[place] = ItemError(full.code, full.message), {}
    places = [place for place, styles in enumerate(wanted) if styles]
    engines = catalog.running(work.platform.engines)
    settings = {name: await models.settings_of(work, name) for name in {asked.items[place].engine for place in places}}
    orders = [
        billing.Order(
            known[(item := asked.items[place]).photo_id].project_id,
            item.engine,
            list(wanted[place]),
            engines[item.engine].can.cost,
            attempts.picture_price(engines[item.engine], item.operation, item.room_type, settings[item.engine]),
        )
        for place in places
    ]
    unpaid: list[AppError] = []
    for place, refused in zip(places, await billing.hold_each(work, caller, orders), strict=True):
        if refused:
            errors[place] = ItemError(refused.code, refused.message)
            unpaid.append(refused)
    return _Considered(known, settings, wanted, errors, orders, unpaid)


def _full(room: Room, kept: Counter[UUID], photo_id: UUID, wanted: int) -> AppError | None:
    """Why so many stagings of the photo do not fit; None where they do, and have their places from then on."""
    if not rules.has_room(kept[photo_id], wanted):
        return QuotaReached(
            f"{rules.MOST_OF_PHOTO} stagings of one photo are kept, failed and canceled ones among them, and it has {kept[photo_id]}. "
            "Delete some of this photo's first."
        )
    if full := room.take(_needs(wanted)):
        return full
    kept[photo_id] += wanted
    return None


def _needs(stagings: int) -> dict[Resource, int]:
    """What so many stagings take. How large a result will be nobody knows: there has to be room at all."""
    return {Resource.STAGINGS: stagings, Resource.STORAGE: stagings}


def _refusal(
    platform: Platform, caller: Member, item: NewStaging, known: Mapping[UUID, photos.Kept]
) -> ItemError | None:
    if item.photo_id not in known:
        return ItemError("not_found", "There is no such photo.")
    if kept := photos.kept_from_staging(known[item.photo_id], insists=item.insist):
        return kept
    engine = catalog.running(platform.engines).get(item.engine)
    if engine is None:
        return ItemError(
            "unknown_engine", f"There is no engine named {item.engine}. Ask GET /api/v1/catalog what there is."
        )
    if caller.account.test and engine.can.cost is not CostClass.OWN_MACHINES:
        return ItemError(
            "test_mode", f"Trying is free, and {item.engine} is not: leave the engine out, or use a live key."
        )
    if off := _switched_off(platform, engine):
        return ItemError(off.code, off.message)
    if refused := rules.refusal(item, engine.can):
        return ItemError("invalid_input", refused)
    as_it_is = engine.predicts and not (item.insist or item.corrections or item.plan)
    if as_it_is and (told := photos.foreseen(known[item.photo_id], item.room_type)):
        return told
    unable = [style for style in item.styles if not engine.can.stages(item.room_type, style)]
    if unable:
        return ItemError(
            "unsupported", f"The {item.engine} engine has no {item.room_type} in {', '.join(unable)} style yet."
        )
    return None


def _switched_off(platform: Platform, engine: Engine) -> SwitchedOff | None:
    """Why an engine whose providers are paid is not asked, while operators have switched those off."""
    if engine.can.cost is CostClass.OWN_MACHINES:
        return None
    return platform.switches.refusal_of(Switch.PAID_ENGINE)


def _styles(item: NewStaging) -> dict[UUID, Style | None]:
    """The stagings an item asks for, each with its style."""
    wanted: list[Style | None] = list(dict.fromkeys(item.styles)) or [None]
    return {new_id(): style for style in wanted}


class Whose(NamedTuple):
    """The account and the project that new stagings belong to, who asks for them, and what they are called together."""

    account_id: UUID
    project_id: UUID
    requested_by: UUID
    batch_id: UUID


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
            Stage(staging_id),
            lane=catalog.running(work.platform.engines)[item.engine].can.lane,
            account_id=whose.account_id,
        )
        seed = rules.seed_for(whose.project_id, style, item.seed)
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
                item.instructions,
                settings,
                item.corrections,
                item.plan.as_json() if item.plan else None,
                whose.requested_by,
                whose.batch_id,
            )
        )
    return rows


async def retry(work: Work, caller: Member, staging_id: UUID) -> Staging | AppError:
    """The staging, queued again, or why not: what it would cost cannot be paid, or has been spent in vain too often. That is to be
    raised once ``work`` is committed.
    """
    room = await work.platform.quotas.room(work.connection, caller.account.id, _needs(1).keys())
    row = await require(work.connection, caller, staging_id, lock=True)
    if not rules.may_retry(row.state):
        raise Conflict("Only a failed or canceled staging can be tried again.")
    if full := room.take(_needs(1)):
        raise full
    engine = catalog.running(work.platform.engines).get(row.engine)
    if engine is None:
        raise Conflict(f"There is no engine named {row.engine} any more. Request another staging.")
    if off := _switched_off(work.platform, engine):
        raise off
    picture = attempts.picture_price(engine, Operation(row.operation), RoomType(row.room_type), row.settings)
    order = billing.Order(row.project_id, row.engine, [staging_id], engine.can.cost, picture)
    if refused := await billing.hold(work, caller, order):
        return refused
    job_id = work.enqueue(Stage(staging_id), lane=engine.can.lane, account_id=caller.account.id)
    again = store.Again(staging_id, job_id, caller.id, new_id())
    staging = staging_of(work.platform.signer(), await store.restart(work.connection, again))
    work.publish(caller.account.id, StagingChanged(staging))
    _record(work, caller, Action.STAGING_RETRIED, staging)
    return staging
