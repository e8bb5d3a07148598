"""What this engine can: whatever can be said in words, in any room."""

from __future__ import annotations

from functools import cache

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.engine import Abilities, CostClass, Lane
from realstaging.fidelity.report import Operation
from realstaging.imaging.metadata import DigitalSourceType


@cache
def abilities() -> Abilities:
    return Abilities(
        operations=tuple(Operation),
        furnishes=dict.fromkeys(RoomType, frozenset(Style)),
        instructions=True,
        plans=False,
        cost=CostClass.PROVIDERS_PICTURE,
        lane=Lane.WAIT,
        source_type=DigitalSourceType.COMPOSITE_WITH_TRAINED_MODEL,
        own_pixels=False,
    )
