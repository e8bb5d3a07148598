"""What lower domains publish, turned into messages: deliveries are written in the transaction that published the event (decision 99)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from realstaging.domains.accounts.events import MemberJoined, MemberRemoved
from realstaging.domains.billing.events import BudgetAlert
from realstaging.domains.photos.events import PhotoAdded, PhotoDeleted, PhotoRefused
from realstaging.domains.staging import reading as stagings
from realstaging.domains.staging.events import StagingChanged, StagingDeleted
from realstaging.domains.webhooks import deliveries_store, messages, rules, store
from realstaging.domains.webhooks.messages import Message, WebhookEvent
from realstaging.domains.webhooks.payloads import Deliver
from realstaging.kit.ids import new_id
from realstaging.runtime.work import Work


class Told(msgspec.Struct, frozen=True):
    """Something that an account's endpoints are told."""

    account_id: UUID
    message: Message


class Ended(msgspec.Struct, frozen=True):
    """A project of an account of which something has come to its end."""

    account_id: UUID
    project_id: UUID


def staging_changed(work: Work, account_id: UUID, event: StagingChanged) -> None:
    staging = event.data
    ids = messages.StagingIds(staging_id=staging.id, photo_id=staging.photo_id, project_id=staging.project_id)
    match staging.state:
        case "ready":
            _tell(work, account_id, messages.StagingReadyMessage(work.now, ids))
        case "failed":
            code = staging.error.code if staging.error else "internal_error"
            data = messages.FailedStaging(**msgspec.structs.asdict(ids), code=code)
            _tell(work, account_id, messages.StagingFailedMessage(work.now, data))
        case "canceled":
            _tell(work, account_id, messages.StagingCanceledMessage(work.now, ids))
        case _:
            return
    work.at_end(complete, Ended(account_id, staging.project_id))


def staging_deleted(work: Work, account_id: UUID, event: StagingDeleted) -> None:
    """What is deleted is not waited for any more."""
    work.at_end(complete, Ended(account_id, event.data.project_id))


def photo_deleted(work: Work, account_id: UUID, event: PhotoDeleted) -> None:
    """Nor are the stagings of a deleted photo."""
    work.at_end(complete, Ended(account_id, event.data.project_id))


def photo_added(work: Work, account_id: UUID, event: PhotoAdded) -> None:
    ids = messages.PhotoIds(photo_id=event.data.id, project_id=event.data.project_id)
    _tell(work, account_id, messages.PhotoReadyMessage(work.now, ids))


def photo_refused(work: Work, account_id: UUID, event: PhotoRefused) -> None:
    refused = event.data
    data = messages.RefusedUpload(upload_id=refused.upload_id, project_id=refused.project_id, code=refused.error.code)
    _tell(work, account_id, messages.PhotoRefusedMessage(work.now, data))


def budget_alert(work: Work, account_id: UUID, event: BudgetAlert) -> None:
    share = messages.Share(percent=event.data.percent, month=event.data.month)
    _tell(work, account_id, messages.BudgetReachedMessage(work.now, share))


def _tell(work: Work, account_id: UUID, message: Message) -> None:
    work.at_end(write, Told(account_id, message))


def member_joined(work: Work, account_id: UUID, event: MemberJoined) -> None:
    ids = messages.MemberIds(member_id=event.data.id)
    _tell(work, account_id, messages.MemberJoinedMessage(work.now, ids))


def member_removed(work: Work, account_id: UUID, event: MemberRemoved) -> None:
    ids = messages.MemberIds(member_id=event.data.id)
    _tell(work, account_id, messages.MemberRemovedMessage(work.now, ids))


async def complete(work: Work, ended: Sequence[Ended]) -> None:
    """Tell of projects that nothing is at work in any more, where something became ready since that was told last.

    Of two stagings that end at once each sees the other at work until it is committed: the lock has one wait for the other.
    """
    accounts = {one.project_id: one.account_id for one in ended}
    since: dict[UUID, datetime] = {}
    for listener in await store.listening(work.connection, list(accounts.values()), [WebhookEvent.PROJECT_COMPLETED]):
        since[listener.account_id] = min(listener.created_at, since.get(listener.account_id, listener.created_at))
    for project_id in sorted(project_id for project_id, account_id in accounts.items() if account_id in since):
        await store.lock_completion(work.connection, project_id)
        state = await stagings.under_way(work.connection, project_id)
        ready_at = None if state.at_work else state.ready_at
        # What was ready before anybody listened is nobody's news.
        if (
            ready_at
            and ready_at > since[accounts[project_id]]
            and await store.complete(work.connection, project_id, ready_at)
        ):
            data = messages.ProjectId(project_id=project_id)
            _tell(work, accounts[project_id], messages.ProjectCompletedMessage(work.now, data))


async def write(work: Work, told: Sequence[Told]) -> None:
    """A delivery for each endpoint that chose the message's type, and one job for each endpoint."""
    accounts, types = {one.account_id for one in told}, {one.message.kind() for one in told}
    listeners = await store.listening(work.connection, list(accounts), list(types))
    rows = [
        deliveries_store.NewDelivery(new_id(), listener.id, one.message.kind(), messages.written(one.message))
        for one in told
        for listener in listeners
        if listener.account_id == one.account_id and one.message.kind() in listener.events
    ]
    if not rows:
        return
    await deliveries_store.insert_deliveries(work.connection, rows, work.now)
    for listener in listeners:
        if any(row.endpoint_id == listener.id for row in rows):
            work.enqueue(Deliver(listener.id), lane=rules.LANE, account_id=listener.account_id)
