"""What was changed in a photo's sRGB picture, brought into the photo's own pixels: its colour space, its depth."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from realstaging.fidelity.picture import Mask, Pixels
from realstaging.imaging.native import Native, native
from realstaging.imaging.space import Floats32, Values, srgb_space

ROWS: Final = 128
"""Rows worked on at a time."""
ALIKE: Final = 0.2
"""Difference of colour, as a share of the brightest channel, at which a pixel counts as e^-1 the photo's surface in another light."""
LEAST: Final = 0.001
"""Linear light: darker pixels tell nothing of how much light there is."""
MOST_LIGHT: Final = 2.0


def master_of(photo: Path, original: Pixels, picture: Pixels) -> tuple[Native, float]:
    """The staged picture in the photo file's own pixels, and the share (0–1) of them that are byte for byte as in the file.

    ``original``: the file decoded, sRGB; ``picture``: what was made of it, sRGB, of the same size.
    """
    own = native(photo, original)
    if own.pixels is original:
        return replace(own, pixels=picture), same_share(original, picture)
    return own, bring(own, original, picture)


def own_share(photo: tuple[Path, Pixels], staged: tuple[Path, Pixels]) -> tuple[float, str] | None:
    """Share (0–1) of a staged file's pixels that are those of the photo's file, and what these are; both given decoded too.

    None where they cannot be compared: another size, colour space or depth.
    """
    one, other = native(*photo), native(*staged)
    alike = (one.pixels.shape, one.bits, one.profile) == (other.pixels.shape, other.bits, other.profile)
    return (same_share(one.pixels, other.pixels), one.told) if alike else None


def same_share(one: Values, other: Values) -> float:
    """Share (0–1) of pixels that are the same in both, which are of one shape."""
    bands = range(0, len(one), ROWS)
    differ = sum(int(_differs(one[top : top + ROWS], other[top : top + ROWS]).sum()) for top in bands)
    return 1 - differ / one[..., 0].size


def bring(own: Native, original: Pixels, picture: Pixels) -> float:
    """Write what differs between a photo's sRGB picture and a staged one of the same size into ``own.pixels``.

    Gives the share (0–1) of pixels that keep every value they had. Elsewhere the new colour is the staged one in the photo's
    space, and what sRGB could not tell of the old one (colours outside of it, finer steps) is kept as far as the old surface
    is still seen, in as much light as there is now: a shadow's edge and a red wall beyond sRGB show no seam.
    """
    bands = range(0, len(original), ROWS)

    def one(top: int) -> int:
        rows = slice(top, top + ROWS)
        return _bring(own, rows, original[rows], picture[rows])

    with ThreadPoolExecutor(max(1, min(4, cv2.getNumThreads()))) as threads:
        return sum(threads.map(one, bands)) / original[..., 0].size


def _bring(own: Native, rows: slice, original: Pixels, picture: Pixels) -> int:
    """One band in place; the number of pixels that are as they were."""
    changed = _differs(original, picture)
    if not changed.any():
        return int(changed.size)
    values = own.pixels[rows]
    before = values[changed]
    after = _Change(original[changed], picture[changed], before).brought(own)
    values[changed] = after
    return int(changed.size - _differs(before, after).sum())


@dataclass(frozen=True)
class _Change:
    """Pixels (n, 3): the photo's and the staged one's in sRGB, and the photo's own values."""

    original: Pixels
    picture: Pixels
    values: Values

    def brought(self, own: Native) -> Values:
        srgb, space = srgb_space(), own.space
        to_own = space.from_space(srgb)
        old, new = (cv2.transform(srgb.linear(one)[None], to_own)[0] for one in (self.original, self.picture))
        brought = space.linear(self.values)
        brought -= old
        brought *= _still_seen(old, new)[:, None]
        brought += new
        return space.encoded(brought, own.bits)


def _still_seen(old: Floats32, new: Floats32) -> Floats32:
    """How much of the old surface's light (n) there is in the new pixel: none where its colour is another."""
    light = np.clip((_sum(new) + LEAST) / (_sum(old) + LEAST), 0, MOST_LIGHT)
    expected = np.maximum(old * light[:, None], 0)
    apart = _most(np.abs(new - expected)) / (_most(np.maximum(new, expected)) + LEAST)
    return np.asarray(light * np.exp(-((apart / ALIKE) ** 2)), np.float32)


# NumPy's own reductions over an axis of three take ten times as long.
def _differs(one: Values, other: Values) -> Mask:
    return np.asarray(functools.reduce(np.logical_or, (one[..., c] != other[..., c] for c in range(3))))


def _sum(plane: Floats32) -> Floats32:
    return np.asarray(plane[:, 0] + plane[:, 1] + plane[:, 2])


def _most(plane: Floats32) -> Floats32:
    return np.asarray(np.maximum(np.maximum(plane[:, 0], plane[:, 1]), plane[:, 2]))
