"""RGB colour spaces as their ICC profiles tell them by three primaries and three curves (ICC.1:2022, F.3): read, written, computed with.

What screens, cameras and phones use is of this kind. Profiles of printers and scanners (tables) are not: nobody furnishes in them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.imaging.icc import D50, D65, PRIMARIES_709, profile_for
from realstaging.imaging.profile import SRGB

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Values = NDArray[np.unsignedinteger[Any]]
"""uint8 or uint16."""

LARGEST: Final = 1 << 20
"""Bytes of a profile: three curves of 4096 points are 25 KB; tables, which are not read here, reach a megabyte."""
MOST_TAGS: Final = 100
MOST_POINTS: Final = 65536
LONGEST_NAME: Final = 40
STEPS: Final = 65535
"""Every code value of 16 bits has a place in the tables below; those of 8 bits are every 257th."""
WHITE_OFF: Final = 0.02
"""The three primaries together are that white; a profile that is further from it is damaged."""


@dataclass(frozen=True, eq=False)
class Space:
    """``matrix`` takes linear values to XYZ (D50). ``curves`` (3, 65536): the linear value (0-1) of each code value of 16 bits."""

    name: str
    matrix: Floats
    curves: Floats32

    def linear(self, values: Values) -> Floats32:
        """Linear values (0-1), of the same shape (…, 3)."""
        tables = self.curves[:, ::257] if values.dtype == np.uint8 else self.curves
        return np.stack([tables[channel][values[..., channel]] for channel in range(3)], axis=-1)

    def encoded(self, linear: Floats32, bits: int) -> Values:
        """Code values of 8 or 16 bits, rounded; what is outside 0-1 is clipped."""
        places = (np.sqrt(np.clip(linear, 0, 1)) * STEPS + 0.5).astype(np.uint16)
        tables = _inverse(self, bits)
        return np.stack([tables[channel][places[..., channel]] for channel in range(3)], axis=-1)

    def from_space(self, other: Space) -> Floats32:
        """(3, 3): takes linear values of another space to those of this one."""
        return np.asarray(np.linalg.inv(self.matrix) @ other.matrix, np.float32)


def converted(values: Values, source: Space, target: Space) -> NDArray[np.uint8]:
    """Values (…, 3) of one space as those of another, 8 bits."""
    linear = source.linear(values) @ target.from_space(source).T
    return np.asarray(target.encoded(linear, 8), np.uint8)


def to_eight(values: Values) -> NDArray[np.uint8]:
    """The same values with 8 bits, rounded."""
    if values.dtype == np.uint8:
        return np.asarray(values, np.uint8)
    return np.asarray(cv2.convertScaleAbs(values, alpha=1 / 257))


@lru_cache(8)
def space_of(profile: bytes) -> Space | None:
    """The space that a profile tells; None where it is damaged or of another kind."""
    try:
        return _read(profile)
    except (struct.error, ValueError, IndexError, np.linalg.LinAlgError):
        return None


def is_profile(data: bytes) -> bool:
    """Whether it says of itself that it is a colour profile (ICC.1:2022, 7.2.11)."""
    return len(data) > 132 and data[36:40] == b"acsp"


def profile_for_grey(profile: bytes) -> bytes | None:
    """An RGB profile whose equal values look as a grey profile's do: its curve, three times. None where it tells no curve."""
    try:
        tags = _tags(profile)
        if profile[16:20] != b"GRAY" or b"kTRC" not in tags:
            return None
        _curve(tags[b"kTRC"])
        return profile_for(f"{_name(tags)}, grey", PRIMARIES_709, D65, tags[b"kTRC"])
    except (struct.error, ValueError, IndexError):
        return None


