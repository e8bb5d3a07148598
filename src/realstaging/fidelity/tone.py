"""The model's tone against the original's, fitted on what did not change."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.picture import Mask, Plane
from realstaging.fidelity.report import Tone

SAMPLES: Final = 20_000
FEWEST: Final = 300
# The gain may leave 1 only this far: furniture must not bend the fit.
LEAST_GAIN, MOST_GAIN = 0.75, 1.33
# Prior weight (L*² units) that holds the gain at 1 where the surface has no range of tones.
STIFFNESS: Final = 12.0
# Half-weight distance (ΔE) of Cauchy's weight, narrowing as the fit settles.
WIDTHS: Final = (12.0, 8.0, 6.0, 4.0, 3.0, 3.0, 2.5, 2.5, 2.5, 2.5)


def fit(original: Plane, staged: Plane, steady: Mask) -> Tone:
    """CIELAB (height, width, 3) both; ``steady`` marks pixels that look alike in structure."""
    chosen = np.flatnonzero(steady)
    if len(chosen) < FEWEST:
        return Tone((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), 0.0, 0.0)
    picked = np.random.default_rng(0).choice(chosen, min(len(chosen), SAMPLES), replace=False)
    x, y = staged.reshape(-1, 3)[picked].astype(np.float64), original.reshape(-1, 3)[picked].astype(np.float64)
    gain, offset = np.ones(3), _mode(y - x)
    weight = np.ones(len(x))
    for width in WIDTHS:
        residual = np.linalg.norm(y - (x * gain + offset), axis=1)
        weight = 1 / (1 + (residual / width) ** 2) ** 2
        gain, offset = _weighted_line(x, y, weight)
    moved = (x - y)[weight > 0.5] if (weight > 0.5).sum() > FEWEST / 4 else x - y
    lightness, a, b = np.median(moved, axis=0)
    return Tone(_three(gain), _three(offset), float(lightness), float(np.hypot(a, b)))


def matched(staged: Plane, tone: Tone) -> Plane:
    """The staged picture's CIELAB in the original's tone."""
    return staged * np.array(tone.gain, np.float32) + np.array(tone.offset, np.float32)


def _mode(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """The commonest difference, by halving towards the densest part: furniture may cover more than half of the picture."""
    near = differences
    for share in (0.7, 0.7, 0.7):
        centre = np.median(near, axis=0)
        distance = np.linalg.norm(near - centre, axis=1)
        near = near[distance <= np.quantile(distance, share)]
    return np.asarray(np.median(near, axis=0), dtype=np.float64)


def _weighted_line(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mean_x, mean_y = np.average(x, axis=0, weights=weight), np.average(y, axis=0, weights=weight)
    variance = np.average((x - mean_x) ** 2, axis=0, weights=weight) + STIFFNESS
    covariance = np.average((x - mean_x) * (y - mean_y), axis=0, weights=weight) + STIFFNESS
    gain = np.clip(covariance / variance, LEAST_GAIN, MOST_GAIN)
    return gain, mean_y - gain * mean_x


def _three(values: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])
