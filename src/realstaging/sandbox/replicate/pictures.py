"""A plausible staging of any photo: a sofa on a rug, and the drift generative models are known for. Not for show."""

from __future__ import annotations

import io
from typing import cast

import msgspec
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps


class Drift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the house moves. Shares of the picture's size; ``warmth`` is a share of full red."""

    shift: float = 0.002
    zoom: float = 0.004
    warmth: float = 0.015
    megapixels: float = 1.0
    """The size a model answers at, whatever it was sent."""
    removed_window: bool = False
    """Paint over the upper middle, where a window often is."""
    mirrored: bool = False
    """Another house altogether, as like this one as its reflection."""


FAITHFUL = Drift()
ANOTHER_HOUSE = Drift(warmth=0.15, removed_window=True, mirrored=True)

_SOFA = (94, 108, 122)
_RUG = (198, 186, 168)
_WOOD = (116, 84, 58)


def stage(photo: bytes, drift: Drift, output_format: str, seed: int) -> bytes:
    """The staged picture, encoded as ``webp``, ``png`` or ``jpg``."""
    with Image.open(io.BytesIO(photo)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture = _resized(picture, drift.megapixels)
    picture = _moved(ImageOps.mirror(picture) if drift.mirrored else picture, drift)
    if drift.removed_window:
        _wall_over(picture)
    _furnish(picture, seed)
    encoded = io.BytesIO()
    kind = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}.get(output_format, "WEBP")
    picture.save(encoded, kind, **({} if kind == "PNG" else {"quality": 88}))
    return encoded.getvalue()


def _resized(picture: Image.Image, megapixels: float) -> Image.Image:
    scale = (megapixels * 1_000_000 / (picture.width * picture.height)) ** 0.5
    if scale >= 1:
        return picture
    # Models work in blocks of 16 pixels, so the aspect ratio comes back slightly off.
    size = (max(16, round(picture.width * scale / 16) * 16), max(16, round(picture.height * scale / 16) * 16))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _moved(picture: Image.Image, drift: Drift) -> Image.Image:
    width, height = picture.size
    left, top = width * (drift.zoom / 2 + drift.shift), height * drift.zoom / 2
    frame = (left, top, left + width * (1 - drift.zoom), top + height * (1 - drift.zoom))
    moved = picture.transform(picture.size, Image.Transform.EXTENT, frame, Image.Resampling.BICUBIC)
    red, green, blue = moved.split()
    warmer = Image.merge(
        "RGB",
        (red.point(lambda v: min(255, v * (1 + drift.warmth))), green, blue.point(lambda v: v * (1 - drift.warmth))),
    )
    return ImageEnhance.Contrast(warmer).enhance(1 + drift.warmth)


def _wall_over(picture: Image.Image) -> None:
    width, height = picture.size
    box = (int(width * 0.3), int(height * 0.2), int(width * 0.7), int(height * 0.55))
    tone = picture.crop((0, int(height * 0.2), max(1, width // 20), int(height * 0.5))).resize((1, 1)).getpixel((0, 0))
    picture.paste(cast("tuple[int, ...]", tone), box)


def _furnish(picture: Image.Image, seed: int) -> None:
    """A rug, a sofa and a low table on the floor, with a soft shadow; the seed moves them sideways."""
    width, height = picture.size
    middle = width * (0.42 + 0.04 * (seed % 5))
    floor = height * 0.86
    shadow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shadow).ellipse(
        (middle - width * 0.24, floor - height * 0.06, middle + width * 0.24, floor + height * 0.07), fill=110
    )
    shadow = shadow.filter(ImageFilter.GaussianBlur(width / 90))
    picture.paste((25, 22, 20), mask=shadow)

    draw = ImageDraw.Draw(picture)
    rug = [(-0.25, 0.10), (0.25, 0.10), (0.19, -0.02), (-0.19, -0.02)]
    draw.polygon([(middle + width * x, floor + height * y) for x, y in rug], fill=_RUG)
    for x0, y0, x1, y1, colour in (
        (-0.18, -0.20, 0.18, -0.08, _SOFA),
        (-0.20, -0.12, 0.20, 0.00, tuple(int(c * 0.88) for c in _SOFA)),
        (-0.20, -0.16, -0.15, 0.00, tuple(int(c * 0.78) for c in _SOFA)),
        (0.15, -0.16, 0.20, 0.00, tuple(int(c * 0.78) for c in _SOFA)),
        (-0.08, 0.02, 0.08, 0.04, _WOOD),
        (-0.07, 0.04, -0.06, 0.08, _WOOD),
        (0.06, 0.04, 0.07, 0.08, _WOOD),
    ):
        box = (middle + width * x0, floor + height * y0, middle + width * x1, floor + height * y1)
        draw.rounded_rectangle(box, radius=max(1, width / 150), fill=cast("tuple[int, int, int]", colour))
