"""Grow the trees that judge changed parts: ``python -m benchmarks.fidelity.learn collect ROWS.npz [PHOTOS]``, ``grow ROWS.npz``.

``collect`` draws rooms that nothing is measured on and, where a folder of photos is given (see `photos`), takes their stagings
too, and keeps the evidence of every changed part with whether the house changed there. ``grow`` first leaves out one group
(photos: one room) after the other and says how well the rest tells it, then writes the trees grown on all.
Needs ``uv sync --group learn``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final, NamedTuple

import cv2
import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.fidelity import photos
from benchmarks.fidelity.corruptions import Case, cases
from benchmarks.fidelity.drawing import Drawing, Mask, Pixels
from benchmarks.fidelity.rooms import room
from realstaging.fidelity import learned
from realstaging.fidelity.compare import compare
from realstaging.fidelity.evidence import FEATURES, Evidence, evidence_of
from realstaging.fidelity.floor import floor_of
from realstaging.fidelity.learned import NODES, Trees
from realstaging.fidelity.regions import LIKELY, proposed
from realstaging.fidelity.register import register

ROOMS: Final = range(300, 560)
WRITTEN: Final = Path(learned.__file__).with_suffix(".npz")
# Share of a part where the house changed: at least so much and it is the house, at most so much and it is not.
HOUSE, FURNITURE = 0.5, 0.2
# Photos are few and are what counts: how many times a part of theirs counts.
PHOTO_WEIGHT: Final = 3.0
GROWING: Final = {
    "objective": "binary",
    "num_leaves": 12,
    "learning_rate": 0.08,
    "min_data_in_leaf": 25,
    "lambda_l2": 2.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
TREES: Final = 200


class Rows(NamedTuple):
    """(parts, features), (parts,) and (parts,): ``group`` is the room's number or the photo's name."""

    evidence: Evidence
    house: NDArray[np.bool_]
    group: NDArray[np.str_]

    @staticmethod
    def read(path: Path) -> Rows:
        stored = np.load(path)
        return Rows(stored["evidence"], stored["house"], stored["group"])


def main() -> None:
    command, path, *folder = sys.argv[1:]
    if command == "collect":
        rows = _joined(list(_collected(Path(folder[0]) if folder else None)))
        np.savez_compressed(path, evidence=rows.evidence, house=rows.house, group=rows.group)
    else:
        grow(Rows.read(Path(path)))


def _collected(folder: Path | None) -> Iterator[Rows]:
    cv2.setNumThreads(1)
    with Pool() as pool:
        yield from pool.imap(of_room, ROOMS)
        yield from pool.imap(of_photo, photos.pairs(folder) if folder else [])


def of_room(seed: int) -> Rows:
    scene = room(seed)
    drawing = Drawing(scene)
    return of_cases(f"{seed}", drawing.empty(), cases(scene, drawing))


def of_photo(pair: photos.Pair) -> Rows:
    original, staged = pair.pictures()
    return of_cases(pair.photo, original, photos.cases(original, staged, pair.number))


def of_cases(group: str, original: Pixels, every: Iterator[Case]) -> Rows:
    found = []
    for case in every:
        if case.faithful or case.changed is not None:
            changed = np.zeros(original.shape[:2], np.bool_) if case.changed is None else case.changed
            evidence, house = of_case(original, case.picture, changed)
            found.append(Rows(evidence, house, np.full(len(house), group)))
    return _joined(found)


def of_case(original: Pixels, staged: Pixels, changed: Mask) -> tuple[Evidence, NDArray[np.bool_]]:
    """The evidence of parts that are clearly one or the other, and which they are. ``changed``: where the house did, at the original's size."""
    difference = compare(original, staged, register(original, staged))
    floor = floor_of(difference)
    size = (floor.shape[1], floor.shape[0])
    truth = cv2.resize(changed.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    found = proposed(difference, floor)
    share = np.array([float(part.marks(truth)[part.mask].mean()) for part, _ in found])
    clear = (share > HOUSE) | (share < FURNITURE)
    return evidence_of(found, difference, floor)[clear], share[clear] > HOUSE


def _joined(parts: list[Rows]) -> Rows:
    return Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def grow(rows: Rows) -> None:
    """Write the trees grown on all, after telling how well each photo is told by those that never saw it."""
    for photo in sorted({str(group) for group in rows.group if not str(group).isdigit()}):
        chosen = rows.group == photo
        wrong = (grown_without(rows, photo).chance(rows.evidence[chosen]) > LIKELY) != rows.house[chosen]
        print(f"{photo}: {int(wrong.sum())} of {int(chosen.sum())} parts wrong when left out")
    arrays: dict[str, Any] = _nodes(_grown(rows).dump_model())
    np.savez_compressed(WRITTEN, **arrays)
    print(f"{len(rows.house)} parts, {int(rows.house.sum())} of them the house; {WRITTEN.stat().st_size} bytes")


def grown_without(rows: Rows, group: str) -> Trees:
    """Trees that never saw one photo or room."""
    nodes = _nodes(_grown(Rows(*(column[rows.group != group] for column in rows))).dump_model())
    return Trees(FEATURES, **{name: nodes[name] for name in NODES}, depth=int(nodes["depth"]))


def _grown(rows: Rows) -> lightgbm.Booster:
    drawn = np.char.isdigit(rows.group)
    data = lightgbm.Dataset(rows.evidence, rows.house, weight=np.where(drawn, 1.0, PHOTO_WEIGHT))
    return lightgbm.train(GROWING, data, TREES)


def _nodes(model: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """The arrays of ``learned.Trees``."""
    nodes: list[tuple[int, float, int, int, float]] = []
    depths = [0]

    def placed(node: dict[str, Any], depth: int) -> int:
        here = len(nodes)
        depths.append(depth)
        nodes.append((0, 0.0, here, here, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            left, right = placed(node["left_child"], depth + 1), placed(node["right_child"], depth + 1)
            nodes[here] = (int(node["split_feature"]), float(node["threshold"]), left, right, 0.0)
        return here

    roots = [placed(tree["tree_structure"], 0) for tree in model["tree_info"]]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    return {
        "features": np.array(FEATURES),
        "feature": np.array(feature, np.int32),
        "threshold": np.array(threshold, np.float64),
        "left": np.array(left, np.int32),
        "right": np.array(right, np.int32),
        "value": np.array(value, np.float64),
        "roots": np.array(roots, np.int32),
        "depth": np.array(max(depths), np.int32),
    }


if __name__ == "__main__":
    main()
