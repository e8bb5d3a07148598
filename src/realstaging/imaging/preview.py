"""Smaller pictures of a photo, made by Pillow alone: for the process that decodes what strangers send."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from realstaging.imaging.decode import Pixels


def fitted(pixels: Pixels, long_side: int) -> Image.Image:
    """The picture with its long side at most ``long_side`` pixels, by the mean of what falls on each."""
    height, width = pixels.shape[:2]
    whole = max(1, max(width, height) // (2 * long_side))
    picture = _reduced(pixels, whole) if whole > 1 else Image.fromarray(pixels)
    scale = long_side / max(width, height)
    if scale >= 1:
        return picture
    return picture.resize((max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BOX)


def webp(picture: Image.Image, quality: int) -> bytes:
    """For browsers. Method 2: half the time of the default for 3 % more bytes."""
    data = BytesIO()
    picture.save(data, "WEBP", quality=quality, method=2)
    return data.getvalue()


def _reduced(pixels: Pixels, factor: int) -> Image.Image:
    """By a whole number, strip by strip: Pillow has pictures at four bytes a pixel, and this one need not be there at once."""
    height, width = pixels.shape[:2]
    reduced = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    rows = factor * 128
    for top in range(0, height, rows):
        reduced.paste(Image.fromarray(pixels[top : top + rows]).reduce(factor), (0, top // factor))
    return reduced
