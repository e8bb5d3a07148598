"""Photo files to pixels. Whatever the bytes are, the answer is a whole picture or BadPhoto with the reason."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from realstaging.imaging import kinds, limits
from realstaging.imaging.profile import SRGB, srgb
from realstaging.kit.errors import BadPhoto

MIME_OF_FORMAT: Final = {
    "JPEG": "image/jpeg",
    # Phones append further pictures to a JPEG and call it a multi-picture object; the first is the photo.
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
}
OPENED: Final = [name for name in MIME_OF_FORMAT if name != "MPO"]
ORIENTATION_TAG: Final = 0x0112
# Orientations 5 to 8 lie on their side (CIPA DC-008, Exif 2.32, tag 274).
SIDEWAYS: Final = frozenset({5, 6, 7, 8})
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
)

# Sizes are judged by our own limit and told in our own words.
Image.MAX_IMAGE_PIXELS = None
Image.init()
pillow_heif.register_heif_opener()

Pixels = NDArray[np.uint8]
Source = Path | bytes


class PhotoInfo(msgspec.Struct, frozen=True):
    """What a file says of itself. Width and height are those of the upright picture."""

    mime: str
    width: int
    height: int


def inspect(source: Source) -> PhotoInfo:
    """Read the header alone. BadPhoto when it is no photo, too large or too small."""
    with _opened(source) as picture:
        _check(picture)
        width, height = picture.size
        if picture.getexif().get(ORIENTATION_TAG) in SIDEWAYS:
            width, height = height, width
        return PhotoInfo(MIME_OF_FORMAT[str(picture.format)], width, height)


def decode(source: Source) -> Pixels:
    """The whole picture: uint8 (height, width, 3), sRGB, upright. BadPhoto when any part of it is missing."""
    with _opened(source) as picture:
        _check(picture)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        return np.array(_to_srgb(upright), dtype=np.uint8)


@contextmanager
def _opened(source: Source) -> Iterator[Image.Image]:
    stream: IO[bytes] = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        with stream:
            kind = kinds.sniff(stream.read(kinds.HEAD))
            if kind not in kinds.PHOTOS:
                raise BadPhoto(kinds.words(kind))
            stream.seek(0)
            with warnings.catch_warnings(), Image.open(stream, formats=OPENED) as picture:
                warnings.simplefilter("ignore")
                yield picture
    except UnidentifiedImageError as error:
        raise BadPhoto("This photo is damaged or incomplete. Export it again and retry.") from error
    except MemoryError as error:
        raise BadPhoto("This photo needs more memory than a photo should. Export it as JPEG and try again.") from error
    except BROKEN as error:
        raise BadPhoto("This photo is damaged or incomplete. Export it again and retry.") from error


def _check(picture: Image.Image) -> None:
    if refused := limits.too_large(*picture.size) or limits.too_small(*picture.size):
        raise BadPhoto(refused)
    if getattr(picture, "is_animated", False) and picture.format not in {"MPO", "HEIF"}:
        raise BadPhoto("This file is an animation. Send a photo.")


def _to_srgb(picture: Image.Image) -> Image.Image:
    """Three 8-bit sRGB channels: profiles applied, transparency on white, deep greys scaled."""
    if picture.mode in {"I;16", "I;16B", "I;16L", "I"}:
        deep = np.asarray(picture, dtype=np.float64)
        picture = Image.fromarray((np.clip(deep, 0, 65535) / 257.0 + 0.5).astype(np.uint8), "L")
    profile = picture.info.get("icc_profile")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = _on_white(picture)
    if profile and profile != SRGB and (converted := _through_profile(picture, profile)):
        return converted
    return picture.convert("RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    cut_out = picture.convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, cut_out).convert("RGB")


def _through_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB by its ICC profile; None where the profile is of no use (ICC.1:2022)."""
    if picture.mode not in {"RGB", "CMYK", "L"}:
        picture = picture.convert("RGB")
    try:
        converted: Any = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, *BROKEN):
        return None
    return converted if isinstance(converted, Image.Image) else None


_SRGB: Final = srgb()
