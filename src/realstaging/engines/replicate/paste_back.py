"""Takes over what a model added, and nothing else: aligned to the photo, compared with it, pasted onto its own pixels.

Models answer smaller, shifted, zoomed and in other light. So the answer is registered to the photo (an affine transform by
enhanced correlation, Evangelidis and Psarakis 2008), its tone fitted where nothing changed, and only regions that changed and
stand on the floor are pasted. What changed higher up was wall, window or ceiling: a little of it is left out, much of it is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from realstaging.engines.replicate.judging import Judged
from realstaging.imaging.decode import Pixels, decode

Floats = NDArray[np.float32]
Mask = NDArray[np.uint8]

# Comparing is done at this long side, in pixels.
WORK: Final = 768


class Limits(msgspec.Struct, frozen=True):
    """What still is the same house. Shares of the picture's sides or area."""

    shift: float = 0.06
    zoom: float = 0.12
    turn: float = 0.05
    likeness: float = 0.88
    """The least correlation of the two, aligned."""
    gain: float = 1.4
    least_change: float = 0.003
    most_change: float = 0.6
    floor_from: float = 0.6
    """Something that ends above this share of the height does not stand on the floor."""
    hanging: float = 0.02
    """As much as this may change up there, and is left out."""
    rising: float = 0.04
    """As much of what stands on the floor may rise into the upper part: lamps, plants and headboards, but no new wall."""
    upper: float = 0.45


class Unlike(Exception):
    """The answer does not show the photo's house; the message is a sentence for a person."""


def paste_back(photo: Path, staged: Path, result: Path, limits: Limits | None = None) -> Judged:
    """Judge and composite. Computes for a second or so at 24 megapixels: call it in a process."""
    limits = limits or Limits()
    original, answer = decode(photo), decode(staged)
    height, width = original.shape[:2]
    scale = min(1.0, WORK / max(height, width))
    size = (max(64, round(width * scale)), max(64, round(height * scale)))
    small, small_answer = (_resized(picture, size) for picture in (original, answer))
    try:
        transform, likeness = _registered(small, small_answer, limits)
        aligned = _warped(small_answer, transform, size, cv2.INTER_LINEAR)
        gains, offsets = _tone(small, aligned, limits)
        inside = _warped(np.full(small.shape[:2], 255, np.uint8), transform, size, cv2.INTER_NEAREST, 0)
        added = _added(small, _toned(aligned, gains, offsets), inside, limits)
    except Unlike as unlike:
        return Judged(passed=False, reason=str(unlike))
    full = _warped(_resized(answer, (width, height)), _scaled(transform, size, (width, height)), (width, height))
    share = _feathered(added, (width, height))
    pasted = _pasted(original, _toned(full, gains, offsets), share)
    Image.fromarray(pasted).save(result, "PNG", compress_level=1)
    untouched = float((pasted == original).all(axis=2).mean())
    return Judged(
        passed=True, width=width, height=height, untouched_share=untouched, confidence=max(0.0, min(1.0, likeness))
    )


# Furniture would pull the registration; the upper part of a room has its corners, windows and doors.
_ABOVE: Final = 0.65
_UNTIL: Final = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)


def _resized(picture: Pixels, size: tuple[int, int]) -> Pixels:
    smaller = size[0] < picture.shape[1]
    return np.asarray(
        cv2.resize(picture, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LANCZOS4), np.uint8
    )


def _warped(
    picture: Pixels,
    transform: Floats,
    size: tuple[int, int],
    how: int = cv2.INTER_LANCZOS4,
    border: int | None = None,
) -> Pixels:
    """The picture drawn into the photo's frame; beyond its own border there is ``border``, or its edge goes on."""
    flags, beyond = how | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
    warped = cv2.warpAffine(picture, transform, size, flags=flags, borderMode=beyond, borderValue=border or 0)
    return np.asarray(warped, np.uint8)


