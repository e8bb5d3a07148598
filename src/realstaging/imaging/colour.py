"""What colours a photo's numbers mean, as one value for whoever reads them: an ICC profile, or None for sRGB.

A profile says it itself. PNG and HEIC may say it in code points instead (ITU-T H.273), PNG in numbers, a camera's JPEG in Exif
alone: for those the profile is made here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache
from typing import Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from realstaging.imaging import icc

Chromaticities = tuple[float, float, float, float, float, float, float, float]
"""x and y of red, green, blue and white (CIE 1931)."""
Floats = NDArray[np.float64]
Curve = Literal["srgb", "gamma", "pq", "hlg"]

SRGB_PRIMARIES: Final[Chromaticities] = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290)
# H.273 (07/2024), table 2.
_PRIMARIES: Final[dict[int, Chromaticities]] = {
    1: SRGB_PRIMARIES,
    4: (0.67, 0.33, 0.21, 0.71, 0.14, 0.08, 0.310, 0.316),
    5: (0.64, 0.33, 0.29, 0.60, 0.15, 0.06, 0.3127, 0.3290),
    6: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070, 0.3127, 0.3290),
    7: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070, 0.3127, 0.3290),
    8: (0.681, 0.319, 0.243, 0.692, 0.145, 0.049, 0.310, 0.316),
    9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290),
    11: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.314, 0.351),
    12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290),
    22: (0.630, 0.340, 0.295, 0.605, 0.155, 0.077, 0.3127, 0.3290),
}
# H.273, table 3. Stills that say BT.709 or BT.601 are shown with sRGB's curve by every browser, so 1, 6, 14 and 15 mean it.
_CURVES: Final[dict[int, tuple[Curve, float]]] = {
    1: ("srgb", 0.0),
    4: ("gamma", 2.2),
    5: ("gamma", 2.8),
    6: ("srgb", 0.0),
    8: ("gamma", 1.0),
    13: ("srgb", 0.0),
    14: ("srgb", 0.0),
    15: ("srgb", 0.0),
    16: ("pq", 0.0),
    18: ("hlg", 0.0),
}
REFERENCE_WHITE: Final = 203.0
"""cd/m² of paper white in pictures of high dynamic range (ITU-R BT.2408); what is brighter is shown as white."""
SAME_CHROMATICITY: Final = 0.003
SAME_GAMMA: Final = 0.01
_TABLE: Final = 4096


class Space(msgspec.Struct, frozen=True):
    """Red, green and blue with their white, and the curve from a number (0–1) to light (0–1)."""

    primaries: Chromaticities = SRGB_PRIMARIES
    curve: Curve = "srgb"
    gamma: float = 0.0
    """Of the curve ``gamma``."""
    narrow: bool = False
    """Black is 16/255 and white 235/255, as in television."""

    @property
    def is_srgb(self) -> bool:
        pairs = zip(self.primaries, SRGB_PRIMARIES, strict=True)
        return self.curve == "srgb" and not self.narrow and all(abs(a - b) <= SAME_CHROMATICITY for a, b in pairs)

    def light(self, values: Floats) -> Floats:
        """Light, 0–1, of numbers, 0–1."""
        if self.narrow:
            values = np.clip((values * 255 - 16) / 219, 0, 1)
        return _LIGHT[self.curve](values, self.gamma)


ADOBE_RGB: Final = Space((0.64, 0.33, 0.21, 0.71, 0.15, 0.06, 0.3127, 0.3290), "gamma", icc.GAMMA_ADOBE)
Colour = Space | bytes | None
"""A space by its numbers, an ICC profile as it stands in the file, or nothing: sRGB."""


def by_codes(primaries: int, curve: int, *, narrow: bool = False) -> Space | None:
    """The space of code points of H.273; None where they say nothing, or nothing that is known."""
    if primaries not in _PRIMARIES or curve not in _CURVES:
        return None
    kind, gamma = _CURVES[curve]
    return Space(_PRIMARIES[primaries], kind, gamma, narrow)


def by_numbers(gamma: float | None, primaries: Chromaticities | None) -> Space | None:
    """The space of PNG's gAMA (as the exponent of a display, 2.2 is usual) and cHRM; None where that is no space at all."""
    if primaries and not _sensible(primaries):
        primaries = None
    if gamma is not None and not 0.1 <= gamma <= 10:
        gamma = None
    if gamma is None and primaries is None:
        return None
    chosen = primaries or SRGB_PRIMARIES
    # 1/2.2 is how writers of PNG say sRGB (PNG, third edition, 11.3.2.2).
    if gamma is None or abs(gamma - 2.2) <= SAME_GAMMA:
        return Space(chosen)
    return Space(chosen, "gamma", gamma)


