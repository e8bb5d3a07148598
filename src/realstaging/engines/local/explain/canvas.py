"""A picture to draw on, with translucent shapes and words on it."""

from __future__ import annotations

from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from realstaging.engines.local.room.reading import Camera, Floats

Colour = tuple[int, int, int]
NEAR: Final = 0.05
"""Metres before the camera at which shapes are cut off."""
INK: Final = (30, 34, 38)
PAPER: Final = (255, 255, 255)


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own typeface, so that pictures look the same on every machine."""
    return ImageFont.load_default(size)


class Canvas:
    """Pixels (h, w, 3) sRGB, drawn upon in place."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.image = Image.fromarray(pixels)
        self.unit = max(10, round(max(self.image.size) / 80))
        """Pixels: the height of ordinary words."""

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """What has been drawn, (h, w, 3)."""
        return np.asarray(self.image)

    def area(self, points: Floats, colour: Colour, opacity: float = 0.35, line: int = 2) -> None:
        """A polygon (N, 2) filled and outlined; nothing where it is no polygon."""
        points = np.asarray(points, float)
        if len(points) < 3 or not np.isfinite(points).all():
            return
        corners = [(float(x), float(y)) for x, y in np.clip(points, -20_000, 20_000)]
        layer = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(layer).polygon(corners, fill=round(255 * opacity))
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=layer)
        if line:
            ImageDraw.Draw(self.image).line([*corners, corners[0]], fill=colour, width=line)

    def line(self, points: Floats, colour: Colour, width: int = 2) -> None:
        """A line through points (N, 2)."""
        points = np.asarray(points, float)
        if len(points) > 1 and np.isfinite(points).all():
            ImageDraw.Draw(self.image).line([(float(x), float(y)) for x, y in points], fill=colour, width=width)

    def tint(self, mask: NDArray[np.bool_], colour: Colour, opacity: float = 0.35) -> None:
        """Colour over where ``mask`` (any size) is set."""
        shade = cv2.resize(mask.astype(np.uint8) * round(255 * opacity), self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=Image.fromarray(shade))

    def words(self, at: tuple[float, float], text: str, colour: Colour = INK, *, size: float = 1.0) -> None:
        """Words on a pale ground, their middle at ``at``, kept inside the picture."""
        drawing, face = ImageDraw.Draw(self.image), font(round(self.unit * size))
        x0, y0, x1, y1 = drawing.textbbox((0, 0), text, font=face)
        wide, tall = x1 - x0, y1 - y0
        pad = max(2, self.unit // 5)
        x = min(max(at[0] - wide / 2, pad), self.image.width - wide - pad)
        y = min(max(at[1] - tall / 2, pad), self.image.height - tall - pad)
        box = (x - pad, y - pad, x + wide + pad, y + tall + pad)
        layer = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(layer).rounded_rectangle(box, radius=pad, fill=200)
        self.image.paste(Image.new("RGB", self.image.size, PAPER), mask=layer)
        drawing.text((x - x0, y - y0), text, font=face, fill=colour)


def in_view(camera: Camera, points: Floats) -> Floats:
    """Pixels (M, 2) of a flat polygon of world points (N, 3), cut where it comes too near the camera."""
    points = np.asarray(points, float)
    depth = camera.depth(points) - NEAR
    kept = []
    for i, point in enumerate(points):
        j = (i + 1) % len(points)
        if depth[i] >= 0:
            kept.append(point)
        if (depth[i] >= 0) != (depth[j] >= 0):
            kept.append(point + (points[j] - point) * depth[i] / (depth[i] - depth[j]))
    return camera.project(np.array(kept)) if len(kept) > 2 else np.zeros((0, 2))
