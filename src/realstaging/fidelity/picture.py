"""The pictures as the examination sees them: small, float, in CIELAB."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

WORKING_SIDE: Final = 1024
# From this radius on a distance transform is faster than dilating by a disc.
WIDE: Final = 4

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]


def checked(pixels: Pixels) -> Pixels:
    """The same array where it is uint8 (height, width, 3) of at least one pixel; ValueError otherwise."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or 0 in pixels.shape:
        raise ValueError("a picture is uint8 of shape (height, width, 3)")
    return pixels


def working_size(width: int, height: int) -> tuple[int, int]:
    """Width and height with the long side at most WORKING_SIDE and the short side at least 16 pixels."""
    scale = min(1.0, WORKING_SIDE / max(width, height))
    return max(16, round(width * scale)), max(16, round(height * scale))


def resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """By area where it shrinks, cubic where it grows."""
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    shrinks = size[0] * size[1] < pixels.shape[0] * pixels.shape[1]
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC))


def scaling(size_from: tuple[int, int], size_to: tuple[int, int]) -> NDArray[np.float64]:
    """Takes pixel centres of one size of a picture to those of another."""
    sx, sy = size_to[0] / size_from[0], size_to[1] / size_from[1]
    return np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]], dtype=np.float64)


def lab(pixels: Pixels) -> Plane:
    """CIELAB (D65), L* 0–100."""
    return _plane(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))


def grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def blurred(plane: Plane, sigma: float) -> Plane:
    return _plane(cv2.GaussianBlur(plane, (0, 0), sigma))


def widely_blurred(plane: Plane, sigma: float) -> Plane:
    """The same for a wide ``sigma``, at a quarter of the size."""
    height, width = plane.shape[:2]
    small = cv2.resize(plane, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    return _plane(cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (width, height)))


def apart(one: Plane, other: NDArray[Any] | float, lightness: float = 1.0) -> Plane:
    """ΔE (CIE76) of two CIELAB planes or colours, the difference of lightness counted ``lightness`` times."""
    difference = one - np.asarray(other, dtype=np.float32)
    if lightness != 1:
        difference = difference * np.array([lightness, 1, 1], np.float32)
    return _plane(np.sqrt(np.einsum("...c,...c->...", difference, difference)))


def grown(mask: Mask, pixels: int) -> Mask:
    """Dilated by a disc of that radius."""
    if pixels > WIDE:
        return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5) <= pixels)
    return _morphed(mask, cv2.MORPH_DILATE, pixels)


def closed(mask: Mask, pixels: int) -> Mask:
    return _morphed(mask, cv2.MORPH_CLOSE, pixels)


def opened(mask: Mask, pixels: int) -> Mask:
    return _morphed(mask, cv2.MORPH_OPEN, pixels)


def _morphed(mask: Mask, operation: int, pixels: int) -> Mask:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), operation, disc)) > 0


def _plane(values: Any) -> Plane:
    return np.asarray(values, dtype=np.float32)
