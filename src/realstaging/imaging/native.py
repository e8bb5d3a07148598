"""A photo's pixels as they are in its file: in its own colour space and depth, upright. What "byte for byte" is counted against."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageFile

from realstaging.imaging.decode import Pixels
from realstaging.imaging.profile import SRGB
from realstaging.imaging.space import ADOBE_RGB, Space, Values, is_profile, profile_for_grey, space_of, srgb_space

OPENED: Final = ("JPEG", "PNG", "WEBP", "HEIF")
ORIENTATION_TAG: Final = 0x0112
INTEROPERABILITY: Final = 0xA005
"""The Exif directory (tag) that says R03 for Adobe RGB where the colour space is said to be none known (DCF 2.0)."""


NOT_RGB: Final = frozenset({"CMYK", "LAB", "YCbCr"})
GREY: Final = frozenset({"L", "LA", "I;16"})
BAND: Final = 256
"""Rows unpacked at a time."""

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class Native:
    """``pixels``: uint8 or uint16 (height, width, 3), upright; their meaning is told by ``profile``."""

    pixels: Values
    profile: bytes
    space: Space
    significant: int = 0
    """Bits that 16-bit values had in the file, where fewer."""
    instead_of: str = ""
    """What the file has where its own pixels cannot be kept, and these are sRGB."""

    @property
    def bits(self) -> int:
        return 8 * self.pixels.itemsize

    @property
    def told(self) -> str:
        """What these pixels are, for people."""
        space = "sRGB" if self.profile == SRGB else self.space.name
        if self.instead_of:
            return f"the photo turned into sRGB, for its file is {self.instead_of}; {self.bits} bits"
        return f"the file's own pixels, {space}, {self.significant or self.bits} bits"


def native(photo: Path, shown: Pixels) -> Native:
    """The pixels of a photo file that was decoded before. ``shown``: what that gave, sRGB; it is the answer where the file's
    own pixels are these, or cannot be kept (CMYK, profiles by tables).
    """
    with _opened(photo) as picture:
        bits, profile = _bits(picture), _profile(picture)
        space = space_of(profile) if profile else None
        if profile is None or space is None:
            told = picture.mode if picture.mode in NOT_RGB else "in a colour space without primaries"
            return Native(shown, SRGB, srgb_space(), instead_of=told)
        if profile == SRGB and bits == 8:
            return Native(shown, SRGB, space)
        values = _values(picture, photo, bits)
        turned = upright(values, 1 if picture.format == "HEIF" else picture.getexif().get(ORIENTATION_TAG, 1))
        return Native(turned, profile, space, bits if 8 < bits < 16 else 0)


def written(master: Path) -> Native:
    """The pixels of a PNG file that `png_strips` wrote."""
    with _opened(master) as picture:
        profile = bytes(picture.info["icc_profile"])
    pixels = cv2.imread(str(master), cv2.IMREAD_UNCHANGED)
    space = space_of(profile)
    if pixels is None or space is None:
        raise ValueError("this master was not written by us")
    return Native(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels)), profile, space)


def upright(values: Values, orientation: Any) -> Values:
    """Turned and mirrored as the orientation (CIPA DC-008, Exif 2.32, tag 274) says."""
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return np.ascontiguousarray(turn(values)) if turn else values


_TURNS: Final[dict[int, Callable[[Any], Any]]] = {
    2: lambda v: v[:, ::-1],
    3: lambda v: v[::-1, ::-1],
    4: lambda v: v[::-1],
    5: lambda v: v.transpose(1, 0, 2),
    6: lambda v: np.rot90(v, -1),
    7: lambda v: v.transpose(1, 0, 2)[::-1, ::-1],
    8: np.rot90,
}


@contextmanager
def _opened(photo: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings(), Image.open(photo, formats=OPENED) as picture:
        # Pixel counts were judged when the photo was decoded.
        warnings.simplefilter("ignore")
        yield picture


def _bits(picture: Image.Image) -> int:
    """Of a channel, in the file, where they can be kept. Asked first: a PNG picture is decoded when its Exif is asked for."""
    if picture.format == "HEIF":
        return int(picture.info.get("bit_depth", 8))
    deep = picture.format == "PNG" and _rawmode(picture).endswith(";16B") and "transparency" not in picture.info
    return 16 if deep else 8


def _rawmode(picture: Image.Image) -> str:
    """How a PNG file's values lie, in Pillow's words."""
    return str(picture.tile[0].args) if isinstance(picture, ImageFile.ImageFile) and picture.tile else ""


def _profile(picture: Image.Image) -> bytes | None:
    """The ICC profile of the file's values, one made where the file tells the space in other words; None for no RGB."""
    if picture.mode in NOT_RGB:
        return None
    embedded: bytes | None = picture.info.get("icc_profile")
    if embedded:
        if not is_profile(embedded):
            return SRGB
        return profile_for_grey(embedded) if picture.mode in GREY else embedded
    told = picture.getexif().get_ifd(INTEROPERABILITY).get(1, "")
    return ADOBE_RGB if str(told).startswith("R03") else SRGB


def _values(picture: Image.Image, photo: Path, bits: int) -> Values:
    """(height, width, 3), lying as in the file; on white where it is transparent."""
    if bits > 8 and picture.format == "HEIF":
        # Values of 10 or 12 bits come as the upper bits of 16.
        deep = pillow_heif.open_heif(photo, convert_hdr_to_8bit=False)
        return _on_white(np.array(deep))
    if bits > 8:
        return _deep_png(photo)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        return _on_white(np.asarray(picture.convert("RGBA")))
    return np.array(picture.convert("RGB"), np.uint8)


def _deep_png(photo: Path) -> NDArray[np.uint16]:
    """A PNG file of 16 bits a channel. Pillow unpacks the upper bytes alone; told that the lower ones are, it unpacks those."""
    with _opened(photo) as picture:
        grey, shape = picture.mode == "I;16", (picture.height, picture.width, len(picture.getbands()))
        if grey:
            return np.repeat(np.asarray(picture, np.uint16)[..., None], 3, axis=2)
    values = np.zeros(shape, np.uint16)
    for order, shift in (("B", 8), ("L", 0)):
        with _opened(photo) as picture:
            assert isinstance(picture, ImageFile.ImageFile)
            picture.tile = [picture.tile[0]._replace(args=f"{_rawmode(picture)[:-1]}{order}")]
            picture.load()
            for top in range(0, picture.height, BAND):
                band = picture.crop((0, top, picture.width, min(top + BAND, picture.height)))
                values[top : top + BAND] |= np.asarray(band).astype(np.uint16) << shift
    return np.asarray(_on_white(values), np.uint16)


def _on_white(values: Values) -> Values:
    """Three channels of any: of greys, with or without a cover as the last one."""
    channels = values.shape[2]
    if channels in {1, 3}:
        return np.repeat(values, 3, axis=2) if channels == 1 else values
    most = np.iinfo(values.dtype).max
    result = np.empty((*values.shape[:2], 3), values.dtype)
    for top in range(0, len(values), BAND):
        cover = values[top : top + BAND, :, -1:].astype(np.uint64)
        colour = values[top : top + BAND, :, :-1].astype(np.uint64)
        result[top : top + BAND] = (colour * cover + most * (most - cover) + most // 2) // most
    return result
