"""Whether a changed part or a segment is the house, as learned from rooms whose changes are known: boosted trees over the features.

`benchmarks.fidelity.learn` grows them (decision record 22) and writes ``learned.npz`` beside this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.features import Features

NODES: Final = ("feature", "threshold", "left", "right", "value", "roots")
"""The arrays that make up the trees."""


@dataclass(frozen=True)
class Trees:
    """All nodes of all trees, (nodes,) each: an inner node asks whether its feature's value is at most its threshold.

    If so the node ``left`` is next, else ``right``; a leaf is its own next and has a value. ``roots``: where each tree begins.
    """

    features: tuple[str, ...]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    depth: int

    def probability(self, features: Features) -> NDArray[np.float64]:
        """0–1 of each row (rows, features): the logistic of the sum of its leaves' values."""
        at = np.repeat(self.roots[None], len(features), axis=0)
        rows = np.arange(len(features))[:, None]
        for _ in range(self.depth):
            goes_left = features[rows, self.feature[at]] <= self.threshold[at]
            at = np.where(goes_left, self.left[at], self.right[at])
        return np.asarray(1 / (1 + np.exp(-self.value[at].sum(axis=1))))


class Classifiers(NamedTuple):
    """The trees that classify changed parts, and those that classify segments."""

    parts: Trees
    segments: Trees


@cache
def classifiers() -> Classifiers:
    """Those that came with the program."""
    with resources.as_file(resources.files(__package__) / "learned.npz") as path, np.load(path) as stored:
        return Classifiers(*(_of(stored, level) for level in Classifiers._fields))


def _of(stored: Mapping[str, NDArray[Any]], level: str) -> Trees:
    return Trees(
        features=tuple(str(name) for name in stored[f"{level}_features"]),
        **{name: stored[f"{level}_{name}"] for name in NODES},
        depth=int(stored[f"{level}_depth"]),
    )
