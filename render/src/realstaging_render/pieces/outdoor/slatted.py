"""Garden seats of slats: square posts, broad arms, a slatted back, loose cushions."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.shapes import Builder

SEAT = 0.26
"""Metres to the slats that carry the cushions."""
ARM = 0.56
POST = 0.05


def timber(look: Look, along: str) -> Any:
    """Oiled hardwood in the style's own tone, a little greyed by the weather."""
    grey = sum(look.wood) / 3
    weathered = tuple(0.8 * c + 0.2 * grey for c in look.wood)
    return materials.wood((weathered[0], weathered[1], weathered[2]), along, 0.7)


def frame_of(look: Look, along: str) -> Any:
    """Powder-coated steel, or the wood of the slats."""
    return materials.metal(look.metal, 0.5) if look.legs == "metal" else timber(look, along)


def slatted(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres for ``seats`` people."""
    width, depth, height = size
    upright, x_half, back = frame_of(look, "Z"), width / 2 - POST / 2, depth / 2 - POST / 2
    for side in (-1, 1):
        builder.box((POST, POST, ARM), (side * x_half, -back, 0), upright, 0.006)
        builder.box((POST, POST, height), (side * x_half, back, 0), upright, 0.006)
        builder.box((POST - 0.006, depth - POST, 0.045), (side * x_half, 0, SEAT - 0.06), frame_of(look, "Y"), 0.006)
        builder.box(
            (0.085, depth - POST - 0.002, 0.026), (side * (width / 2 - 0.044), -POST / 2, ARM), timber(look, "Y")
        )
    across = frame_of(look, "X")
    for y in (-back + 0.001, back - 0.001):
        builder.box((width - 2 * POST, POST - 0.012, 0.06), (0, y, SEAT - 0.061), across, 0.006)
    _slats(builder, look, width, depth, height)
    _cushions(builder, look, rng, (width - 2 * POST - 0.03, depth, height), seats, pillows)


def _slats(builder: Builder, look: Look, width: float, depth: float, height: float) -> None:
    slat = timber(look, "X")
    inner = width - 2 * POST
    for number in range(6):
        y = -depth / 2 + 0.1 + number * (depth - 0.2) / 5
        builder.box((inner, 0.07, 0.018), (0, y, SEAT - 0.012), slat, 0.004)
    count = int((height - 0.34) / 0.1)
    for number in range(count):
        z = height - 0.085 - number * 0.1
        builder.box((inner + 0.002, 0.022, 0.072), (0, depth / 2 - POST / 2, z), slat, 0.006)


def _cushions(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    width, depth, height = size
    each, cloth = width / seats, materials.fabric(look.light, 500, 0.35)
    for number in range(seats):
        x = -width / 2 + each * (number + 0.5)
        builder.cushion((each, depth - 0.08, 0.15), (x, -0.03, SEAT - 0.01), cloth, plump=0.14, rng=rng)
        with builder.carried():
            builder.cushion(
                (each * 0.98, 0.42, 0.17),
                (x, depth / 2 - 0.17, height - 0.26),
                cloth,
                plump=0.3,
                tilt=(73 + rng.uniform(-2, 2), 0, rng.uniform(-2, 2)),
                rng=rng,
            )
    scatter(builder, look, rng, pillows, (width / 2, depth / 2 - 0.32, SEAT + 0.2))


def scatter(builder: Builder, look: Look, rng: random.Random, count: int, corner: tuple[float, float, float]) -> None:
    """Throw pillows in the corners of a seat; ``corner`` (x, y, z) is that of its right back."""
    with builder.carried():
        for number in range(count):
            side = -1 if number % 2 == 0 else 1
            builder.cushion(
                (0.42, 0.42, 0.15),
                (side * (corner[0] - 0.24), corner[1], corner[2]),
                materials.fabric(look.accent if number % 2 == 0 else look.second, 700, 0.35),
                plump=0.6,
                tilt=(64 + rng.uniform(-4, 4), side * rng.uniform(2, 8), side * rng.uniform(6, 14)),
                rng=rng,
            )
