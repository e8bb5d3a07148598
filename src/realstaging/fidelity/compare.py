"""What differs, pixel by pixel at working size, once the staged picture lies on the original in the original's tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from realstaging.fidelity import tone as toning
from realstaging.fidelity.picture import (
    Mask,
    Pixels,
    Plane,
    apart,
    blurred,
    closed,
    grey,
    grown,
    lab,
    opened,
    resized,
    scaling,
    working_size,
)
from realstaging.fidelity.register import matrix_of
from realstaging.fidelity.report import Registration, Tone

# ΔE (CIE76) from which a pixel counts as changed; JPEG at quality 80 and resampling stay below 5 off edges.
COLOUR_CHANGE: Final = 7.0
# Correlation of 15-pixel windows below which structure counts as changed, where there is structure.
CORRELATION: Final = 0.35
TEXTURE: Final = 40.0
EDGE: Final = 3.2
# An edge of the original from which a stronger one at the same place is no new one.
FAINT_EDGE: Final = 1.1
# The same between equally painted walls, and how long (working pixels) such an edge must be to be one.
CORNER_EDGE: Final = 0.5
LEAST_CORNER: Final = 14
# Changes of a*b* below this are light on the same surface.
SHADE_CHROMA: Final = 5.0


@dataclass(frozen=True)
class Difference:
    """Planes of one working size. ``original`` and ``staged`` are CIELAB, the latter in the original's tone."""

    picture: Pixels
    """The staged picture, as it came, on the original."""
    original: Plane
    staged: Plane
    seen: Mask
    """Where the staged picture shows this part of the original."""
    delta: Plane
    """ΔE, tolerant of one pixel of misalignment."""
    differs: Mask
    """Where the two differ, pixel by pixel."""
    changed: Mask
    """The same without specks and pinholes."""
    shaded: Mask
    """Changed in lightness only: the surface's colour and texture are still there."""
    edges: Mask
    staged_edges: Mask
    new_edges: Mask
    lost_edges: Mask
    outlines: Mask
    """New edges too weak to be told alone: a thing of the wall's colour has some, a wall has none."""
    corners: Mask
    """The original's edges, the weak and long ones too: where equally painted walls meet."""
    tone: Tone


def compare(original: Pixels, staged: Pixels, registration: Registration) -> Difference:
    """Both pictures at full size, of any sizes; the planes are of the original's working size."""
    here, there, seen = aligned(original, staged, registration)
    correlation, texture, staged_texture = _structure(here, there)
    alike = seen & ((correlation > 0.5) | ((texture < 8) & (staged_texture < 8)))
    lab_here, lab_there = blurred(lab(here), 1.0), blurred(lab(there), 1.0)
    tone = toning.fit(lab_here, lab_there, alike)
    lab_there = toning.matched(lab_there, tone)
    delta = _tolerant_delta(lab_here, lab_there)
    restructured = (correlation < CORRELATION) & ((texture > TEXTURE) | (staged_texture > TEXTURE)) & (delta > 3)
    differs = seen & ((delta > COLOUR_CHANGE) | restructured)
    changed = opened(closed(differs, 2), 2)
    chroma = np.hypot(*np.moveaxis(blurred(lab_here - lab_there, 2.0)[..., 1:], 2, 0))
    same_surface = (correlation > 0.55) | ((texture < 12) & (staged_texture < 12))
    strong, staged_strong = _edges(lab_here), _edges(lab_there)
    fresh = staged_strong & ~grown(_edges(lab_here, FAINT_EDGE), 3)
    lost = strong & ~grown(_edges(lab_there, EDGE * 0.5), 3)
    # A shadow neither makes edges nor takes them away.
    shaded = opened(changed & (chroma < SHADE_CHROMA) & same_surface & ~grown(fresh, 2) & ~grown(lost, 3), 1)
    return Difference(
        picture=there,
        original=lab_here,
        staged=lab_there,
        seen=seen,
        delta=delta,
        differs=seen & (delta > COLOUR_CHANGE),
        changed=changed,
        shaded=shaded,
        edges=strong & seen,
        staged_edges=staged_strong & seen,
        new_edges=fresh & seen,
        lost_edges=lost & seen,
        outlines=_long(_edges(lab_there, FAINT_EDGE) & ~grown(_edges(lab_here, FAINT_EDGE / 2), 3)) & seen,
        corners=_long(_edges(lab_here, CORNER_EDGE)),
        tone=tone,
    )


def aligned(original: Pixels, staged: Pixels, registration: Registration) -> tuple[Pixels, Pixels, Mask]:
    """The original and the staged picture on it, both at the original's working size, and where the second is seen."""
    size, staged_size = (original.shape[1], original.shape[0]), (staged.shape[1], staged.shape[0])
    small, small_staged = working_size(*size), working_size(*staged_size)
    matrix = scaling(size, small) @ matrix_of(registration) @ scaling(small_staged, staged_size)
    here, there = resized(original, small), resized(staged, small_staged)
    whole = np.full(there.shape[:2], 255, np.uint8)
    warped = cv2.warpPerspective(there, matrix, small, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpPerspective(whole, matrix, small, flags=cv2.INTER_LINEAR) > 250
    return here, np.asarray(warped), np.asarray(seen)


def _structure(here: Pixels, there: Pixels) -> tuple[Plane, Plane, Plane]:
    """Correlation of 15-pixel windows of the two greys, and their variances."""
    a, b = blurred(grey(here).astype(np.float32), 0.8), blurred(grey(there).astype(np.float32), 0.8)

    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (15, 15)), dtype=np.float32)

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b = np.maximum(mean(a * a) - mean_a**2, 0), np.maximum(mean(b * b) - mean_b**2, 0)
    correlation = (mean(a * b) - mean_a * mean_b) / np.sqrt((var_a + 4) * (var_b + 4))
    return correlation, var_a, var_b


def _tolerant_delta(here: Plane, there: Plane) -> Plane:
    """ΔE to the nearest colour within the 3 x 3 neighbourhood's range, either way round, whichever is smaller."""
    return np.asarray(np.minimum(_outside(here, there), _outside(there, here)), dtype=np.float32)


def _outside(plane: Plane, ranged: Plane) -> Plane:
    square = np.ones((3, 3), np.uint8)
    low, high = cv2.erode(ranged, square), cv2.dilate(ranged, square)
    return apart(np.maximum(np.maximum(low - plane, plane - high), 0), 0.0)


def _edges(plane: Plane, least: float = EDGE) -> Mask:
    """Where L*, a* or b* changes by more than ``least`` a pixel (Sobel, scaled to units a pixel)."""
    x, y = cv2.Sobel(plane, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(plane, cv2.CV_32F, 0, 1) / 8
    return np.asarray(np.einsum("...c,...c->...", x, x) + np.einsum("...c,...c->...", y, y) > least**2)


def _long(edges: Mask) -> Mask:
    """Without specks."""
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(edges.astype(np.uint8))
    long = np.hypot(statistics[:, cv2.CC_STAT_WIDTH], statistics[:, cv2.CC_STAT_HEIGHT]) > LEAST_CORNER
    long[0] = False
    return np.asarray(long[labels])
