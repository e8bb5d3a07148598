"""Measure the gate: ``python -m benchmarks.fidelity run OUT.jsonl [ROOMS [FIRST]]``, then ``table OUT.jsonl...``.

``run`` renders the rooms, corrupts them and keeps every check's value; ``table`` judges the values by the limits in force, so
limits may be chosen on rooms with an even number, without rendering again, and reported on the odd ones.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.fidelity import rooms
from benchmarks.fidelity.corruptions import cases
from realstaging.fidelity import examine
from realstaging.fidelity.gate import LIMITS, VERSION, checked, score

FIRST_ROOM: Final = 100
DRAWS: Final = 1000
Row = dict[str, Any]


def main() -> None:
    command, path, *rest = sys.argv[1:]
    if command == "run":
        count, first = int(rest[0]) if rest else 16, int(rest[1]) if len(rest) > 1 else FIRST_ROOM
        run(Path(path), range(first, first + count))
    else:
        lines = [line for name in (path, *rest) for line in Path(name).read_text().splitlines()]
        table([rescored(json.loads(line)) for line in lines])


def run(path: Path, seeds: range) -> None:
    cv2.setNumThreads(1)
    with path.open("w") as out:
        for seed in seeds:
            for row in measured(seed):
                out.write(json.dumps(row) + "\n")
            out.flush()


def measured(seed: int) -> Iterator[Row]:
    """Every case of one room with the gate's values."""
    scene = rooms.room(seed)
    original, _ = rooms.render(scene, furnished=False)
    staged, _ = rooms.render(scene, furnished=True, noise=1)
    for case in cases(scene, staged):
        report = examine(original, case.picture)
        values = {check.name: check.value for check in report.checks}
        yield {
            "room": seed,
            "family": case.family,
            "strength": case.strength,
            "faithful": case.faithful,
            "values": values,
        }


def table(rows: list[Row]) -> None:
    """Per family: AUC of the score against faithful stagings with its 95 % interval, and misses."""
    print(f"limits version {VERSION}; rooms {len({row['room'] for row in rows})}")
    for name, half in (("even rooms", {0}), ("odd rooms", {1}), ("all rooms", {0, 1})):
        part = [row for row in rows if row["room"] % 2 in half]
        good = [row for row in part if row["faithful"]]
        alarms = [row for row in good if told(row)]
        print(f"\n{name}: {len(good)} faithful, false alarms {len(alarms)} ({len(alarms) / max(1, len(good)):.1%})")
        print(f"  on: {sorted((row['room'], row['strength'], *told(row)) for row in alarms)}")
        families: dict[str, list[Row]] = defaultdict(list)
        for row in part:
            if not row["faithful"]:
                families[row["family"]].append(row)
                families["all"].append(row)
        for family, bad in families.items():
            low, middle, high = interval(good, bad)
            missed = [row for row in bad if not told(row)]
            which: dict[str, int] = defaultdict(int)
            for row in missed:
                which[row["strength"]] += 1
            print(
                f"| {family} | {len(bad)} | {middle:.3f} ({low:.3f}–{high:.3f}) | {len(missed) / len(bad):.1%} | {dict(which)} |"
            )


def rescored(row: Row) -> Row:
    """The row with the score that the limits in force give its values."""
    return row | {
        "score": score(tuple(checked(name, row["values"].get(name, 0.0), limit) for name, limit in LIMITS.items()))
    }


def told(row: Row) -> list[str]:
    """The checks that warn or fail by the limits in force."""
    return [name for name, limit in LIMITS.items() if row["values"].get(name, 0.0) > limit.warn]


def auc(good: list[Row], bad: list[Row]) -> float:
    """Chance that a faithful staging scores above a corrupted one, ties by half (Mann-Whitney)."""
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
        picked = [by_room[int(seed)] for seed in rng.choice(seeds, len(seeds))]
        some_good, some_bad = [g for p in picked for g in p[0]], [b for p in picked for b in p[1]]
        if some_good and some_bad:
            drawn.append(auc(some_good, some_bad))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), auc(good, bad), float(high)


if __name__ == "__main__":
    main()
