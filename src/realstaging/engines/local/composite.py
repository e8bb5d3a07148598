"""Photo and rendering to one picture. What furniture and its shadow do not touch stays byte for byte the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.light import LUMINANCE, Floats32, to_linear, to_srgb
from realstaging.engines.local.room.reading import Face, OpeningKind, RoomReading
from realstaging.engines.local.scene import Crop

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


@dataclass(frozen=True)
class Composite:
    """The result."""

    pixels: NDArray[np.uint8]
    untouched_share: float
    """Share of pixels (0-1) byte-identical to the photo."""


def composite(
    photo: NDArray[np.uint8], furniture: Floats32, shade: Floats32, crop: Crop, reading: RoomReading, seed: int = 0
) -> Composite:
    """Lay furniture (h, w, 4; premultiplied, linear) and its shade (h, w, 3; factors) over a photo's crop.

    ``photo * shade * (1 - alpha) + furniture`` (Porter and Duff 1984; differential rendering of Debevec 1998 as a ratio).
    """
    x0, y0, x1, y1 = crop
    below = photo[y0:y1, x0:x1]
    kept = 1.0 - _in_front(reading, crop)
    furniture = np.asarray(furniture * kept[..., None], np.float32)
    alpha = np.clip(furniture[..., 3:], 0.0, 1.0)
    linear = to_linear(below)
    ceiling = _enlarged(reading.labels == Face.CEILING, reading, crop) > 0.5
    far_off = ceiling | _views(reading, crop)
    shade = _local(shade, alpha[..., 0], photo.shape[1], far_off) ** kept[..., None]
    gain = exposure(linear, furniture, _enlarged(reading.labels != Face.FLOOR, reading, crop) > 0.5)
    lit = _shoulder(furniture[..., :3] * gain)
    mixed = to_srgb(np.asarray(linear * shade * (1 - alpha) + lit, np.float32))
    mixed = mixed + alpha * _grain(below, seed)
    touched = (alpha[..., 0] > 1 / 512) | (np.abs(shade - 1).max(axis=-1) > 1 / 512)
    result = photo.copy()
    changed = np.clip(mixed * 255 + 0.5, 0, 255).astype(np.uint8)
    result[y0:y1, x0:x1] = np.where(touched[..., None], changed, below)
    return Composite(result, float((result == photo).all(axis=-1).mean()))


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


def _local(shade: Floats32, alpha: Floats32, width: int, far_off: NDArray[np.bool_]) -> Floats32:
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


def _views(reading: RoomReading, crop: Crop) -> NDArray[np.bool_]:
    """Where the photo looks out of the room (h, w): no furniture shades what is beyond a window or a doorway."""
    x0, y0, x1, y1 = crop
    mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
    for opening in reading.openings:
        if opening.kind in {OpeningKind.WINDOW, OpeningKind.DOORWAY}:
            t, z = np.array([(opening.t0, 0), (opening.t1, 0), (opening.t1, 1), (opening.t0, 1)]).T
            corners = reading.box.wall_point(opening.wall, t, opening.z0 + z * (opening.z1 - opening.z0))
            pixels = reading.project(corners) - (x0, y0)
            if not np.isnan(pixels).any():
                cv2.fillPoly(mask, [np.clip(pixels, -1e4, 1e4).astype(np.int32)], 1)
    return mask.astype(bool)


def _in_front(reading: RoomReading, crop: Crop) -> Floats32:
    """Where existing objects stand before the furniture (h, w), 0-1."""
    if not reading.occluders.any():
        x0, y0, x1, y1 = crop
        return np.zeros((y1 - y0, x1 - x0), np.float32)
    return _enlarged(reading.occluders, reading, crop)


def _enlarged(mask: NDArray[np.bool_], reading: RoomReading, crop: Crop) -> Floats32:
    """A working-scale mask as a soft one (h, w; 0-1) of the crop's size."""
    x0, y0, x1, y1 = crop
    whole = cv2.resize(mask.astype(np.float32), (reading.width, reading.height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole[y0:y1, x0:x1], np.float32)


def _shoulder(linear: Floats32) -> Floats32:
    """Soft roll-off towards white, as a camera's tone curve has it."""
    over = np.clip(linear - SHOULDER, 0, None) / (1 - SHOULDER)
    return np.asarray(np.where(linear <= SHOULDER, linear, SHOULDER + (1 - SHOULDER) * (1 - np.exp(-over))), np.float32)


def _grain(photo: NDArray[np.uint8], seed: int) -> Floats32:
    """Noise (h, w, 1) as strong as the photo's own (Immerkaer 1996: median of the Laplacian over its norm)."""
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    sigma = float(np.median(np.abs(cv2.Laplacian(grey, cv2.CV_32F)))) / 0.6745 / np.sqrt(20) / 255
    noise = np.random.default_rng(seed).standard_normal((*photo.shape[:2], 1), np.float32)
    return np.asarray(noise * min(sigma, MOST_GRAIN), np.float32)
