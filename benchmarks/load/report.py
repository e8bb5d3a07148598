"""What was measured, as Markdown: what `make load` prints and docs/reference/load.md has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.load import costs, past, people
from benchmarks.load.site import HEIGHT, WIDTH
from benchmarks.load.steps import FAILING, SLOW, Each, Step

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "load.md"
BEGIN, END = "<!-- figures: written by `make load` -->", "<!-- end of figures -->"
GENERATOR: Final = "the people themselves"


class Run(msgspec.Struct, frozen=True):
    """All of it. ``machine``: in words, with the date and the commit."""

    machine: str
    each: Each
    steps: Sequence[Step]
    uploaded: int
    asked_for: int
    ready: int

    @property
    def held(self) -> Step | None:
        """The most people that did not saturate it."""
        return next((step for step in reversed(self.steps) if not step.saturated), None)


def markdown(run: Run) -> str:
    """The whole report."""
    return "\n".join(
        [
            run.machine,
            "",
            *_climb(run),
            "",
            *_routes(run),
            "",
            *_processors(run),
            "",
            *_saturation(run),
            "",
            *_money(run),
        ]
    )


def write(text: str) -> None:
    """Into the page, in the place of what was measured last."""
    head, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}")


def _climb(run: Run) -> Iterator[str]:
    yield "### More and more people"
    yield ""
    yield "| people | requests a second | p50 | p95 | p99 | errors | refused (429) | event streams open | generator late, p95 |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for step in run.steps:
        p50, p95, p99 = step.api.milliseconds
        yield (
            f"| {step.people:,} | {step.rate:.0f} | {p50:.0f} ms | {p95:.0f} ms | {p99:.0f} ms | {_share(step.api.errors, step.api.asked)} "
            f"| {step.api.refused} | {step.streams:,} | {step.late:.0f} ms |"
        )


def _routes(run: Run) -> Iterator[str]:
    for step in run.steps:
        yield f"### Latency by route, {step.people:,} people, {step.seconds:.0f} s"
        yield ""
        yield "| route | asked | p50 | p95 | p99 | errors | refused (429) |"
        yield "|---|---|---|---|---|---|---|"
        for line in step.lines:
            p50, p95, p99 = (f"{value:.0f} ms" for value in line.milliseconds)
            errors = _share(line.errors, line.asked)
            yield f"| `{line.route}` | {line.asked:,} | {p50} | {p95} | {p99} | {errors} | {line.refused} |"
        yield ""
        if step.errors:
            yield "Errors: " + ", ".join(f"{kind} ×{count}" for kind, count in sorted(step.errors.items())) + "."
            yield ""


def _processors(run: Run) -> Iterator[str]:
    kinds = list(run.steps[0].processors.by_kind)
    yield "### Cores kept busy"
    yield ""
    yield f"| people | {' | '.join(kinds)} | others on this machine | all |"
    yield "|---|" + "---|" * (len(kinds) + 2)
    for step in run.steps:
        taken = step.processors
        cells = [f"{taken.cores(kind):.2f}" for kind in kinds]
        yield f"| {step.people:,} | {' | '.join(cells)} | {taken.others:.2f} | {taken.all / taken.seconds:.2f} |"


def _saturation(run: Run) -> Iterator[str]:
    yield "### Where it saturates"
    yield ""
    last, held = run.steps[-1], run.held
    if not last.saturated:
        yield f"Not up to {last.people:,} people: the 95th percentile stayed below {SLOW:.0f} ms and errors below {FAILING:.0%}."
    elif held:
        yield f"Between {held.people:,} and {last.people:,} people, {held.rate:.0f} and {last.rate:.0f} requests a second."
    else:
        yield f"Below {last.people:,} people."
    taken = last.processors
    busiest = max((kind for kind in taken.by_kind if kind != GENERATOR), key=taken.cores)
    yield (
        f"With {last.people:,}, {taken.all / taken.seconds:.2f} cores of this machine are busy; of the service's processes most with "
        f"{busiest} ({taken.cores(busiest):.2f}), PostgreSQL with {taken.cores('PostgreSQL'):.2f}. Turned away by the API itself: "
        + ", ".join(f"`{metric}` {count:.0f}" for metric, count in last.shed.items())
        + "."
    )
    yield str(last.sizes)
    yield (
        f"Meanwhile {run.uploaded:,} photos were uploaded, {run.asked_for:,} stagings asked for and {run.ready:,} made by a worker that had "
        "what the others left."
    )


def _money(run: Run) -> Iterator[str]:
    yield "### What a thousand photos cost"
    yield ""
    yield (
        f"Processor time of one photo of {WIDTH} × {HEIGHT}, sent, read, its room read, and staged once by a model, before anybody else came "
        f"({run.each.photos} photos); prices of [{costs.AS_OF}](tech-stack.md), of plans that are busy {costs.BUSY:.0%} of the time."
    )
    yield ""
    yield "| | processor seconds for 1,000 photos | plan | US$ for 1,000 photos |"
    yield "|---|---|---|---|"
    rows = costs.of_a_thousand(run.each.by_kind)
    for row in rows:
        yield f"| {row.kind} | {row.seconds:,.0f} | {costs.PLANS[row.kind].name} | {row.dollars:.4f} |"
    yield f"| **together** | {sum(row.seconds for row in rows):,.0f} | | **{sum(row.dollars for row in rows):.4f}** |"
    if held := run.held or run.steps[-1]:
        looked = 1000 * held.processors.by_kind["API"] / held.api.asked
        yield ""
        yield (
            f"Looking around costs besides: a thousand requests of the mix above take {looked:.1f} processor seconds of the API (with what "
            f"uploads take in it), US$ {looked * costs.PLANS['API'].second:.5f}."
        )


def _share(part: int, whole: int) -> str:
    return "0" if not part else f"{part:,} ({part / whole:.1%})"


INTRODUCTION: Final = f"Each person thinks for {people.THINK:.0f} s on average between two doings and has {past.PHOTOS} photos with {past.EACH} stagings each."
