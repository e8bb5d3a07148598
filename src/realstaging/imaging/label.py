"""Words in a corner of a picture that a listing service wants there."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT: Final = 1 / 28
"""Of a capital letter, as a share of the picture's short side: read in a thumbnail of 300 pixels as well."""
FONT: Final = cv2.FONT_HERSHEY_DUPLEX
CAPITAL: Final = 22
"""Pixels of a capital letter of the font at scale one."""
MOST_WIDTH: Final = 0.9
"""Of the picture's width: a narrow picture has smaller letters."""
GROUND: Final = 0.35
"""What is left of the picture below the words: white letters are read on any picture."""


def write(pixels: NDArray[np.uint8], words: str) -> None:
    """Write them into (height, width, 3) where it lies, white on a darkened strip in the lower left corner."""
    height, width = pixels.shape[:2]
    scale = min(height, width) * HEIGHT / CAPITAL
    (across, _), _ = cv2.getTextSize(words, FONT, scale, 1)
    scale *= min(1.0, MOST_WIDTH * width / across)
    thickness = max(1, round(scale * 1.6))
    (across, up), below = cv2.getTextSize(words, FONT, scale, thickness)
    edge = round(up * 0.7)
    top, right = max(0, height - up - below - 2 * edge), min(width, across + 2 * edge)
    strip = pixels[top:, :right]
    strip[:] = np.rint(strip * GROUND).astype(np.uint8)
    cv2.putText(pixels, words, (edge, height - below - edge), FONT, scale, (255, 255, 255), thickness, cv2.LINE_AA)
