"""What this engine can: furnish by its own catalogue. It cannot tell what is behind the things in a room."""

from __future__ import annotations

from functools import cache
from typing import Final

from realstaging.engines.brief import RoomType, Style
from realstaging.engines.engine import Abilities, CostClass, Lane
from realstaging.engines.local.furniture import furnishes
from realstaging.fidelity.report import Operation
from realstaging.imaging.metadata import DigitalSourceType

NAME: Final = "local"


@cache
def abilities() -> Abilities:
    return Abilities(
        operations=(Operation.STAGE,),
        furnishes={room: frozenset(style for style in Style if furnishes(room, style)) for room in RoomType},
        instructions=False,
        plans=True,
        cost=CostClass.OWN_MACHINES,
        lane=Lane.CPU,
        source_type=DigitalSourceType.COMPOSITE_SYNTHETIC,
        own_pixels=True,
    )
