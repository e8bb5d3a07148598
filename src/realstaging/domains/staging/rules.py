"""Decisions about stagings. Pure."""

from __future__ import annotations

import hashlib
from typing import Final, assert_never
from uuid import UUID

from realstaging.domains.staging.schemas import NewStaging
from realstaging.engines import catalog
from realstaging.engines.brief import Style
from realstaging.fidelity.report import Operation
from realstaging.imaging.metadata import DigitalSourceType

FINAL: Final = frozenset({"ready", "failed", "canceled"})
OPEN: Final = frozenset({"queued", "running"})


def lane(engine: str) -> str:
    """Engines that compute on this machine's cores wait in their own lane; those that wait for others share a wide one."""
    return "cpu" if engine in catalog.COMPUTE else "wait"


def refusal(item: NewStaging) -> str | None:
    """Why its parts do not go together; None where they do."""
    stages, computes = item.operation is Operation.STAGE, item.engine in catalog.COMPUTE
    if stages and not item.styles:
        return "Name at least one style to stage in."
    if not stages and item.styles:
        return "A style is of no use where nothing is added. Leave styles out."
    if item.operation not in catalog.operations(item.engine):
        return f"The {item.engine} engine adds furniture and cannot remove any. Choose another engine."
    if computes and item.wishes:
        return (
            f"The {item.engine} engine does not understand wishes in words. Leave them out, or choose another engine."
        )
    if not computes and (item.plan or item.corrections):
        return f"Plans and corrections are for the local engine. Leave them out, or do not choose {item.engine}."
    return None


def source_type(engine: str) -> DigitalSourceType:
    """How this engine's pictures came to be, in the words of the IPTC."""
    if engine in catalog.COMPUTE:
        return DigitalSourceType.COMPOSITE_SYNTHETIC
    return DigitalSourceType.COMPOSITE_WITH_TRAINED_MODEL


def disclosure(operation: Operation) -> str:
    """What a listing has to say of the picture."""
    match operation:
        case Operation.STAGE:
            return "Virtually staged: the furniture is not in the room."
        case Operation.DECLUTTER:
            return "Virtually decluttered: loose things were removed from the picture."
        case Operation.EMPTY:
            return "Virtually emptied: furniture was removed from the picture."
        case _:
            assert_never(operation)


def seed_for(photo_id: UUID, style: Style | None, asked: int | None) -> int:
    """The seed asked for; else one that the same photo and style always get."""
    if asked is not None:
        return asked
    digest = hashlib.sha256(photo_id.bytes + (style or "").encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFF_FFFF


def may_retry(state: str) -> bool:
    return state in {"failed", "canceled"}


def may_cancel(state: str) -> bool:
    return state in OPEN