def _read(profile: bytes) -> Space | None:
    tags = _tags(profile)
    if profile[16:20] != b"RGB " or b"A2B0" in tags or not tags.keys() >= {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC"}:
        return None
    matrix = np.array([_fixed(tags[tag][8:20]) for tag in (b"rXYZ", b"gXYZ", b"bXYZ")]).T
    if np.abs(matrix.sum(axis=1) - D50).max() > WHITE_OFF or np.linalg.cond(matrix) > 1e3:
        return None
    curves = np.stack([_curve(tags[tag]) for tag in (b"rTRC", b"gTRC", b"bTRC") if tag in tags])
    return Space(_name(tags), matrix, curves) if len(curves) == 3 else None


def _tags(profile: bytes) -> dict[bytes, bytes]:
    """ICC.1:2022, 7.2 and 7.3. ValueError where it is no profile."""
    if not is_profile(profile) or len(profile) > LARGEST:
        raise ValueError("no profile")
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * number) for number in range(min(count, MOST_TAGS))]
    return {name: profile[offset : offset + size] for name, offset, size in entries}


def _curve(tag: bytes) -> Floats32:
    """The linear value of each code value of 16 bits (10.6 curveType, 10.18 parametricCurveType). ValueError where it is no curve."""
    place = np.linspace(0.0, 1.0, STEPS + 1)
    if tag[:4] == b"para":
        linear = _parametric_values(struct.unpack_from(">H", tag, 8)[0], _fixed(tag[12:40]), place)
    elif tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count > MOST_POINTS:
            raise ValueError("a curve of too many points")
        points = np.frombuffer(tag, ">u2", count, 12) / (256.0 if count == 1 else STEPS)
        linear = place ** (points[0] if count == 1 else 1.0)
        if count > 1:
            linear = np.interp(place, np.linspace(0.0, 1.0, count), points)
    else:
        raise ValueError("no curve")
    if not np.isfinite(linear).all() or (np.diff(linear) < 0).any() or linear[-1] < 0.5:
        raise ValueError("no curve of light")
    return np.asarray(np.clip(linear, 0, 1), np.float32)


def _parametric_values(kind: int, numbers: Floats, place: Floats) -> Floats:
    """ICC.1:2022, table 68."""
    needed = (1, 3, 4, 5, 7)[kind]
    g, a, b, c, d, e, f = (float(number) for number in np.append(numbers[:needed], [1, 0, 0, 0, 0, 0, 0][needed:]))
    if kind == 0:
        return np.asarray(place**g)
    if kind in {1, 2}:
        d, e, f, c = -b / a, c if kind == 2 else 0.0, c if kind == 2 else 0.0, 0.0
    above = np.maximum(a * place + b, 0) ** g + e
    return np.asarray(np.where(place >= d, above, c * place + f))


def _name(tags: dict[bytes, bytes]) -> str:
    """What the profile calls itself, in at most LONGEST_NAME printable characters."""
    tag = tags.get(b"desc", b"")
    if tag[:4] == b"mluc":
        size, offset = struct.unpack_from(">II", tag, 20)
        text = tag[offset : offset + min(size, 4 * LONGEST_NAME)].decode("utf-16-be", "ignore")
    else:
        text = tag[12 : 12 + 4 * LONGEST_NAME].partition(b"\0")[0].decode("ascii", "ignore")
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_NAME].strip() or "a profile without a name"


@lru_cache(8)
def _inverse(space: Space, bits: int) -> Values:
    """(3, 65536): the code value of each root of a linear value. By the root dark tones have as many places as light ones."""
    place = (np.arange(STEPS + 1) / STEPS) ** 2
    codes = np.linspace(0.0, (1 << bits) - 1, STEPS + 1)
    inverted = [np.interp(place, channel, codes) + 0.5 for channel in space.curves]
    return np.stack(inverted).astype(np.uint8 if bits == 8 else np.uint16)


def _fixed(data: bytes) -> Floats:
    """s15Fixed16Number (ICC.1:2022, 4.6)."""
    return np.frombuffer(data[: len(data) // 4 * 4], ">i4") / 65536.0


def srgb_space() -> Space:
    space = space_of(SRGB)
    assert space
    return space
