"""Photo and rendering to one picture. What furniture and its shadow do not touch stays byte for byte the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.light import LUMINANCE, Floats32, to_linear, to_srgb
from realstaging.engines.local.room.reading import Face, OpeningKind, RoomReading
from realstaging.engines.local.scene import Crop
from realstaging.fidelity.own_pixels import same_share

NEAR: Final = 0.025
"""Share of the picture's width within which furniture may shade the room at full strength."""
FADE: Final = 0.025
"""Share of the width over which the shade then fades out."""
FAINTEST: Final = 0.055
"""Shade weaker than this is left out: nobody sees it, and the photo stays itself."""
BOUNCE: Final = 0.3
"""How much of the light that furniture throws back is kept: bright halos give a montage away."""
SHOULDER: Final = 0.66
BRIGHT_CLOTH: Final = 0.74
"""Radiance of the brightest cloth as a share of the photo's bright paint: light linen reflects 0.6 where paint reflects 0.8."""
LEAST_GAIN, MOST_GAIN = 0.6, 1.4
CONTACT: Final = 1.3
"""Exponent on shade that darkens: the denoised, reduced rendering washes out the darkest line under furniture."""
MOST_GRAIN: Final = 0.012
ROWS: Final = 256
"""Rows composited at a time."""
MOST_MEASURED: Final = 24_000_000
"""Pixels: more would take a gigabyte to measure, and tell the same."""
RENDERED_BLUR: Final = 0.5
MEASURED_BLUR: Final = 0.84
"""What the Sobel filter itself adds: the figure that an ideal step gives."""
STEEP: Final = 60.0
"""Sobel units (eight times grey levels per pixel) from which an edge may tell of the lens."""
LEAST_BLUR, MOST_BLUR = 0.3, 2.0
"""Pixels: less is not seen, more is a photo out of focus."""


@dataclass(frozen=True)
class Composite:
    """The result."""

    pixels: NDArray[np.uint8]
    untouched_share: float
    """Share of pixels (0-1) byte-identical to the photo."""


def composite(
    photo: NDArray[np.uint8], furniture: Floats32, shade: Floats32, crop: Crop, reading: RoomReading, seed: int = 0
) -> Composite:
    """Lay furniture (h, w, 4; premultiplied, linear) and its shade (h', w', 3; factors) over a photo's crop.

    ``photo * shade * (1 - alpha) + furniture`` (Porter and Duff 1984; differential rendering of Debevec 1998 as a ratio).
    Either may be smaller than the crop. Everything is decided at working scale and done in bands of rows, so that memory is
    that of the photo and a little more.
    """
    x0, y0, x1, y1 = crop
    size, below = (x1 - x0, y1 - y0), photo[y0:y1, x0:x1]
    room = _Room.of(reading, crop)
    kept = 1.0 - room.in_front
    alpha = np.clip(_resized(furniture[..., 3], room.size), 0.0, 1.0) * kept
    local = _local(_resized(shade, room.size), alpha, photo.shape[1] * reading.working_scale, room.far_off)
    local = np.asarray(local ** kept[..., None], np.float32)
    small = to_linear(np.asarray(_resized(below, room.size), np.uint8))
    gain = exposure(small, _resized(furniture, room.size) * kept[..., None], room.not_floor)
    softness = lens_blur(_middle(below), size[0] / furniture.shape[1])
    noise = _noise(_middle(below))
    result = photo.copy()
    for first in range(0, size[1], ROWS):
        last = min(first + ROWS, size[1])
        layer = _rows(furniture, size, first, last, softness) * _rows(kept, size, first, last)[..., None]
        lit, cover = _shoulder(layer[..., :3] * gain), np.clip(layer[..., 3:], 0.0, 1.0)
        factor = _rows(local, size, first, last)
        touched = (cover[..., 0] > 1 / 512) | (np.abs(factor - 1).max(axis=-1) > 1 / 512)
        if touched.any():
            part = below[first:last]
            mixed = to_srgb(np.asarray(to_linear(part) * factor * (1 - cover) + lit, np.float32))
            mixed += cover * _grain(noise, cover.shape, (seed, first))
            changed = np.clip(mixed * 255 + 0.5, 0, 255).astype(np.uint8)
            result[y0 + first : y0 + last, x0:x1] = np.where(touched[..., None], changed, part)
    return Composite(result, same_share(result, photo))


