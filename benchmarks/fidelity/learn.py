"""Grow the trees that classify changed parts and segments: ``python -m benchmarks.fidelity.learn collect ROWS.npz [PHOTOS]``, ``grow ROWS.npz``.

``collect`` draws rooms that nothing is measured on and, where a folder of photos is given (see `photos`), takes their stagings
too, and keeps the features of every changed part with whether the house changed there. ``grow`` first leaves out one group
(photos: one room) after the other and says how well the rest tells it, then writes the trees grown on all.
Needs ``uv sync --group learn``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final, NamedTuple

import cv2
import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.fidelity import photos
from realstaging.fidelity import learned
from realstaging.fidelity.compare import compare
from realstaging.fidelity.features import (
    FEATURES,
    SEGMENT_FEATURES,
    Features,
    features_of,
    features_of_segments,
    planes_of,
)
from realstaging.fidelity.floor import floor_of
from realstaging.fidelity.learned import Classifiers, Trees
from realstaging.fidelity.parts import Part
from realstaging.fidelity.reconsidered import LIKELY
from realstaging.fidelity.regions import proposed
from realstaging.fidelity.register import register
from realstaging.fidelity.segments import segments_of
from realstaging.synthetic.staged.corruptions import Case, cases
from realstaging.synthetic.staged.drawing import Drawing, Mask, Pixels
from realstaging.synthetic.staged.furniture import furnish, pictures, unhung
from realstaging.synthetic.staged.rooms import Room, room

# Of each room every other case: rooms tell more than cases of one room.
ROOMS: Final = range(300, 560)
# Seeds of further furnishings of each room, from its own: what is put into rooms is more varied than rooms are.
FURNISHINGS: Final = (1500, 2500)
WRITTEN: Final = Path(learned.__file__).with_suffix(".npz")
# Share of a part where the house changed: at least so much and it is the house, at most so much and it is not.
HOUSE, FURNITURE = 0.5, 0.2
# Photos are few and are what counts: how many times a part of theirs counts.
PHOTO_WEIGHT: Final = 3.0
GROWING: Final = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "lambda_l2": 2.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
PART_TREES, SEGMENT_TREES = 200, 400


class Rows(NamedTuple):
    """(rows, features), (rows,) and (rows,): ``group`` is the room's number or the photo's name."""

    features: Features
    house: NDArray[np.bool_]
    group: NDArray[np.str_]


class Lessons(NamedTuple):
    """What the two kinds of classifiers are grown on."""

    parts: Rows
    segments: Rows

    @staticmethod
    def read(path: Path) -> Lessons:
        stored = np.load(path)
        return Lessons(*(Rows(*(stored[f"{level}_{name}"] for name in Rows._fields)) for level in Lessons._fields))

    def write(self, path: Path) -> None:
        arrays: dict[str, Any] = {
            f"{level}_{name}": column
            for level, rows in self._asdict().items()
            for name, column in rows._asdict().items()
        }
        np.savez_compressed(path, **arrays)

    def without(self, group: str) -> Lessons:
        return Lessons(*(_only(rows, rows.group != group) for rows in (self.parts, self.segments)))


def main() -> None:
    command, path, *folder = sys.argv[1:]
    if command == "collect":
        joined(list(_collected(Path(folder[0]) if folder else None))).write(Path(path))
    else:
        grow(Lessons.read(Path(path)))


def _collected(folder: Path | None) -> Iterator[Lessons]:
    cv2.setNumThreads(1)
    with Pool() as pool:
        yield from pool.imap(of_room, ROOMS)
        yield from pool.imap(of_photo, photos.pairs(folder) if folder else [])


def of_room(seed: int) -> Lessons:
    scene = room(seed)
    drawing = Drawing(scene)
    every = [case for case in cases(scene, drawing) if _is_clear(case)]
    return of_cases(f"{seed}", drawing.empty(), [*every[seed % 2 :: 2], *_furnished_again(scene, drawing)])


def _is_clear(case: Case) -> bool:
    """Whether it is known where the house changed."""
    return case.faithful or case.changed is not None


def _furnished_again(scene: Room, drawing: Drawing) -> Iterator[Case]:
    for further in FURNISHINGS:
        pieces = unhung(furnish(scene.seed + further, scene.width, scene.depth, scene.height))
        pieces += pictures(scene.seed + further, scene.width, scene.depth)
        yield Case("faithful", "further furniture", True, drawing.staged(drawing.furnished(pieces)))


def of_photo(pair: photos.Pair) -> Lessons:
    original, staged = pair.pictures()
    return of_cases(pair.photo, original, photos.cases(original, staged, pair.number))


def of_cases(group: str, original: Pixels, every: Iterable[Case]) -> Lessons:
    found = []
    for case in every:
        if _is_clear(case):
            changed = np.zeros(original.shape[:2], np.bool_) if case.changed is None else case.changed
            found.append(of_case(group, original, case.picture, changed))
    return joined(found)


def of_case(group: str, original: Pixels, staged: Pixels, changed: Mask) -> Lessons:
    """The features of what is clearly one or the other, and which it is. ``changed``: where the house did, at the original's size."""
    difference = compare(original, staged, register(original, staged))
    floor = floor_of(difference)
    size = (floor.shape[1], floor.shape[0])
    truth = cv2.resize(changed.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    found = proposed(difference, floor)
    planes = planes_of(found, difference)
    of_parts = features_of(found, difference, floor, planes)
    segments = segments_of(found, difference)
    of_segments = features_of_segments(segments, found, of_parts, difference, floor, planes)
    return Lessons(
        _clear(group, of_parts, [part for part, _ in found], truth),
        _clear(group, of_segments, [segment.part for segment in segments], truth),
    )


def _clear(group: str, features: Features, parts: list[Part], truth: Mask) -> Rows:
    share = np.array([float(part.marks(truth)[part.mask].mean()) for part in parts])
    rows = Rows(features, share > HOUSE, np.full(len(parts), group))
    return _only(rows, (share > HOUSE) | (share < FURNITURE))


def _only(rows: Rows, chosen: NDArray[np.bool_]) -> Rows:
    return Rows(rows.features[chosen], rows.house[chosen], rows.group[chosen])


def joined(lessons: list[Lessons]) -> Lessons:
    return Lessons(_rows_of([one.parts for one in lessons]), _rows_of([one.segments for one in lessons]))


def _rows_of(every: list[Rows]) -> Rows:
    return Rows(
        np.concatenate([rows.features for rows in every]),
        np.concatenate([rows.house for rows in every]),
        np.concatenate([rows.group for rows in every]),
    )


def grow(lessons: Lessons) -> None:
    """Write the trees grown on all, after telling how well each photo is told by those that never saw it."""
    for photo in sorted({str(group) for group in lessons.parts.group if not str(group).isdigit()}):
        told = []
        for rows, trees in zip(lessons, grown(lessons.without(photo)), strict=True):
            chosen = rows.group == photo
            wrong = (trees.probability(rows.features[chosen]) > LIKELY) != rows.house[chosen]
            told.append(f"{int(wrong.sum())} of {int(chosen.sum())}")
        print(f"{photo}: {told[0]} parts and {told[1]} segments wrong when left out")
    arrays: dict[str, Any] = {
        f"{level}_{name}": array
        for level, trees in grown(lessons)._asdict().items()
        for name, array in vars(trees).items()
    }
    np.savez_compressed(WRITTEN, **arrays)
    for level, rows in lessons._asdict().items():
        print(f"{len(rows.house)} {level}, {int(rows.house.sum())} of them the house")
    print(f"{WRITTEN.stat().st_size} bytes")


def grown(lessons: Lessons) -> Classifiers:
    return Classifiers(
        _grown(lessons.parts, FEATURES, PART_TREES), _grown(lessons.segments, SEGMENT_FEATURES, SEGMENT_TREES)
    )


def _grown(rows: Rows, features: tuple[str, ...], count: int) -> Trees:
    drawn = np.char.isdigit(rows.group)
    data = lightgbm.Dataset(rows.features, rows.house, weight=np.where(drawn, 1.0, PHOTO_WEIGHT))
    return _trees(lightgbm.train(GROWING, data, count).dump_model(), features)


def _trees(model: dict[str, Any], features: tuple[str, ...]) -> Trees:
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
    return Trees(
        features=features,
        feature=np.array(feature, np.int32),
        threshold=np.array(threshold, np.float64),
        left=np.array(left, np.int32),
        right=np.array(right, np.int32),
        value=np.array(value, np.float64),
        roots=np.array(roots, np.int32),
        depth=max(depths),
    )


if __name__ == "__main__":
    main()
