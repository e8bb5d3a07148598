"""The staged furniture on the untouched original, at the original's size, tile by tile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import aligned
from realstaging.fidelity.picture import Mask, Pixels, Plane, blurred, closed, grown, lab, opened, scaling
from realstaging.fidelity.register import matrix_of
from realstaging.fidelity.report import Registration, Tone
from realstaging.fidelity.tone import matched

TILE: Final = 512
# How far (working pixels) an object's mask is widened before its edge is softened and fitted to the picture's edges.
REACH: Final = 2
# Gaps up to twice as wide (working pixels) are closed where the original has less detail than this (grey levels).
GAP: Final = 18
SMOOTH: Final = 1.2
SEAM: Final = 12.0
MOST_OFFSET: Final = 14.0
# From this enlargement of the staged picture on it is sharpened first, and by how much.
ENLARGED: Final = 1.2
SHARPENING: Final = 0.8
LEAST_SHADE, MOST_SHADE = 0.25, 2.0


@dataclass(frozen=True)
class Layers:
    """What goes onto the original, at working size.

    ``over``: the offset of the staged colours (three planes) and their cover. ``gain``: what the original is multiplied by.
    """

    over: Plane
    gain: Plane


def composite(
    original: Pixels,
    staged: Pixels,
    registration: Registration,
    tone: Tone,
    objects: Mask,
    shading: Mask,
    refused: Mask,
) -> Pixels:
    """The original with the objects of the staged picture on it and its shading applied to the original's own pixels.

    ``objects``, ``shading`` and ``refused`` (stays the original's) are of the working size. Where neither of the first two is
    near, every byte is the original's.
    """
    if not (objects.any() or shading.any()):
        return original.copy()
    here, there, seen = aligned(original, staged, registration)
    layers = _layers(here, _toned(there, tone), objects, shading & seen, seen & ~refused)
    height, width = original.shape[:2]
    to_small = scaling((width, height), (here.shape[1], here.shape[0]))
    inverse = np.linalg.inv(matrix_of(registration))
    enlarged = (height * width / (staged.shape[0] * staged.shape[1])) ** 0.5
    source = _sharpened(_toned(staged, tone)) if enlarged > ENLARGED else _toned(staged, tone)
    result = original.copy()

    def paint(corner: tuple[int, int]) -> None:
        top, left = corner
        size = (min(TILE, width - left), min(TILE, height - top))
        place = np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], dtype=np.float64)
        window = result[top : top + size[1], left : left + size[0]]
        near = _footprint(to_small @ place, size, layers.gain.shape)
        if (layers.gain[near] != 1).any():
            _shade(window, _cut(layers.gain, to_small @ place, size))
        if layers.over[near][..., 3].any():
            sampling = cv2.INTER_LANCZOS4 if enlarged > 1 else cv2.INTER_LINEAR
            _cover(window, _sampled(source, inverse @ place, size, sampling), _cut(layers.over, to_small @ place, size))

    corners = [(top, left) for top in range(0, height, TILE) for left in range(0, width, TILE)]
    with ThreadPoolExecutor(max(1, min(4, cv2.getNumThreads()))) as threads:
        list(threads.map(paint, corners))
    return result


def _layers(here: Pixels, there: Pixels, objects: Mask, shading: Mask, seen: Mask) -> Layers:
    objects = _whole(objects, here) & seen
    alpha = _alpha(objects, there) * seen
    offset = _seam_offset(here, there, objects)
    return Layers(np.dstack([offset, alpha]).astype(np.float32), _shade_gain(here, there, shading, objects))


def _whole(objects: Mask, here: Pixels) -> Mask:
    """The objects with the gaps in them and between them closed where the original is smooth wall.

    There a side of the object may have had the wall's colour, so that it was not found. Where the original has detail it stays.
    """
    grey = cv2.cvtColor(here, cv2.COLOR_RGB2GRAY).astype(np.float32)
    smooth = blurred(np.abs(grey - blurred(grey, 2.0)), 2.0) < SMOOTH
    objects = closed(objects, 4)
    gaps = closed(np.pad(objects, GAP), GAP)[GAP:-GAP, GAP:-GAP] & ~objects & smooth
    return objects | opened(gaps, 2)


def _shade(window: Pixels, gain: Plane) -> None:
    """One tile in place; bytes stay where the light does."""
    lit = cv2.multiply(window, gain, dtype=cv2.CV_8U)
    np.copyto(window, lit, where=(np.abs(gain - 1) > 1 / 255).any(axis=2, keepdims=True))


def _cover(window: Pixels, furniture: Pixels, over: Plane) -> None:
    """One tile in place: furniture, its colours moved to meet the original's at the seam; bytes stay where nothing covers."""
    cover = np.ascontiguousarray(over[..., 3])
    ground = window.astype(np.float32)
    mixed = ground + (furniture + over[..., :3] - ground) * cover[..., None]
    np.copyto(window, cv2.convertScaleAbs(np.maximum(mixed, 0)), where=(cover > 1 / 255)[..., None])


def _sharpened(pixels: Pixels) -> Pixels:
    """Detail raised as enlarging will lower it, within the range of each pixel's neighbours, so that edges get no halos."""
    square = np.ones((3, 3), np.uint8)
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.0)
    raised = cv2.addWeighted(pixels, 1 + SHARPENING, soft, -SHARPENING, 0)
    return np.asarray(np.clip(raised, cv2.erode(pixels, square), cv2.dilate(pixels, square)), dtype=np.uint8)


