"""What endpoints are told: a type, a moment, and ids by which the rest is fetched. The bodies of webhooks, as they are sent and described.

Bodies are thin (Standard Webhooks): they stay true while the thing they speak of goes on changing, and show no one who reads them in
passing more than ids.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec

LARGEST_BODY: Final = 20_000
"""Bytes, by the specification's advice; ours have some three hundred."""


class WebhookEvent(StrEnum):
    """What an endpoint may be told."""

    STAGING_READY = "staging.ready"
    STAGING_FAILED = "staging.failed"
    STAGING_CANCELED = "staging.canceled"
    PHOTO_READY = "photo.ready"
    PHOTO_REFUSED = "photo.refused"
    PROJECT_COMPLETED = "project.completed"
    BUDGET_REACHED = "usage.budget_reached"
    MEMBER_JOINED = "member.joined"
    MEMBER_REMOVED = "member.removed"


class Message(msgspec.Struct, frozen=True, tag_field="type"):
    """The body of a webhook. ``timestamp``: when it happened."""

    timestamp: datetime
    data: Any

    @classmethod
    def kind(cls) -> str:
        """What it is called: its ``type``."""
        return str(cls.__struct_config__.tag)


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """``test``: made up, because somebody asked for a test."""

    test: bool = False


class StagingIds(Data, frozen=True):
    staging_id: UUID
    photo_id: UUID
    project_id: UUID


class FailedStaging(StagingIds, frozen=True):
    """``code``: why, as in the staging's ``error``."""

    code: str


class PhotoIds(Data, frozen=True):
    photo_id: UUID
    project_id: UUID


class RefusedUpload(Data, frozen=True):
    """``code``: why the file that was uploaded is no photo that can be used."""

    upload_id: UUID
    project_id: UUID
    code: str


class ProjectId(Data, frozen=True):
    project_id: UUID


class Share(Data, frozen=True):
    """Percent of the budget of the month that begins on this day."""

    percent: int
    month: date


class MemberIds(Data, frozen=True):
    member_id: UUID


class EndpointId(Data, frozen=True):
    endpoint_id: UUID


class StagingReadyMessage(Message, frozen=True, tag="staging.ready"):
    """Its result is there: `GET /api/v1/stagings/{staging_id}`."""

    data: StagingIds


class StagingFailedMessage(Message, frozen=True, tag="staging.failed"):
    """It ended without a result, and costs nothing."""

    data: FailedStaging


class StagingCanceledMessage(Message, frozen=True, tag="staging.canceled"):
    """Somebody stopped it."""

    data: StagingIds


class PhotoReadyMessage(Message, frozen=True, tag="photo.ready"):
    """An uploaded file is a photo that may be staged."""

    data: PhotoIds


class PhotoRefusedMessage(Message, frozen=True, tag="photo.refused"):
    """An uploaded file is no photo that can be used."""

    data: RefusedUpload


class ProjectCompletedMessage(Message, frozen=True, tag="project.completed"):
    """Nothing of the project is at work any more, and something has become ready since this was told last."""

    data: ProjectId


class BudgetReachedMessage(Message, frozen=True, tag="usage.budget_reached"):
    """A share of the month's budget (80 %, 100 %) is spent or set aside: once for each share and month."""

    data: Share


class MemberJoinedMessage(Message, frozen=True, tag="member.joined"):
    """Somebody accepted an invitation."""

    data: MemberIds


class MemberRemovedMessage(Message, frozen=True, tag="member.removed"):
    """Somebody is no member of the account any more."""

    data: MemberIds


class TestMessage(Message, frozen=True, tag="webhook.test"):
    """Somebody asked for a test of the endpoint."""

    data: EndpointId


MESSAGES: Final[list[type[Message]]] = [
    StagingReadyMessage,
    StagingFailedMessage,
    StagingCanceledMessage,
    PhotoReadyMessage,
    PhotoRefusedMessage,
    ProjectCompletedMessage,
    BudgetReachedMessage,
    MemberJoinedMessage,
    MemberRemovedMessage,
    TestMessage,
]


_NOTHING: Final = UUID(int=0)
_STAGING: Final = {"staging_id": _NOTHING, "photo_id": _NOTHING, "project_id": _NOTHING}
_MADE_UP: Final[dict[type[Message], Data]] = {
    StagingReadyMessage: StagingIds(**_STAGING, test=True),
    StagingFailedMessage: FailedStaging(**_STAGING, code="cannot_stage", test=True),
    StagingCanceledMessage: StagingIds(**_STAGING, test=True),
    PhotoReadyMessage: PhotoIds(photo_id=_NOTHING, project_id=_NOTHING, test=True),
    PhotoRefusedMessage: RefusedUpload(upload_id=_NOTHING, project_id=_NOTHING, code="bad_photo", test=True),
    ProjectCompletedMessage: ProjectId(project_id=_NOTHING, test=True),
    BudgetReachedMessage: Share(percent=80, month=date(2000, 1, 1), test=True),
    MemberJoinedMessage: MemberIds(member_id=_NOTHING, test=True),
    MemberRemovedMessage: MemberIds(member_id=_NOTHING, test=True),
}


def example(type_: WebhookEvent | None, endpoint_id: UUID, now: datetime) -> Message:
    """A message of the type with ids that are nothing's; without one, the test of the endpoint."""
    if type_ is None:
        return TestMessage(now, EndpointId(endpoint_id=endpoint_id, test=True))
    kind, data = next((kind, data) for kind, data in _MADE_UP.items() if kind.kind() == type_)
    return kind(now, data)


def written(message: Message) -> str:
    """The body as it is kept, signed and sent: the same bytes at every attempt."""
    return msgspec.json.encode(message).decode()
