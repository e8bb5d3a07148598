"""Decisions about stagings. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from realstaging.domains.staging.schemas import PREFERRED, NewStaging
from realstaging.engines import catalog
from realstaging.engines.brief import Style
from realstaging.engines.engine import Abilities
from realstaging.fidelity.report import Operation

FINAL: Final = frozenset({"ready", "failed", "canceled", "withdrawn"})
OPEN: Final = frozenset({"queued", "running"})
# Far more than anybody compares. A project's page shows all that is kept: its photos times this.
MOST_OF_PHOTO: Final = 200


def leaves_open(item: NewStaging) -> bool:
    """Whether it names no engine, or no style where it needs one."""
    return item.engine == PREFERRED or (item.operation is Operation.STAGE and not item.styles)


def completed(item: NewStaging, engine: str | None, styles: Sequence[Style]) -> NewStaging:
    """The same with what somebody prefers where it is left open; our engine where they prefer none."""
    return replace(
        item,
        engine=(engine or catalog.DEFAULT) if item.engine == PREFERRED else item.engine,
        styles=list(styles) if item.operation is Operation.STAGE and not item.styles else item.styles,
    )


def refusal(item: NewStaging, can: Abilities) -> str | None:
    """Why its parts do not go together, or not with what its engine can; None where they do."""
    stages = item.operation is Operation.STAGE
    if stages and not item.styles:
        return "Name at least one style to stage in."
    if not stages and item.styles:
        return "A style is of no use where nothing is added. Leave styles out."
    if item.operation not in can.operations:
        return f"The {item.engine} engine adds furniture and cannot remove any. Choose another engine."
    if item.instructions and not can.instructions:
        return f"The {item.engine} engine does not understand instructions in words. Leave them out, or choose another engine."
    if (item.plan or item.corrections) and not can.plans:
        return f"The {item.engine} engine takes no plans and no corrections. Leave them out, or choose another engine."
    return None


def has_room(kept: int, wanted: int) -> bool:
    """Whether so many more stagings of a photo may be kept, whatever became of those there are."""
    return kept + wanted <= MOST_OF_PHOTO


def seed_for(project_id: UUID, style: Style | None, asked: int | None) -> int:
    """The seed asked for; else one for a project and style: two photos of one room show the same pieces, another house others."""
    if asked is not None:
        return asked
    digest = hashlib.sha256(project_id.bytes + (style or "").encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFF_FFFF


def may_retry(state: str) -> bool:
    return state in {"failed", "canceled"}


def may_cancel(state: str) -> bool:
    return state in OPEN
