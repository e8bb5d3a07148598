"""A mark across a picture that nobody can miss or crop away: of pictures made for trying, not for use."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.imaging import png_strips
from realstaging.imaging.native import written
from realstaging.imaging.space import Values

WORD: Final = "TEST"
DRAWN: Final = 480
"""Pixels of the long side that the mark is drawn at, before it is made as large as the picture."""
STEP: Final = 150
"""From one word to the next at that size: whatever a quarter of a picture shows, a word is in it."""
STRENGTH: Final = 0.55
NOTHING: Final = 128
"""In what is drawn: neither letter (more) nor rim (less)."""
HALF: Final = 127
BAND: Final = 256
"""Rows marked at a time."""


def mark_file(master: Path) -> None:
    """Mark a PNG file that `png_strips` wrote, in its own colour space and depth."""
    own = written(master)
    mark(own.pixels)
    png_strips.write(master, own.pixels, own.profile)


def mark(pixels: Values) -> None:
    """Mark (height, width, 3) where it lies; whole numbers of any size."""
    height, width = pixels.shape[:2]
    drawn = cv2.resize(_drawn(width, height), (width, height), interpolation=cv2.INTER_LINEAR)
    most = np.iinfo(pixels.dtype).max
    for top in range(0, height, BAND):
        band = pixels[top : top + BAND]
        shade = drawn[top : top + BAND].astype(np.float32)
        # The letters white, their rims black: seen on any ground.
        share = np.abs(shade - NOTHING)[..., None] / NOTHING * STRENGTH
        target = (shade[..., None] > NOTHING) * np.float32(most)
        band[:] = np.rint(band * (1 - share) + target * share).astype(pixels.dtype)


def _drawn(width: int, height: int) -> NDArray[np.uint8]:
    """The words at a small size: white letters in black rims."""
    scale = DRAWN / max(width, height)
    letters = np.zeros((max(8, round(height * scale)), max(8, round(width * scale))), np.uint8)
    for row, y in enumerate(range(STEP // 3, letters.shape[0] + STEP, STEP // 2)):
        for x in range(-STEP + row % 2 * STEP // 2, letters.shape[1], STEP):
            cv2.putText(letters, WORD, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 255, 3, cv2.LINE_AA)
    rims = cv2.dilate(letters, np.ones((5, 5), np.uint8))
    return np.where(letters > HALF, 255, np.where(rims > HALF, 0, NOTHING)).astype(np.uint8)
