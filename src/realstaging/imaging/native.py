"""A photo's pixels as they are in its file: in its own colour space and depth, upright. What "byte for byte" is counted against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pillow_heif
from PIL import Image

from realstaging.imaging import heif, jpeg, png, webp
from realstaging.imaging.colour import profile_of
from realstaging.imaging.decode import File, Pixels, opened
from realstaging.imaging.header import Header
from realstaging.imaging.profile import SRGB
from realstaging.imaging.space import Space, Values, profile_for_grey, space_of, srgb_space

BAND: Final = 256
"""Rows unpacked at a time."""


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
    file = opened(photo)
    header = file.header
    bits, profile = _bits(file), _profile(header)
    space = space_of(profile) if profile else None
    if profile is None or space is None:
        told = "CMYK" if header.kind == "cmyk" else "in a colour space without primaries"
        return Native(shown, SRGB, srgb_space(), instead_of=told)
    if profile == SRGB and bits == 8:
        return Native(shown, SRGB, space)
    turned = upright(_values(file, photo, bits), header.orientation)
    return Native(turned, profile, space, bits if 8 < bits < 16 else 0)


def written(master: Path) -> Native:
    """The pixels of a PNG file that `png_strips` wrote."""
    with Image.open(master, formats=["PNG"]) as picture:
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


def _bits(file: File) -> int:
    """Of a channel, in the file, where they can be kept: grey with transparency and colours that are transparent lose theirs."""
    match file:
        case heif.Heif():
            return file.header.depth
        case png.Png() if file.header.depth == 16 and file.whole_depth:
            return 16
    return 8


def _profile(header: Header) -> bytes | None:
    """The ICC profile of the file's values, one made where the file tells the space in other words; None for no RGB."""
    if header.kind == "cmyk":
        return None
    told = profile_of(header.colour)
    if told is None:
        return SRGB
    return profile_for_grey(told) if told[16:20] == b"GRAY" else told


def _values(file: File, photo: Path, bits: int) -> Values:
    """(height, width, 3), lying as in the file; on white where it is transparent."""
    match file:
        case heif.Heif():
            # Values of 10 or 12 bits come as the upper bits of 16.
            deep = (
                np.array(pillow_heif.open_heif(photo, convert_hdr_to_8bit=False))
                if bits > 8
                else np.array(heif.load(file))
            )
            return _on_white(deep if deep.ndim == 3 else deep[..., None])
        case webp.WebP():
            return _on_white(webp.load(file))
        case png.Png() if bits > 8:
            return _on_white(png.values(file))
        case png.Png():
            return _on_white_picture(png.load(file))
        case jpeg.Jpeg():
            return _on_white_picture(jpeg.load(file))


def _on_white_picture(picture: Image.Image) -> Values:
    """Of a decoded picture, in bands: Pillow's own copies have four bytes a pixel."""
    covered = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    result = np.empty((picture.height, picture.width, 3), np.uint8)
    for top in range(0, picture.height, BAND):
        band = picture.crop((0, top, picture.width, min(top + BAND, picture.height)))
        values: Values = np.asarray(band.convert("RGBA" if covered else "RGB"))
        result[top : top + BAND] = _on_white(values)
    return result


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
