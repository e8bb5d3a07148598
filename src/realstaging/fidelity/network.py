"""What a small network sees in the two pictures: at each pixel whether furniture was put there, or the house is another one.

A U-Net (Ronneberger et al., 2015) of 1.1 million weights, taught on drawn rooms alone by `benchmarks.fidelity.teach` (decision record
24), run by onnxruntime. It knows what a window looks like; where exactly one ends, edges say.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from importlib import resources
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import Plane

# Long side (pixels) at which the network looks, and what both sides are filled up to multiples of.
LONG_SIDE: Final = 512
MULTIPLE: Final = 32
# What lightness and tints are divided by.
LIGHTNESS, TINT = 50.0, 25.0


class Change(IntEnum):
    """What the network tells apart, in the order of its planes."""

    NOTHING = 0
    """Shadows too."""
    FURNITURE = 1
    PAINT = 2
    """A wall, a floor or a ceiling of another colour."""
    FIXTURE = 3
    """A window, a door, a view, a radiator or a skirting board that is gone, new, elsewhere or another one."""


def seen(difference: Difference) -> Plane:
    """(working height, working width, changes) float32: the probability of each `Change` at each pixel."""
    height, width = difference.seen.shape
    looked_at = planes(difference)
    high, wide = looked_at.shape[1:]
    filled = np.pad(looked_at, ((0, 0), (0, -high % MULTIPLE), (0, -wide % MULTIPLE)), mode="edge")
    (probabilities,) = _session().run(None, {"planes": filled[None]})
    whole = cv2.resize(
        np.moveaxis(probabilities[0], 0, 2), (filled.shape[2], filled.shape[1]), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(cv2.resize(whole[:high, :wide], (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def planes(difference: Difference) -> NDArray[np.float32]:
    """(7, height, width): CIELAB of the original and of the staged picture, and how far down each row is."""
    height, width = difference.seen.shape
    scale = LONG_SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # Where the staged picture shows nothing of the room, nothing changed.
    staged = np.where(difference.seen[..., None], difference.staged, difference.original)
    down = np.linspace(0, 1, size[1], dtype=np.float32)
    return scaled(resized(difference.original, size), resized(np.asarray(staged, np.float32), size), down)


def scaled(original: Plane, staged: Plane, down: NDArray[np.float32]) -> NDArray[np.float32]:
    """The network's input from two CIELAB pictures; ``down`` (height,): 0–1 of the whole picture's height."""
    units = np.array([LIGHTNESS, TINT, TINT], np.float32)
    middle = np.array([LIGHTNESS, 0, 0], np.float32)
    rows = np.repeat(down[:, None, None], original.shape[1], axis=1)
    together = np.concatenate([(original - middle) / units, (staged - middle) / units, rows * 2 - 1], axis=2)
    return np.ascontiguousarray(np.moveaxis(together, 2, 0), np.float32)


def resized(plane: Plane, size: tuple[int, int]) -> Plane:
    """By area where it shrinks, linear where it grows: an overshoot of colour is nothing that the network was taught with."""
    how = cv2.INTER_AREA if size[0] < plane.shape[1] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, size, interpolation=how), np.float32)


@cache
def _session() -> Any:
    """Loaded when first needed. One thread: examinations run side by side in processes."""
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    stored = resources.files(__package__).joinpath("network.onnx").read_bytes()
    return onnxruntime.InferenceSession(stored, options, providers=["CPUExecutionProvider"])
