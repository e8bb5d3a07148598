"""The photo at the scale it is read at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

LONG_SIDE = 1000
"""Pixels of the longer side at working scale: finer adds texture to the lines, coarser loses skirting boards."""

Image32 = NDArray[np.float32]


@dataclass(frozen=True)
class Picture:
    """The photo reduced to working scale; ``scale`` is working pixels per pixel of the photo."""

    rgb: NDArray[np.uint8]
    scale: float

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def long_side(self) -> int:
        return max(self.width, self.height)

    @cached_property
    def gray(self) -> NDArray[np.uint8]:
        """Luma, 0-255."""
        return np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def lab(self) -> Image32:
        """CIE L*a*b*, (H, W, 3), slightly smoothed against noise."""
        smooth = cv2.GaussianBlur(self.rgb, (0, 0), 1.2).astype(np.float32) / 255
        return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.float32)

    @cached_property
    def linear(self) -> Image32:
        """Linear sRGB, (H, W, 3), 0-1 (IEC 61966-2-1)."""
        encoded = self.rgb.astype(np.float32) / 255
        return np.asarray(np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4), np.float32)


def working_picture(pixels: NDArray[np.uint8]) -> Picture:
    """Reduce (or, for small photos, leave) the photo so that its longer side is at most ``LONG_SIDE``."""
    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    reduced = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    return Picture(np.ascontiguousarray(reduced[..., :3]), scale)