def _registered(photo: Pixels, answer: Pixels, limits: Limits) -> tuple[Floats, float]:
    """The transform from photo to answer coordinates (2 × 3), and the correlation of the two under it (−1 to 1)."""
    grey, grey_answer = (np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.uint8) for one in (photo, answer))
    starts = [*(_zoomed(zoom, photo.shape[:2]) for zoom in (1.0, 0.98, 1.02)), *_by_features(grey, grey_answer)]
    refined = [_refined(grey, grey_answer, start) for start in starts]
    near = [one for one in (*starts, *refined) if one is not None and _is_near(one, photo.shape[:2], limits)]
    if not near:
        raise Unlike("The picture was taken from another place.")
    likeness, place = max((_likeness(grey, grey_answer, one), place) for place, one in enumerate(near))
    if likeness < limits.likeness:
        raise Unlike("The picture shows another room, or the same from another place.")
    return near[place], likeness


def _zoomed(zoom: float, shape: tuple[int, ...]) -> Floats:
    """The transform of a picture drawn larger or smaller about its middle."""
    height, width = shape
    return np.array([[zoom, 0, width * (1 - zoom) / 2], [0, zoom, height * (1 - zoom) / 2]], np.float32)


def _is_near(transform: Floats, shape: tuple[int, ...], limits: Limits) -> bool:
    """Whether somebody would take the two for the same view."""
    height, width = shape
    zoom = max(abs(float(np.hypot(*transform[:, axis])) - 1) for axis in (0, 1))
    shift = np.abs(transform @ np.array([width / 2, height / 2, 1.0]) - (width / 2, height / 2)) / (width, height)
    turn = abs(float(np.arctan2(transform[1, 0], transform[0, 0])))
    return bool(zoom <= limits.zoom and shift.max() <= limits.shift and turn <= limits.turn)


def _likeness(photo: Mask, answer: Mask, transform: Floats) -> float:
    """The correlation of what is above the furniture."""
    height, width = photo.shape
    aligned = _warped(answer, transform, (width, height), cv2.INTER_LINEAR)
    rows = round(_ABOVE * height)
    both = [cv2.GaussianBlur(one, (0, 0), 1.5)[:rows].astype(np.float64).ravel() for one in (photo, aligned)]
    if min(one.std() for one in both) < 1:
        return -1.0
    return float(np.corrcoef(both[0], both[1])[0, 1])


def _by_features(photo: Mask, answer: Mask) -> list[Floats]:
    """A start for what moved far: from corners both pictures share, where there are enough of them."""
    finder = cv2.SIFT.create(2000)
    (points, words), (answer_points, answer_words) = (finder.detectAndCompute(one, None) for one in (photo, answer))
    if words is None or answer_words is None or min(len(points), len(answer_points)) < 12:
        return []
    pairs = cv2.BFMatcher().knnMatch(words, answer_words, k=2)
    good = [first for first, second in pairs if first.distance < 0.75 * second.distance]
    if len(good) < 12:
        return []
    ours = np.array([points[one.queryIdx].pt for one in good], np.float32)
    theirs = np.array([answer_points[one.trainIdx].pt for one in good], np.float32)
    transform, _ = cv2.estimateAffinePartial2D(ours, theirs, ransacReprojThreshold=3.0)
    return [] if transform is None else [transform.astype(np.float32)]