def _footprint(place: NDArray[np.float64], size: tuple[int, int], shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The part of a working-size plane that a tile is enlarged from, with two pixels around it."""
    left, top = place[0, 2] - 2, place[1, 2] - 2
    right, bottom = left + 4 + place[0, 0] * size[0], top + 4 + place[1, 1] * size[1]
    rows = slice(max(0, int(top)), min(shape[0], int(bottom) + 1))
    return rows, slice(max(0, int(left)), min(shape[1], int(right) + 1))


def _sampled(staged: Pixels, place: NDArray[np.float64], size: tuple[int, int], sampling: int) -> Pixels:
    flags = sampling | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(staged, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _toned(pixels: Pixels, tone: Tone) -> Pixels:
    rgb = cv2.cvtColor(matched(lab(pixels), tone), cv2.COLOR_LAB2RGB)
    return np.asarray(np.clip(rgb * 255 + 0.5, 0, 255)).astype(np.uint8)


def _alpha(objects: Mask, staged: Pixels) -> Plane:
    """The objects' cover, its soft edge drawn to the picture's own edges (guided filter, He et al. 2010)."""
    wide = grown(objects, REACH)
    guided = cv2.ximgproc.guidedFilter(staged, wide.astype(np.float32), 4, 60.0)
    cover = np.clip((guided - 0.15) / 0.6, 0, 1)
    cover[objects & ~grown(~objects, 2)] = 1
    return np.asarray(cover * grown(objects, REACH + 2), dtype=np.float32)


def _seam_offset(here: Pixels, there: Pixels, objects: Mask) -> Plane:
    """What the staged picture lacks at the seam to meet the original, fading inwards (a membrane, after Perez et al. 2003)."""
    ring = grown(objects, 8) & ~grown(objects, 2)
    difference = here.astype(np.float32) - there.astype(np.float32)
    ring &= np.abs(difference).max(2) < 2 * MOST_OFFSET
    weight = blurred(ring.astype(np.float32), SEAM)
    mean = blurred(difference * ring[..., None].astype(np.float32), SEAM) / np.maximum(weight, 1e-3)[..., None]
    inside = cv2.distanceTransform(grown(objects, REACH).astype(np.uint8), cv2.DIST_L2, 3)
    fade = np.exp(-inside / SEAM)[..., None]
    return np.asarray(np.clip(mean, -MOST_OFFSET, MOST_OFFSET) * fade, dtype=np.float32)


def _shade_gain(here: Pixels, there: Pixels, shading: Mask, objects: Mask) -> Plane:
    """What the original's pixels are multiplied by: the staged picture's light over the original's, smooth, 1 outside."""
    ratio = (blurred(there.astype(np.float32), 2.5) + 4) / (blurred(here.astype(np.float32), 2.5) + 4)
    # Next to furniture the ratio is the furniture's own colour: take it from the shaded side only.
    usable = (shading & ~grown(objects, 3)).astype(np.float32)
    near = blurred(usable, 4.0)
    spread = (
        blurred(np.clip(ratio, LEAST_SHADE, MOST_SHADE) * usable[..., None], 4.0) / np.maximum(near, 1e-3)[..., None]
    )
    ratio = np.where((usable > 0)[..., None], np.clip(ratio, LEAST_SHADE, MOST_SHADE), spread)
    reach = grown(shading, 3)
    soft = blurred((reach & (near > 1e-3)).astype(np.float32), 2.0) * grown(reach, 5)
    return np.asarray(1 + (ratio - 1) * soft[..., None], dtype=np.float32)


def _cut(plane: Plane, place: NDArray[np.float64], size: tuple[int, int]) -> Plane:
    """A tile of a working-size plane, enlarged smoothly."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(plane, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))
