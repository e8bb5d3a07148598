"""A figure with its budget, and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"


TIME: Final = frozenset({"s", "ms"})
"""Units of what takes longer on a slower machine."""


class Figure(msgspec.Struct, frozen=True):
    """One measured number. ``budget`` is the most it may be on the reference machine; None where the number only informs.

    ``waits``: what of it is waiting that no machine shortens. ``slowness``: of the machine while it was measured (yardstick.py).
    """

    what: str
    value: float
    unit: str
    budget: float | None = None
    waits: float = 0.0
    slowness: float = 1.0

    @property
    def on_reference(self) -> float:
        """What it would have been on the reference machine. A faster machine than that earns nothing."""
        return self.waits + (self.value - self.waits) / max(self.slowness, 1.0) if self.unit in TIME else self.value

    @property
    def within(self) -> bool:
        return self.budget is None or self.on_reference <= self.budget

    def cells(self) -> tuple[str, str, str, str, str]:
        budget = "" if self.budget is None else f"≤ {self.budget:g} {self.unit}"
        reference = f"{self.on_reference:.3g} {self.unit}" if self.unit in TIME and self.budget is not None else ""
        return self.what, f"{self.value:.3g} {self.unit}", reference, budget, "ok" if self.within else "over"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return statistics.quantiles(sorted(values), n=1000, method="inclusive")[round(share * 1000) - 1]


def write(figures: Sequence[Figure], machine: str | None) -> None:
    """Replace the table of the performance page; rows not measured this time stay, and where ``machine`` is None what it was measured on."""
    page = PAGE.read_text()
    head, _, rest = page.partition(BEGIN)
    old, _, tail = rest.partition(END)
    kept = {
        line.split("|")[1].strip(): line for line in old.splitlines() if line.startswith("| ") and "---" not in line
    }
    kept.pop("what", None)
    for figure in figures:
        kept[figure.what] = "| " + " | ".join(figure.cells()) + " |"
    table = "\n".join(
        ["| what | measured | on the reference machine | budget | |", "|---|---|---|---|---|", *kept.values()]
    )
    machine = machine or old.strip().splitlines()[0]
    PAGE.write_text(f"{head}{BEGIN}\n{machine}\n\n{table}\n{END}{tail}")
