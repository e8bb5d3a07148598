"""The gate on photos: ``python -m benchmarks.fidelity.real ROWS.npz FOLDER [write]``; for the two see `learn` and `photos`.

Each photo is judged by trees grown without it. Each staging is also degraded as a model would and restored.
"""

from __future__ import annotations

import sys
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

from benchmarks.fidelity.__main__ import PAGE
from benchmarks.fidelity.learn import Lessons, grown
from benchmarks.fidelity.photos import Pair, cases, pairs
from benchmarks.fidelity.tables import Row, report, rescored, write
from realstaging.fidelity import gate
from realstaging.fidelity.compare import compare
from realstaging.fidelity.examination import STAGING, examine, restore
from realstaging.fidelity.learned import Classifiers
from realstaging.fidelity.regions import classify
from realstaging.fidelity.register import register
from realstaging.synthetic.staged.pixels import Pixels, generated, jpeg, resized


def main() -> None:
    cv2.setNumThreads(1)
    lessons = Lessons.read(Path(sys.argv[1]))
    every = pairs(Path(sys.argv[2]))
    classifiers = {photo: grown(lessons.without(photo)) for photo in sorted({pair.photo for pair in every})}
    with Pool() as pool:
        measured = pool.starmap(of_pair, [(pair, classifiers[pair.photo]) for pair in every], chunksize=1)
    before, after = (np.array([gain for _, gain in measured]).T[side] for side in (0, 1))
    text = report(
        [rescored(row) for rows_of_pair, _ in measured for row in rows_of_pair], details="write" not in sys.argv
    )
    text += (
        f"\n\nZoomed by 2 %, warmed, reduced to 0.7, JPEG 85, then restored: PSNR to the clean staging "
        f"{before.min():.1f}–{before.max():.1f} → {after.min():.1f}–{after.max():.1f} dB (median {np.median(after):.1f})."
    )
    if "write" in sys.argv:
        write(PAGE, "real", text)
    else:
        print(text)


def of_pair(pair: Pair, by: Classifiers) -> tuple[list[Row], tuple[float, float]]:
    """What the gate makes of every case, and what restoring a degraded staging gains."""
    original, staged = pair.pictures()
    rows = [
        {
            "room": pair.photo,
            "family": case.family,
            "strength": case.strength,
            "faithful": case.faithful,
            "values": _values(original, case.picture, by),
        }
        for case in cases(original, staged, pair.number)
    ]
    return rows, restoring(original, staged)


def _values(original: Pixels, staged: Pixels, by: Classifiers) -> dict[str, float]:
    registration = register(original, staged)
    difference = compare(original, staged, registration)
    checks = gate.checks_of(registration, difference, classify(difference, STAGING, by), STAGING)
    return {check.name: check.value for check in checks}


def restoring(original: Pixels, staged: Pixels) -> tuple[float, float]:
    """PSNR to the clean staging of a degraded one, before and after it is restored."""
    warm = np.clip(staged * np.array([1.05, 1.0, 0.93]), 0, 255).astype(np.uint8)
    degraded = jpeg(resized(generated(warm, 0.02), 0.85), 85)
    same_size = cv2.resize(degraded, (staged.shape[1], staged.shape[0]), interpolation=cv2.INTER_CUBIC)
    restored = restore(original, degraded, examine(original, degraded))
    return cv2.PSNR(np.asarray(same_size), staged), cv2.PSNR(restored, staged)


if __name__ == "__main__":
    main()