def is_profile(data: bytes) -> bool:
    """Whether these bytes begin as an ICC profile of a picture does (ICC.1:2022, 7.2)."""
    return len(data) >= 132 and data[36:40] == b"acsp" and data[16:20] in {b"RGB ", b"GRAY", b"CMYK"}


def profile_of(colour: Colour) -> bytes | None:
    """An ICC profile for whatever a photo says of its colours; None for sRGB."""
    if isinstance(colour, Space):
        return None if colour.is_srgb else _profile(colour)
    return colour


@cache
def _profile(space: Space) -> bytes:
    rx, ry, gx, gy, bx, by, wx, wy = space.primaries
    return icc.profile_for(_name(space), ((rx, ry), (gx, gy), (bx, by)), (wx, wy), _curve(space))


def _name(space: Space) -> str:
    names = {
        (ADOBE_RGB.primaries, "gamma"): "Adobe RGB (1998)",
        (_PRIMARIES[12], "srgb"): "Display P3",
        (SRGB_PRIMARIES, "srgb"): "sRGB",
        (_PRIMARIES[9], "pq"): "BT.2100 PQ",
        (_PRIMARIES[9], "hlg"): "BT.2100 HLG",
    }
    return names.get((space.primaries, space.curve), "RGB of the photo")


def _curve(space: Space) -> float | bytes:
    if space.curve == "gamma" and not space.narrow:
        return space.gamma
    if space.curve == "srgb" and not space.narrow:
        return icc.SRGB_TONE
    points = np.round(space.light(np.linspace(0, 1, _TABLE)) * 65535).astype(">u2")
    return b"curv\0\0\0\0" + struct.pack(">I", _TABLE) + points.tobytes()


def _sensible(primaries: Chromaticities) -> bool:
    """Three lights that span an area, around a white that can be."""
    if any(not 0 <= number <= 1 for number in primaries) or min(primaries[1::2]) < 0.001:
        return False
    rx, ry, gx, gy, bx, by, *_ = primaries
    return abs((gx - rx) * (by - ry) - (bx - rx) * (gy - ry)) > 0.01


def encoded(light: Floats) -> Floats:
    """SRGB's numbers, 0–1, of light, 0–1 (IEC 61966-2-1)."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(np.maximum(light, 0.0031308), 1 / 2.4) - 0.055)


def _srgb(values: Floats, _gamma: float) -> Floats:
    return np.where(values <= 0.04045, values / 12.92, np.power((values + 0.055) / 1.055, 2.4))


def _power(values: Floats, gamma: float) -> Floats:
    return np.power(values, gamma)


def _pq(values: Floats, _gamma: float) -> Floats:
    """SMPTE ST 2084."""
    power = np.power(values, 1 / 78.84375)
    light = np.power(np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power), 1 / 0.1593017578125)
    return np.clip(light * 10_000 / REFERENCE_WHITE, 0, 1)


def _hlg(values: Floats, _gamma: float) -> Floats:
    """ITU-R BT.2100, shown on a display of 1000 cd/m² (the system gamma of 1.2 on each colour); 0.75 is paper white."""
    scene = np.where(values <= 0.5, values**2 / 3, (np.exp((values - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    return np.clip(np.power(scene, 1.2) * 1000 / REFERENCE_WHITE, 0, 1)


_LIGHT: Final[dict[str, Callable[[Floats, float], Floats]]] = {"srgb": _srgb, "gamma": _power, "pq": _pq, "hlg": _hlg}
