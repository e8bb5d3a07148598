"""Rugs: the loom they come from, its yarn, and how they lie. Colours (h, w, 3) are linear sRGB, rows from back to front."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from realstaging_render import materials
from realstaging_render.shapes import Builder

THICK = 0.012
LARGE, MEDIUM = (3.0, 2.0), (2.3, 1.6)
LARGE_ROOMS = ("living_room", "bedroom", "dining_room")
MEDIUM_ROOMS = ("living_room", "bedroom", "office", "kids_room")
WOOL = np.array([0.66, 0.6, 0.5])
"""Undyed wool."""

_KNOTS = 220


def loom(size: tuple[float, float]) -> list[Any]:
    """Where every knot is: metres from the middle, across and to the back."""
    width, depth = size
    across, along = (
        np.linspace(-width / 2, width / 2, round(width * _KNOTS)),
        np.linspace(depth / 2, -depth / 2, round(depth * _KNOTS)),
    )
    return np.meshgrid(across, along)


def clouds(rng: random.Random, shape: tuple[int, int], cells: tuple[float, float], octaves: int = 4) -> Any:
    """Soft probability between 0 and 1, in about ``cells`` patches down and across."""
    probability, whole, weight = np.random.default_rng(rng.randrange(2**32)), np.zeros(shape), 0.0
    for octave in range(octaves):
        counts = [max(2, round(cell * 2**octave) + 1) for cell in cells]
        grid = probability.random(counts)
        (i, f), (j, g) = (_between(n, count) for n, count in zip(shape, counts, strict=True))
        upper = grid[i][:, j] * (1 - g) + grid[i][:, j + 1] * g
        lower = grid[i + 1][:, j] * (1 - g) + grid[i + 1][:, j + 1] * g
        whole += (upper * (1 - f[:, None]) + lower * f[:, None]) * 0.55**octave
        weight += 0.55**octave
    return whole / weight


def _between(samples: int, count: int) -> tuple[Any, Any]:
    place = np.linspace(0, count - 1.0001, samples)
    share = place % 1
    return place.astype(int), share * share * (3 - 2 * share)


def dyed(colour: Any, wool: float = 0.25, depth: float = 0.9) -> Any:
    """Yarn of a colour: never quite pure, some wool shows through."""
    return (np.array(colour) * (1 - wool) + WOOL * wool) * depth


def blended(under: Any, over: Any, share: Any) -> Any:
    """``over`` laid on ``under`` where ``share`` is 1."""
    return under + (np.asarray(over) - under) * np.asarray(share)[..., None]


def yarned(colours: Any, rng: random.Random, *, abrash: float = 0.1, rib: float = 0.0, grain: float = 0.09) -> Any:
    """What dyeing and weaving leave: tone drifting from row to row, ribs (``rib`` metres apart), no knot like the next."""
    rows, columns = colours.shape[:2]
    drift = 1 + abrash * (clouds(rng, (rows, columns), (14, 1.2), 3) - 0.5) * 2
    worn = 1 + 0.14 * (clouds(rng, (rows, columns), (5, 7)) - 0.5) * 2
    knots = np.random.default_rng(rng.randrange(2**32)).normal(1, grain, (rows, columns))
    ribs = 1 - 0.13 * (np.sin(np.arange(rows) / _KNOTS * np.pi / rib) ** 8)[:, None] if rib else 1.0
    return np.clip(colours * (drift * worn * knots * ribs)[..., None], 0, 0.9)


def fringed(colours: Any, rng: random.Random, length: float = 0.045) -> Any:
    """The warp left long at both ends."""
    columns = round(length * _KNOTS)
    rows = colours.shape[0]
    tufts = 0.62 + 0.38 * np.abs(np.sin(np.arange(rows) / _KNOTS * np.pi / 0.013)) ** 0.5
    strands = tufts * np.random.default_rng(rng.randrange(2**32)).normal(1, 0.1, rows)
    for side in (slice(0, columns), slice(-columns, None)):
        colours[:, side] = (WOOL * 0.95) * strands[:, None, None]
    return colours


def lay(
    builder: Builder,
    rng: random.Random,
    size: tuple[float, float],
    colours: Any,
    thick: float = THICK,
    pile: float = 0.0012,
) -> None:
    """The rug, its pattern on top; ``pile`` is how uneven it is."""
    width, depth = size
    across, along = (110, 74) if pile > 0.003 else (60, 44)
    x, y = np.meshgrid(
        np.linspace(-width / 2, width / 2, across), np.linspace(-depth / 2, depth / 2, along), indexing="ij"
    )
    uneven = pile * (np.sin(x * 9 + rng.uniform(0, 6)) * np.sin(y * 11 + rng.uniform(0, 6)) - 1) / 2
    if pile > 0.003:
        uneven = -pile * np.random.default_rng(rng.randrange(2**32)).random(x.shape)
    # Fallen at the very edge, so that a rug is not a slab.
    edge = np.minimum(width / 2 - np.abs(x), depth / 2 - np.abs(y))
    top = np.stack([x, y, thick + uneven - 0.5 * thick * (edge < 1e-6)], axis=-1)
    bottom = 0.4 * thick
    name = f"rug {builder.collection.name} {rng.random():.6f}"
    material = materials.print_on_floor(name, colours)
    builder.sheet(top, material)
    builder.sheet(
        np.stack([x[[0, -1]][:, [0, -1]], y[[0, -1]][:, [0, -1]], np.zeros((2, 2))], axis=-1), material, -bottom
    )
