"""Measure the gate: ``python -m benchmarks.fidelity run OUT.jsonl [ROOM…]``, then ``table OUT.jsonl``, ``write OUT.jsonl``.

``run`` draws the rooms, corrupts them and keeps every check's value, room by room; begun again it goes on where it was stopped.
``table`` judges the values by the limits in force, so that limits can be chosen without drawing again: by the rooms
below 300 and from 700 to 795, and reported on those from 800 on, which nobody looks at. (Trees and network come from others: see `learn` and `teach`.) ``write`` puts the report into docs/reference/fidelity.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import cv2

from benchmarks.fidelity.tables import Row, report, rescored, write
from realstaging.fidelity.examination import examine
from realstaging.synthetic.staged.corruptions import cases
from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.rooms import room

CHOSEN_ON: Final = (*range(100, 148, 2), *range(125, 299, 2), *range(701, 797, 2))
HELD_OUT: Final = range(801, 897, 2)
PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "fidelity.md"


def main() -> None:
    command, path, *rest = sys.argv[1:]
    if command == "run":
        run(Path(path), [int(number) for number in rest] or [*CHOSEN_ON, *HELD_OUT])
        return
    rows = [rescored(json.loads(line)) for line in Path(path).read_text().splitlines()]
    if command == "write":
        write(PAGE, "measured", report([row for row in rows if _is_held_out(row)]))
    else:
        for name, half in (("limits were chosen on these rooms", False), ("rooms held out", True)):
            print(f"\n{name}\n\n{report([row for row in rows if _is_held_out(row) is half], details=True)}")


def _is_held_out(row: Row) -> bool:
    return row["room"] in HELD_OUT


def run(path: Path, seeds: list[int]) -> None:
    cv2.setNumThreads(1)
    done = {json.loads(line)["room"] for line in path.read_text().splitlines()} if path.exists() else set()
    for seed in seeds:
        if seed not in done:
            lines = [json.dumps(row) for row in measured(seed)]
            with path.open("a") as out:
                out.write("\n".join(lines) + "\n")


def measured(seed: int) -> list[Row]:
    """Every case of one room with the gate's values."""
    scene = room(seed)
    drawing = Drawing(scene)
    original = drawing.empty()
    rows: list[Row] = []
    for case in cases(scene, drawing):
        values = {check.name: check.value for check in examine(original, case.picture).checks}
        rows.append(
            {
                "room": seed,
                "family": case.family,
                "strength": case.strength,
                "faithful": case.faithful,
                "values": values,
            }
        )
    return rows


if __name__ == "__main__":
    main()
