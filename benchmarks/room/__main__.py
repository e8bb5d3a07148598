"""Read many drawn rooms and say how well: ``python -m benchmarks.room [rooms] [first seed]``."""

from __future__ import annotations

import sys
import time

import cv2
import numpy as np

from harness.reading_errors import Errors, errors, turned
from realstaging.engines.local.room.read import read_room
from realstaging.kit.errors import CannotStage
from realstaging.synthetic.empty import draw_room

TURNED = 12.0
"""Degrees from which the focal length can be told."""
WELL = Errors(focal=0.05, corners=0.015, scale=0.1, openings=0, found=0, false_alarms=0)
"""What counts as read well."""


def main(rooms: int, first: int) -> None:
    """Print one line for each room and a summary."""
    cv2.setNumThreads(1)
    results: list[tuple[float, float, Errors]] = []
    seconds: list[float] = []
    declined = 0
    for seed in range(first, first + rooms):
        room = draw_room(seed)
        started = time.process_time()
        try:
            reading = read_room(room.pixels)
        except CannotStage as reason:
            declined += 1
            print(f"{seed:4d} declined: {reason.message}")
            continue
        seconds.append(time.process_time() - started)
        found = errors(room, reading)
        results.append((turned(room), reading.confidence, found))
        print(
            f"{seed:4d} turned {results[-1][0]:2.0f} confidence {reading.confidence:.2f} focal {found.focal:+.3f}"
            f" corners {found.corners:.4f} scale {found.scale:+.3f} sure {reading.scale_confidence:.2f}"
            f" openings {found.found}/{found.openings} false {found.false_alarms}",
            flush=True,
        )
    _summary(results, declined, np.array(seconds))


def _summary(
    results: list[tuple[float, float, Errors]], declined: int, seconds: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    every = [found for _, _, found in results]
    focal = np.abs([found.focal for turn, _, found in results if turn >= TURNED])
    corners = np.array([found.corners for found in every])
    scale = np.abs([found.scale for found in every])
    there, seen = sum(found.openings for found in every), sum(found.found for found in every)
    print(f"\n{len(every)} read, {declined} declined, median {np.median(seconds):.2f} s, slowest {seconds.max():.2f} s")
    print(
        f"focal within 5 %: {(focal <= WELL.focal).mean():.1%} of {len(focal)} views that tell it, median {np.median(focal):.2%}"
    )
    print(f"corners within 1.5 % of the width: {(corners <= WELL.corners).mean():.1%}, median {np.median(corners):.2%}")
    print(f"scale within 10 %: {(scale <= WELL.scale).mean():.1%}, median {np.median(scale):.1%}")
    print(
        f"openings: recall {seen / max(1, there):.1%} of {there}, false alarms {sum(f.false_alarms for f in every) / len(every):.2f} a room"
    )


if __name__ == "__main__":
    rooms, first, *_ = [int(value) for value in sys.argv[1:]] + [200, 0][len(sys.argv[1:3]) :]
    main(rooms, first)
