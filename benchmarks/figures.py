"""A figure with its budget, and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"


class Figure(msgspec.Struct, frozen=True):
    """One measured number. ``budget`` is the most it may be; None where the number only informs."""

    what: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def within(self) -> bool:
        return self.budget is None or self.value <= self.budget

    def cells(self) -> tuple[str, str, str, str]:
        budget = "" if self.budget is None else f"≤ {self.budget:g} {self.unit}"
        return self.what, f"{self.value:.3g} {self.unit}", budget, "ok" if self.within else "over"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return statistics.quantiles(sorted(values), n=1000, method="inclusive")[round(share * 1000) - 1]


def write(figures: Sequence[Figure], machine: str) -> None:
    """Replace the table of the performance page; rows not measured this time stay."""
    page = PAGE.read_text()
    head, _, rest = page.partition(BEGIN)
    old, _, tail = rest.partition(END)
    kept = {
        line.split("|")[1].strip(): line for line in old.splitlines() if line.startswith("| ") and "---" not in line
    }
    kept.pop("what", None)
    for figure in figures:
        kept[figure.what] = "| " + " | ".join(figure.cells()) + " |"
    table = "\n".join(["| what | measured | budget | |", "|---|---|---|---|", *kept.values()])
    PAGE.write_text(f"{head}{BEGIN}\n{machine}\n\n{table}\n{END}{tail}")
