"""Which pixels look like floor: a colour model learnt from the bottom of the picture, against one of everything above eye level."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.room.paint import unlike_surface
from realstaging.engines.local.room.picture import Image32, Picture
from realstaging.engines.local.room.reading import Camera, Floats, Mask

BINS = (28, 20, 20)
SEED_TOP, SEED_SIDE = 0.80, 0.30
"""The seed: below this share of the height, within this share of the width from the middle."""
CERTAIN = 6.0
"""Bound of the log-likelihood ratio: no colour alone proves more."""


def floor_likelihood(picture: Picture, camera: Camera) -> Image32:
    """Log-likelihood ratio of floor against not floor, (H, W), within ±``CERTAIN``; ``-CERTAIN`` above the horizon."""
    index = _bin_of(picture.lab)
    rows, columns = np.mgrid[0 : picture.height, 0 : picture.width]
    down = -camera.ray(_pixel_grid(picture))[..., 2]
    below = down > 0.01
    near_middle = np.abs(columns - picture.width / 2) < picture.width * SEED_SIDE
    seed = (rows > picture.height * SEED_TOP) & near_middle & below
    above = _histogram(index[down < -0.03])
    floor = seed
    ratio: Image32 = np.zeros_like(picture.lab[..., 0])
    for _ in range(3):
        model = np.log((_histogram(index[floor]) + 1e-6) / (above + 1e-6))
        ratio = np.asarray(cv2.GaussianBlur(np.clip(model[index], -CERTAIN, CERTAIN).astype(np.float32), (0, 0), 2.0))
        ratio[~below] = -CERTAIN
        grown = _connected(ratio > 1.0, seed)
        if np.count_nonzero(grown) < 0.01 * grown.size:
            break
        floor = grown | (seed & (ratio > -3))
    return np.asarray(ratio, np.float32)


def relearnt_floor(picture: Picture, camera: Camera, ground: Mask) -> Image32:
    """As ``floor_likelihood``, learnt from the whole ``ground`` of the fitted box instead of the picture's bottom.

    Only what has the ground's own, slowly shading colour teaches: things on it must not.
    """
    index = _bin_of(picture.lab)
    down = -camera.ray(_pixel_grid(picture))[..., 2]
    own = ground & (unlike_surface(picture.lab, ground) < 0.5)
    model = np.log((_histogram(index[own]) + 1e-6) / (_histogram(index[down < -0.03]) + 1e-6))
    ratio = np.asarray(cv2.GaussianBlur(np.clip(model[index], -CERTAIN, CERTAIN).astype(np.float32), (0, 0), 2.0))
    ratio[down <= 0.01] = -CERTAIN
    return np.asarray(ratio, np.float32)


def _pixel_grid(picture: Picture) -> Floats:
    rows, columns = np.mgrid[0 : picture.height, 0 : picture.width]
    return np.stack([columns, rows], axis=-1).astype(float)


def _bin_of(lab: Image32) -> NDArray[np.int_]:
    lightness = np.clip(lab[..., 0] / 100 * BINS[0], 0, BINS[0] - 1).astype(int)
    # Rooms keep within ±50 of grey; finer steps there tell cream paint from oak.
    green_red = np.clip((lab[..., 1] + 40) / 80 * BINS[1], 0, BINS[1] - 1).astype(int)
    blue_yellow = np.clip((lab[..., 2] + 40) / 100 * BINS[2], 0, BINS[2] - 1).astype(int)
    return np.asarray((lightness * BINS[1] + green_red) * BINS[2] + blue_yellow)


def _histogram(index: NDArray[np.int_]) -> Image32:
    counts: Image32 = np.bincount(index, minlength=int(np.prod(BINS))).astype(np.float32).reshape(BINS)
    for axis in range(3):
        kernel = np.array([0.25, 0.5, 0.25], np.float32)
        counts = np.asarray(np.apply_along_axis(np.convolve, axis, counts, kernel, "same"), np.float32)
    return np.asarray((counts / max(float(counts.sum()), 1.0)).ravel(), np.float32)


def _connected(mask: Mask, seed: Mask) -> Mask:
    """The parts of the mask that touch the seed."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    _, parts = cv2.connectedComponents(opened)
    touched = np.bincount(parts[seed], minlength=int(parts.max()) + 1) > 50
    touched[0] = False
    return np.asarray(touched[parts])
