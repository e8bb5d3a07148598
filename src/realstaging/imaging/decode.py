"""Photo files to pixels. Whatever the bytes are, the answer is a whole picture or BadPhoto with the reason.

A picture is decoded once, as it lies in the file, and brought upright and into sRGB strip by strip, so that beside the result
there is only one more copy of it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from realstaging.imaging import heif, jpeg, kinds, limits, png, webp
from realstaging.imaging.colour import Colour, profile_of
from realstaging.imaging.header import DAMAGED, Header
from realstaging.imaging.profile import SRGB, srgb
from realstaging.kit.errors import BadPhoto

STRIP: Final = 256
"""Rows that are worked on at once."""
# What decoders raise for files that are cut short, damaged or made to harm.
BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
)
# Sizes are judged by our own limit and told in our own words, before Pillow sees the file.
Image.MAX_IMAGE_PIXELS = None

Pixels = NDArray[np.uint8]
Source = Path | bytes
File = jpeg.Jpeg | png.Png | webp.WebP | heif.Heif
Rows = Callable[[int, int], Image.Image]
"""The rows from one to before another, as they lie in the file."""


class PhotoInfo(msgspec.Struct, frozen=True):
    """What a file says of itself. Width and height are those of the upright picture."""

    mime: str
    width: int
    height: int


def inspect(source: Source) -> PhotoInfo:
    """Read the header alone. BadPhoto when it is no photo, too large or too small."""
    found = header(source)
    return PhotoInfo(found.mime, *found.upright)


def header(source: Source) -> Header:
    """All that a file says of its picture. BadPhoto when it is no photo, too large or too small."""
    with _telling():
        return opened(source).header


def decode(source: Source) -> Pixels:
    """The whole picture: uint8 (height, width, 3), sRGB, upright. BadPhoto when any part of it is missing."""
    with _telling():
        file = opened(source)
        rows, colour = _loaded(file)
        return _upright(rows, file.header, profile_of(colour))


def opened(source: Source) -> File:
    """The file, read but not decoded. BadPhoto when it is no photo, too large or too small."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    kind = kinds.sniff(data[: kinds.HEAD])
    if kind not in kinds.PHOTOS:
        raise BadPhoto(kinds.words(kind))
    file = _READERS[kind](data)
    width, height = file.header.width, file.header.height
    if refused := limits.too_large(width, height) or limits.too_small(width, height):
        raise BadPhoto(refused)
    return file


_READERS: Final[dict[str, Callable[[bytes], File]]] = {
    kinds.JPEG: jpeg.read,
    kinds.PNG: png.read,
    kinds.WEBP: webp.read,
    kinds.HEIC: heif.read,
}


@contextmanager
def _telling() -> Iterator[None]:
    """Whatever a decoder raises is a BadPhoto."""
    try:
        yield
    except MemoryError as error:
        raise BadPhoto("This photo needs more memory than a photo should. Export it as JPEG and try again.") from error
    except BROKEN as error:
        raise BadPhoto(DAMAGED) from error


def _loaded(file: File) -> tuple[Rows, Colour]:
    """The decoded picture, and the colours of that."""
    colour = file.header.colour
    match file:
        case jpeg.Jpeg():
            return _rows_of(jpeg.load(file)), colour
        case png.Png() if file.header.depth == 16:
            pixels, colour = png.load_deep(file)
            return _rows_of_array(pixels), colour
        case png.Png():
            return _rows_of(png.load(file)), colour
        case webp.WebP():
            return _rows_of_array(webp.load(file)), colour
        case heif.Heif():
            return _rows_of_array(heif.load(file)), colour


def _rows_of(picture: Image.Image) -> Rows:
    return lambda top, bottom: picture.crop((0, top, picture.width, bottom))


def _rows_of_array(pixels: Pixels) -> Rows:
    return lambda top, bottom: Image.fromarray(pixels[top:bottom, :, 0] if pixels.shape[2] == 1 else pixels[top:bottom])


def _upright(rows: Rows, header: Header, profile: bytes | None) -> Pixels:
    width, height = header.upright
    upright = np.empty((height, width, 3), np.uint8)
    lying = _as_filed(upright, header.orientation)
    convert = _converter(profile)
    for top in range(0, header.height, STRIP):
        bottom = min(top + STRIP, header.height)
        lying[top:bottom] = np.asarray(convert(_on_white(rows(top, bottom))))
    return upright


def _as_filed(upright: Pixels, orientation: int) -> Pixels:
    """A view of an upright picture whose rows and columns are those of the file (Exif 3.0, 4.6.5, tag 274)."""
    across = upright.transpose(1, 0, 2)
    return {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: across,
        6: across[::-1],
        7: across[::-1, ::-1],
        8: across[:, ::-1],
    }[orientation]


def _on_white(strip: Image.Image) -> Image.Image:
    if strip.mode not in {"RGBA", "LA", "PA"} and "transparency" not in strip.info:
        return strip
    cut_out = strip.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", strip.size, "white"), cut_out).convert("RGB")


def _converter(profile: bytes | None) -> Callable[[Image.Image], Image.Image]:
    """From any strip to RGB in sRGB, by an ICC profile where it is of use (ICC.1:2022)."""
    transforms: dict[str, ImageCms.ImageCmsTransform | None] = {}

    def convert(strip: Image.Image) -> Image.Image:
        if profile is None or profile == SRGB:
            return strip.convert("RGB")
        if strip.mode not in {"RGB", "CMYK", "L"}:
            strip = strip.convert("RGB")
        if strip.mode not in transforms:
            transforms[strip.mode] = _transform(profile, strip.mode)
        transform = transforms[strip.mode]
        converted = ImageCms.applyTransform(strip, transform) if transform else None
        return converted or strip.convert("RGB")

    return convert


def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        return ImageCms.buildTransform(ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, *BROKEN):
        return None


_SRGB: Final = srgb()
