"""Finding out what a photo is like, besides its pixels (`imaging.seen`).

Measured by Pillow and NumPy alone, in the process that decodes what strangers send. What follows from it is decided elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from realstaging.imaging.header import Header
from realstaging.imaging.seen import Seen

MEASURED: Final = 512
"""Long side, in pixels, at which light is measured: noise and single lamps do not count."""
CLIPPED: Final = 253
TONES: Final = (25, 50, 75, 85, 95)
TWICE: Final = 0.01
"""How far from 2 the ratio of a whole sphere's width to its height may be."""
SAME_SHAPE: Final = 0.02
# A whole sphere unrolled: its left edge is its right edge, its uppermost row one point, its lowest another.
POLE: Final = 6.0
"""Standard deviation (of 255) along the rows of the poles."""
MOTLEY: Final = 8.0
"""Standard deviation along the edges below which they say nothing."""
_NAMESPACE: Final = b"http://ns.google.com/photos/1.0/panorama/"
_PROJECTION: Final = re.compile(
    rb"""[\w.-]{1,40}:ProjectionType\s{0,9}(?:=\s{0,9}["']|>)\s{0,9}equirectangular""", re.IGNORECASE
)
_CROPPED: Final = re.compile(
    rb"""[\w.-]{1,40}:CroppedAreaImage(Width|Height)Pixels\s{0,9}(?:=\s{0,9}["']|>)\s{0,9}(\d{1,9})"""
)


def look(picture: Image.Image, header: Header) -> Seen:
    """Of an upright picture, any smaller size of the photo, in sRGB."""
    small = picture.copy()
    small.thumbnail((MEASURED, MEASURED), Image.Resampling.BOX)
    values = np.asarray(small.convert("L"))
    quarter, half, three_quarters, larger_part, most = (float(tone) for tone in np.percentile(values, TONES))
    width, height = header.upright
    return Seen(
        width,
        height,
        quarter,
        half,
        three_quarters,
        larger_part,
        most,
        clipped=float((np.asarray(small).min(axis=2) >= CLIPPED).mean()),
        exposure_bias=header.exif.exposure_bias,
        bracketed=header.exif.bracketed,
        sphere=_says_sphere(header) or _is_sphere(np.asarray(picture, np.float32), header),
    )


def _says_sphere(header: Header) -> bool:
    """By its XMP (GPano 1.0), where that is of this picture: editors leave it in what they cut out of a panorama."""
    packet = header.xmp
    if _NAMESPACE not in packet or not _PROJECTION.search(packet):
        return False
    cropped = {name: int(number) for name, number in _CROPPED.findall(packet)}
    wide, high = cropped.get(b"Width", 2), cropped.get(b"Height", 1)
    told = wide / high if wide and high else 2.0
    return abs(header.width / header.height / told - 1) <= SAME_SHAPE


def _is_sphere(pixels: NDArray[np.float32], header: Header) -> bool:
    """By the picture alone."""
    width, height = header.upright
    if abs(width / height - 2) > TWICE:
        return False
    left, right = pixels[:, 0], pixels[:, -1]
    seam = np.abs(left - right).mean()
    beside = max(np.abs(left - pixels[:, 1]).mean(), np.abs(right - pixels[:, -2]).mean())
    poles = max(pixels[0].std(axis=0).max(), pixels[-1].std(axis=0).max())
    return bool(seam <= 1.5 * beside + 1 and left.std(axis=0).min() >= MOTLEY and poles <= POLE)
