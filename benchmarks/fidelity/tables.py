"""From values to figures: areas under the curve with intervals, false alarms and misses, as Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from realstaging.fidelity.gate import LIMITS, VERSION, checked, score

DRAWS: Final = 500
Row = dict[str, Any]


def report(rows: list[Row], *, details: bool = False) -> str:
    """Per family: AUC of the score against faithful stagings with its 95 % interval, and what was missed."""
    good = [row for row in rows if row["faithful"]]
    alarms = [row for row in good if told(row)]
    families: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row["faithful"]:
            families[row["family"]].append(row)
            families["**all**"].append(row)
    families["**all**"] = families.pop("**all**", [])
    lines = [
        f"Limits version {VERSION}, {len({row['room'] for row in rows})} rooms, {len(rows)} pictures.",
        f"False alarms: {len(alarms)} of {len(good)} faithful stagings ({len(alarms) / max(1, len(good)):.1%}).",
        "",
        "| family | pictures | AUC of the score | missed |",
        "|---|---|---|---|",
    ]
    for family, bad in families.items():
        if not bad:
            continue
        low, middle, high = interval(good, bad)
        missed = [row for row in bad if not told(row)]
        which = ", ".join(f"{name} {count}" for name, count in Counter(row["strength"] for row in missed).items())
        detail = f" ({which})" if which and family != "**all**" else ""
        lines.append(
            f"| {family} | {len(bad)} | {middle:.3f} ({low:.3f}–{high:.3f}) "
            f"| {len(missed)}, {len(missed) / len(bad):.0%}{detail} |"
        )
    if details:
        lines += ["", *(f"alarm: room {row['room']}, {row['strength']}: {told(row)}" for row in alarms)]
        lines += [
            f"missed: room {r['room']}, {r['family']} {r['strength']}"
            for r in rows
            if not r["faithful"] and not told(r)
        ]
    return "\n".join(lines)


def write(page: Path, name: str, text: str) -> None:
    """Replace what stands between the page's two markers of that name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text().partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{page} has no markers for {name}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def rescored(row: Row) -> Row:
    """The row with the score that the limits in force give its values."""
    return row | {
        "score": score(tuple(checked(name, row["values"].get(name, 0.0), limit) for name, limit in LIMITS.items()))
    }


def told(row: Row) -> list[str]:
    """The checks that warn or fail by the limits in force."""
    return [name for name, limit in LIMITS.items() if row["values"].get(name, 0.0) > limit.warn]


def auc(good: list[Row], bad: list[Row]) -> float:
    """Probability that a faithful staging scores above a corrupted one, ties by half (Mann-Whitney)."""
    a = np.array([row["score"] for row in good])[:, None]
    b = np.array([row["score"] for row in bad])[None]
    return float((a > b).mean() + 0.5 * (a == b).mean())


def interval(good: list[Row], bad: list[Row]) -> tuple[float, float, float]:
    """AUC with a 95 % interval by drawing whole rooms again: pictures of one room are no independent evidence."""
    seeds = sorted({row["room"] for row in good})
    by_room = {seed: ([g for g in good if g["room"] == seed], [b for b in bad if b["room"] == seed]) for seed in seeds}
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        picked = [by_room[seeds[place]] for place in rng.choice(len(seeds), len(seeds))]
        some_good, some_bad = [g for p in picked for g in p[0]], [b for p in picked for b in p[1]]
        if some_good and some_bad:
            drawn.append(auc(some_good, some_bad))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), auc(good, bad), float(high)
