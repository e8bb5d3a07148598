"""What was considered on the way to a plan: the best candidates with their scores term by term, and what refused the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from realstaging.engines.local.layout.spot import Spot

MOST_SHOWN: Final = 6
"""Candidates kept for explaining: those on a page, and a few behind them."""


@dataclass(frozen=True)
class Candidate:
    """Pieces that a room would take, and how good the picture of them would be: the higher the ``terms``, the better."""

    spots: tuple[Spot, ...]
    terms: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of the terms."""
        return sum(self.terms.values())


@dataclass
class Considered:
    """Filled while a plan is being made; read by whoever wants to know why it came out so."""

    candidates: list[Candidate] = field(default_factory=list)
    """The best ones, best first."""
    chosen: Candidate | None = None
    """With everything that was added to it: storage, plants, what stands on tables and hangs on walls."""
    refusals: Counter[str] = field(default_factory=Counter)
    """How many candidates each rule refused, by its words."""
    step: str = ""
    """How far the room's programme had to be reduced, in words."""
    told: str = ""
    """The same as a sentence for whoever asked, where it matters to them."""

    def refuse(self, rule: str, count: int = 1) -> None:
        """Note that a rule refused so many candidates."""
        if count:
            self.refusals[rule] += count