@dataclass(frozen=True)
class _Room:
    """What the reading says of a crop, at working scale."""

    size: tuple[int, int]
    in_front: Floats32
    """Where existing objects stand before the furniture, 0-1."""
    far_off: NDArray[np.bool_]
    """Ceiling, and what lies beyond windows and doorways: no furniture shades it."""
    not_floor: NDArray[np.bool_]

    @classmethod
    def of(cls, reading: RoomReading, crop: Crop) -> _Room:
        scale = reading.working_scale
        x0, y0, x1, y1 = crop
        size = max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale))

        def cut(mask: NDArray[np.bool_]) -> Floats32:
            place = np.array([[1.0, 0.0, (x0 + 0.5) * scale - 0.5], [0.0, 1.0, (y0 + 0.5) * scale - 0.5]])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            mask32 = mask.astype(np.float32)
            return np.asarray(cv2.warpAffine(mask32, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))

        ceiling = cut(reading.labels == Face.CEILING) > 0
        views = cut(_views(reading)) > 0
        # One working pixel more: what is enlarged from here must not reach into them.
        far_off = cv2.dilate((ceiling | views).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        return cls(size, cut(reading.occluders), far_off, cut(reading.labels != Face.FLOOR) > 0.5)


def _middle(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The part of a large picture that is enough to measure its lens and its noise by."""
    share = min(1.0, (MOST_MEASURED / photo[..., 0].size) ** 0.5)
    height, width = (round(side * share) for side in photo.shape[:2])
    top, left = (photo.shape[0] - height) // 2, (photo.shape[1] - width) // 2
    return photo[top : top + height, left : left + width]


def lens_blur(photo: NDArray[np.uint8], enlarged: float) -> float:
    """Standard deviation (pixels) by which furniture must be blurred to be as sharp as the photo around it.

    The photo's own from its sharper edges: how much a further blur of one pixel flattens them (Zhuo and Sim 2011). A rendering
    has half a pixel of its own, more where it is ``enlarged``.
    """
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    steep, flattened = (
        np.hypot(cv2.Sobel(g, cv2.CV_32F, 1, 0), cv2.Sobel(g, cv2.CV_32F, 0, 1))
        for g in (grey, cv2.GaussianBlur(grey, (0, 0), 1.0))
    )
    edges = steep > max(STEEP, 0.6 * float(np.percentile(steep[::3, ::3], 99.5)))
    if edges.sum() < 200:
        return 0.0
    ratio = float(np.percentile(steep[edges] / np.maximum(flattened[edges], 1e-3), 75))
    variance = 1 / max(ratio**2 - 1, 0.05) - MEASURED_BLUR**2
    return float(np.clip(np.sqrt(max(variance - (RENDERED_BLUR * enlarged) ** 2, 0.0)), 0.0, MOST_BLUR))


def _rows(plane: Floats32, size: tuple[int, int], first: int, last: int, blur: float = 0.0) -> Floats32:
    """Rows of a plane enlarged to ``size`` (width, height), blurred by ``blur`` pixels."""
    reach = int(np.ceil(3 * blur))
    low, high = max(first - reach, 0), min(last + reach, size[1])
    across, down = plane.shape[1] / size[0], plane.shape[0] / size[1]
    place = np.array([[across, 0, across / 2 - 0.5], [0, down, (low + 0.5) * down - 0.5]])
    flags = (cv2.INTER_CUBIC if plane.ndim == 3 and plane.shape[2] == 4 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
    rows = cv2.warpAffine(plane, place, (size[0], high - low), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    if blur > LEAST_BLUR:
        rows = cv2.GaussianBlur(rows, (0, 0), blur)
    return np.maximum(np.asarray(rows[first - low : last - low], np.float32), 0.0)


def _resized(plane: Any, size: tuple[int, int]) -> Any:
    """A picture or plane at working scale."""
    shrinks = size[0] < plane.shape[1]
    return cv2.resize(plane, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)


def exposure(linear: Floats32, furniture: Floats32, not_floor: NDArray[np.bool_]) -> float:
    """Factor for the furniture, so that its brightest cloth is a little darker than the photo's bright paint."""
    paint = (linear @ LUMINANCE)[not_floor]
    paint = paint[(paint < 0.97) & (paint > 0.02)]
    solid = furniture[..., 3] > 0.95
    if len(paint) < 500 or solid.sum() < 500:
        return 1.0
    brightest = float(np.percentile((furniture[..., :3] @ LUMINANCE)[solid], 92))
    white = float(np.percentile(paint, 85))
    return float(np.clip(BRIGHT_CLOTH * white / max(brightest, 1e-3), LEAST_GAIN, MOST_GAIN))


def _local(shade: Floats32, alpha: Floats32, width: float, far_off: NDArray[np.bool_]) -> Floats32:
    """The shade near furniture alone. The photo's exposure absorbs what furniture does to the room as a whole."""
    apart = cv2.distanceTransform((alpha < 0.02).astype(np.uint8), cv2.DIST_L2, 5) / width
    if not (alpha >= 0.02).any():
        return np.ones_like(shade)
    far = apart > NEAR + FADE
    offset = np.clip(np.median(shade[far], axis=0), 0.8, 1.2) if far.mean() > 0.05 else np.ones(3)
    change = np.clip(shade / offset, 0.03, 1.5) - 1
    # Colour bleeding is half believed: the floor's own colour is already in the photo.
    change = 0.4 * change + 0.6 * (change @ LUMINANCE)[..., None]
    change = np.where(change > 0, change * BOUNCE, change)
    strength = np.clip((np.abs(change).max(axis=-1) - FAINTEST) / FAINTEST, 0, 1)
    reach = np.exp(-((np.clip(apart - NEAR, 0, None) / FADE) ** 2) * 2)
    weight = strength * reach
    weight[(weight < 0.04) | far_off] = 0
    local = 1 + change * weight[..., None]
    return np.asarray(np.where(local < 1, local**CONTACT, local), np.float32)


def _views(reading: RoomReading) -> NDArray[np.bool_]:
    """Where the photo looks out of the room, at working scale."""
    mask = np.zeros(reading.labels.shape, np.uint8)
    for opening in reading.openings:
        if opening.kind in {OpeningKind.WINDOW, OpeningKind.DOORWAY}:
            t, z = np.array([(opening.t0, 0), (opening.t1, 0), (opening.t1, 1), (opening.t0, 1)]).T
            corners = reading.box.wall_point(opening.wall, t, opening.z0 + z * (opening.z1 - opening.z0))
            pixels = reading.project(corners) * reading.working_scale
            if not np.isnan(pixels).any():
                cv2.fillPoly(mask, [np.clip(pixels, -1e4, 1e4).astype(np.int32)], 1)
    return mask.astype(bool)


def _shoulder(linear: Floats32) -> Floats32:
    """Soft roll-off towards white, as a camera's tone curve has it."""
    over = np.clip(linear - SHOULDER, 0, None) / (1 - SHOULDER)
    return np.asarray(np.where(linear <= SHOULDER, linear, SHOULDER + (1 - SHOULDER) * (1 - np.exp(-over))), np.float32)


def _noise(photo: NDArray[np.uint8]) -> float:
    """Standard deviation of the photo's own noise, 0-1 (Immerkaer 1996: median of the Laplacian over its norm)."""
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    sigma = float(np.median(np.abs(cv2.Laplacian(grey, cv2.CV_32F)))) / 0.6745 / np.sqrt(20) / 255
    return float(min(sigma, MOST_GRAIN))


def _grain(noise: float, shape: tuple[int, ...], seed: tuple[int, int]) -> Floats32:
    return np.asarray(np.random.default_rng(seed).standard_normal(shape, np.float32) * noise, np.float32)
