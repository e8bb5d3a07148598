"""What processor time costs, by the list prices of docs/reference/tech-stack.md."""

from __future__ import annotations

from typing import Final

import msgspec

AS_OF: Final = "26 November 2026"
BUSY: Final = 0.5
"""How busy what is rented is in life."""
MONTH: Final = 730 * 3600.0


class Plan(msgspec.Struct, frozen=True):
    """What is rented: US dollars a month, and its cores."""

    name: str
    dollars: float
    cores: float

    @property
    def second(self) -> float:
        """US dollars for a second of one core that does something."""
        return self.dollars / self.cores / MONTH / BUSY


PLANS: Final = {
    "API": Plan("1c-2g", 25, 1),
    "worker": Plan("2c-4g", 85, 2),
    "PostgreSQL": Plan("0.5c-1g", 24, 0.5),
}


class Row(msgspec.Struct, frozen=True):
    """What a thousand photos take of one kind of process."""

    kind: str
    seconds: float

    @property
    def dollars(self) -> float:
        """What that costs."""
        return self.seconds * PLANS[self.kind].second


def of_a_thousand(seconds_each: dict[str, float]) -> list[Row]:
    """``seconds_each``: processor seconds for one photo, by kind; of those that are rented by their cores."""
    return [Row(kind, 1000 * seconds_each[kind]) for kind in PLANS]
