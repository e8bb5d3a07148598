"""The staged furniture on the untouched original, at the original's size, tile by tile."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import aligned
from realstaging.fidelity.picture import Mask, Pixels, Plane, blurred, grown, lab, scaling
from realstaging.fidelity.register import matrix_of
from realstaging.fidelity.report import Registration, Tone
from realstaging.fidelity.tone import matched

TILE: Final = 512
# How far (working pixels) an object's mask is widened before its edge is softened and fitted to the picture's edges.
REACH: Final = 2
SEAM: Final = 12.0
MOST_OFFSET: Final = 14.0
LEAST_SHADE, MOST_SHADE = 0.25, 2.0


def composite(
    original: Pixels, staged: Pixels, registration: Registration, tone: Tone, objects: Mask, shading: Mask
) -> Pixels:
    """The original with the objects of the staged picture on it and its shading applied to the original's own pixels.

    ``objects`` and ``shading`` are of the working size. Where both are False, with a seam of a few working pixels, every byte is
    the original's.
    """
    if not (objects.any() or shading.any()):
        return original.copy()
    here, there, seen = aligned(original, staged, registration)
    there = _toned(there, tone)
    objects, shading = objects & seen, shading & seen
    alpha = _alpha(objects, there) * seen
    offset = _seam_offset(here, there, objects)
    gain = _shade_gain(here, there, shading, objects)
    result = original.copy()
    height, width = original.shape[:2]
    small = (here.shape[1], here.shape[0])
    to_small = scaling((width, height), small)
    inverse = np.linalg.inv(matrix_of(registration))
    enlarges = staged.shape[0] * staged.shape[1] < height * width
    sampling = cv2.INTER_LANCZOS4 if enlarges else cv2.INTER_LINEAR
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            size = (min(TILE, width - left), min(TILE, height - top))
            place = np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], dtype=np.float64)
            here_and_near = _footprint(to_small @ place, size, alpha.shape)
            if alpha[here_and_near].any() or (gain[here_and_near] != 1).any():
                window = result[top : top + size[1], left : left + size[0]]
                cover, shade = _cut(alpha, to_small @ place, size), _cut(gain, to_small @ place, size)
                tile = _sampled(staged, inverse @ place, size, sampling)
                _paint(window, tile, tone, cover, shade, _cut(offset, to_small @ place, size))
    return result


def _paint(window: Pixels, staged: Pixels, tone: Tone, cover: Plane, shade: Plane, offset: Plane) -> None:
    """One tile in place: shading on the original's pixels, furniture over it."""
    shaded = np.abs(shade - 1).max(2) > 1 / 255
    window[shaded] = np.clip(window[shaded] * shade[shaded] + 0.5, 0, 255).astype(np.uint8)
    covered = cover > 1 / 255
    if covered.any():
        furniture = _toned(staged[covered][None], tone)[0] + offset[covered]
        ground = window[covered].astype(np.float32)
        mixed = ground + (furniture - ground) * cover[covered][:, None]
        window[covered] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


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
