"""Low deep sofas of plain blocks: one plinth set back into shadow, broad seat, arms and back of one height."""

from __future__ import annotations

import random

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.pieces.seating.slipcover import scattered
from realstaging_render.shapes import Builder


def platform(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres."""
    width, depth, height = size
    cloth = materials.fabric(look.fabric, 700, 0.35)
    arm, back, low = 0.24, 0.26, 0.035
    builder.box((width - 0.1, depth - 0.1, low + 0.02), (0, 0, 0), materials.lacquer((0.03, 0.03, 0.03), 0.6), 0.004)
    block = {"corner": 0.035, "edge": 0.035, "crown": 0.012, "bulge": 0.006}
    pad(builder, (width - 0.012, depth - 0.012, 0.2), (0, 0, low), cloth, **{**block, "edge": 0.02, "crown": 0.0})
    pad(builder, (width, back, height - low - 0.2), (0, (depth - back) / 2, low + 0.198), cloth, **block)
    for side in (-1, 1):
        at = (side * (width - arm) / 2, -back / 2, low + 0.198)
        pad(builder, (arm, depth - back - 0.004, height - low - 0.2), at, cloth, **block)
    each = (width - 2 * arm) / seats
    for number in range(seats):
        x = -width / 2 + arm + each * (number + 0.5)
        at = (x, -back / 2, low + 0.196)
        pad(builder, (each - 0.006, depth - back - 0.004, 0.18), at, cloth, **{**block, "crown": 0.02, "rng": rng})
    with builder.carried():
        scattered(builder, look, rng, pillows, (width / 2 - arm - 0.26, depth / 2 - back - 0.13, 0.4))