def _refined(photo: Mask, answer: Mask, start: Floats) -> Floats | None:
    """The transform near ``start`` under which the pictures correlate most, from coarse to fine; None where there is none."""
    transform: Any = start.copy()
    for level in (8, 4, 2, 1):
        size = (photo.shape[1] // level, photo.shape[0] // level)
        small = [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (photo, answer)]
        above = np.full(small[0].shape, 255, np.uint8)
        above[round(_ABOVE * above.shape[0]) :] = 0
        transform[:, 2] /= level
        try:
            _, transform = cv2.findTransformECC(small[0], small[1], transform, cv2.MOTION_AFFINE, _UNTIL, above, 5)
        except cv2.error:
            return None
        transform[:, 2] *= level
    return np.asarray(transform, np.float32)


def _tone(photo: Pixels, aligned: Pixels, limits: Limits) -> tuple[Floats, Floats]:
    """Gain and offset of each channel that bring the answer to the photo's light, fitted where the two agree."""
    gains, offsets = np.ones(3, np.float32), np.zeros(3, np.float32)
    for _ in range(3):
        off = np.abs(_toned(aligned, gains, offsets).astype(np.float32) - photo).max(axis=2)
        same = off <= max(8.0, float(np.median(off)) * 1.5)
        for channel in range(3):
            x, y = aligned[..., channel][same].astype(np.float64), photo[..., channel][same].astype(np.float64)
            spread = x.var()
            gain = float(np.cov(x, y, bias=True)[0, 1] / spread) if spread > 1 else 1.0
            gains[channel], offsets[channel] = gain, float(y.mean() - gain * x.mean())
    if gains.max() > limits.gain or gains.min() < 1 / limits.gain:
        raise Unlike("The light or the colours of the room changed.")
    return gains, offsets


def _toned(picture: Pixels, gains: Floats, offsets: Floats) -> Pixels:
    table = np.clip(np.arange(256)[:, None] * gains + offsets, 0, 255).astype(np.uint8)
    return np.dstack([table[picture[..., channel], channel] for channel in range(3)])


def _added(photo: Pixels, aligned: Pixels, inside: Mask, limits: Limits) -> Mask:
    """255 where something stands that did not stand there, as far as the answer shows the place (``inside``)."""
    height, width = photo.shape[:2]
    soft, soft_answer = (cv2.GaussianBlur(one, (0, 0), 1.5).astype(np.float32) for one in (photo, aligned))
    off = np.abs(soft - soft_answer).max(axis=2)
    # The noise of resampling, by its median, and what lies clearly above it.
    changed = ((off > max(14.0, 5.0 * float(np.median(off)))) & (inside > 0)).astype(np.uint8)
    changed = cv2.morphologyEx(changed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    changed = cv2.morphologyEx(changed, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(changed)
    added, hanging = np.zeros((height, width), np.uint8), 0
    for label in range(1, count):
        top, tall, area = (
            boxes[label, cv2.CC_STAT_TOP],
            boxes[label, cv2.CC_STAT_HEIGHT],
            boxes[label, cv2.CC_STAT_AREA],
        )
        if top + tall < limits.floor_from * height:
            hanging += int(area)
        elif area > 0.0004 * height * width:
            added[labels == label] = 255
    rising = np.count_nonzero(added[: round(limits.upper * height)])
    if hanging > limits.hanging * height * width or rising > limits.rising * height * width:
        raise Unlike("A wall, a window or the ceiling changed.")
    share = float((added > 0).mean())
    if share > limits.most_change:
        raise Unlike("Most of the room changed.")
    if share < limits.least_change:
        raise Unlike("Nothing was added.")
    return added


def _scaled(transform: Floats, small: tuple[int, int], full: tuple[int, int]) -> Floats:
    """The transform of small pictures, for large ones (pixel centres at halves)."""
    up = np.diag([full[0] / small[0], full[1] / small[1], 1.0])
    up[:2, 2] = (up[0, 0] - 1) / 2, (up[1, 1] - 1) / 2
    whole = np.vstack([transform, [0, 0, 1]])
    return np.asarray((up @ whole @ np.linalg.inv(up))[:2], np.float32)


def _feathered(added: Mask, size: tuple[int, int]) -> Floats:
    """How much of the answer is taken at each pixel (0–1): its shadows with it, with a soft edge."""
    reach = max(3, round(0.012 * added.shape[1]))
    grown = cv2.dilate(added, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    soft = cv2.GaussianBlur(grown.astype(np.float32) / 255, (0, 0), reach / 3)
    return np.asarray(np.clip(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR) * 1.02 - 0.01, 0, 1), np.float32)


def _pasted(photo: Pixels, answer: Pixels, share: Floats) -> Pixels:
    pasted = photo.copy()
    # In bands: a photo of 24 megapixels as floats would take 290 MB.
    for top in range(0, photo.shape[0], 256):
        band = slice(top, top + 256)
        weight = share[band, :, None]
        mixed = photo[band] * (1 - weight) + answer[band] * weight
        pasted[band] = np.where(weight > 0, np.round(mixed), photo[band]).astype(np.uint8)
    return pasted
