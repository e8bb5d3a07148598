"""A surface's own colour, which shades off slowly, and what on it is of another colour."""

from __future__ import annotations

import numpy as np

from realstaging.engines.local.room.picture import Image32
from realstaging.engines.local.room.reading import Floats, Mask

LEAST_SPREAD = (4.0, 2.0, 2.5)
"""L*, a*, b*: noise and compression of plain paint."""
SAME_TINT = 9.0
"""Distance in a*, b* within which a lighter or darker patch is the surface itself, in the sun or in shadow."""
LIGHTER = 4.0
"""L* from the surface's own that is more than its shading."""
DARKEST_SHADE = 0.4
"""Share of the surface's own L* below which no shadow in a lit room is."""
MOST_SAMPLES = 12000
START = np.array([14.0, 8.0, 8.0])
"""L*, a*, b* around the commonest colour that the fit starts from."""


def unlike_surface(lab: Image32, on_surface: Mask, spreads: float = 2.6) -> Image32:
    """How unlike (0-1) the surface's own colour each of its pixels is; ``lab`` (H, W, 3), 0 off the surface.

    The colour is a quadratic in the place, fitted robustly (iteratively reweighted least squares). A surface with texture
    (brick, boards) varies of itself: distances are in units of that spread.
    """
    unlike = np.zeros(on_surface.shape, np.float32)
    if not on_surface.any():
        return unlike
    rows, columns = on_surface.shape
    y, x = np.mgrid[0:rows, 0:columns] / max(rows, columns)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)[on_surface]
    colours = lab[on_surface].astype(float)
    stride = max(1, len(colours) // MOST_SAMPLES)
    some_terms, some_colours = terms[::stride], colours[::stride]
    # The commonest colour starts the fit: half a wall may be a chimney or a kitchen.
    trust = np.exp(-(((some_colours - _commonest(some_colours)) / START) ** 2).sum(axis=1)) + 1e-3
    for _ in range(8):
        weighted = some_terms * trust[:, None]
        shade = np.linalg.lstsq(weighted.T @ some_terms + 1e-3 * np.eye(6), weighted.T @ some_colours, rcond=None)[0]
        off = np.abs(some_colours - some_terms @ shade)
        spread = np.maximum(1.48 * np.median(off[trust > 0.2 * trust.max()], axis=0), LEAST_SPREAD)
        trust = 1 / (1 + ((off / (2 * spread)) ** 2).sum(axis=1) ** 2)
    distance = np.sqrt((((colours - terms @ shade) / (spreads * spread)) ** 2).sum(axis=1))
    unlike[on_surface] = np.clip(distance - 0.5, 0, 1)
    return unlike


def is_lit(colour: Floats, own: Floats) -> bool:
    """Whether L*a*b* ``colour`` is the surface's ``own`` in the sun: lighter, its tint growing with the light or bleached out."""
    most = max(1.0, float(colour[0] / max(own[0], 1e-6)))
    tint = float(np.clip(colour[1:] @ own[1:] / max(float(own[1:] @ own[1:]), 1e-6), 0, most))
    return bool(colour[0] > own[0] + LIGHTER and _apart(colour[1:], tint * own[1:]) < SAME_TINT)


def is_shaded(colour: Floats, own: Floats) -> bool:
    """Whether L*a*b* ``colour`` is the surface's ``own`` in shadow: darker, its tint fading as the light does."""
    share = float(colour[0] / max(own[0], 1e-6))
    return bool(
        share > DARKEST_SHADE and colour[0] < own[0] - LIGHTER and _apart(colour[1:], share * own[1:]) < SAME_TINT
    )


def _apart(one: Floats, other: Floats) -> float:
    return float(np.hypot(*(one - other)))


def _commonest(colours: Floats) -> Floats:
    """The middle of the fullest cell of a coarse colour grid."""
    cells = np.floor(colours / (8.0, 5.0, 5.0)).astype(int)
    unique, where, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(colours[where.ravel() == counts.argmax()].mean(axis=0)) if len(unique) else np.zeros(3)
