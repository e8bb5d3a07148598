"""Garden seats of flat aluminium bars, powder-coated, with thick square cushions."""

from __future__ import annotations

import random
from typing import Any

from realstaging_render import materials
from realstaging_render.pieces.looks import Look
from realstaging_render.pieces.outdoor.slatted import scatter
from realstaging_render.pieces.seating.padding import pad
from realstaging_render.shapes import Builder

SEAT = 0.2
ARM = 0.57
BAR = 0.035
DARK = (0.02, 0.02, 0.021)
PALE = (0.72, 0.71, 0.68)


def coat_of(look: Look) -> Any:
    """Powder coat: white or sand where the style is bright, else near black."""
    return materials.lacquer(PALE if look.style in {"minimalist", "luxury"} else DARK, 0.45)


def barred(
    builder: Builder, look: Look, rng: random.Random, size: tuple[float, float, float], seats: int, pillows: int
) -> None:
    """A seat of ``size`` (width, depth, height) metres for ``seats`` people."""
    width, depth, height = size
    coat, x, y = coat_of(look), (width - BAR) / 2, (depth - BAR) / 2
    for side in (-1, 1):
        for at, tall in ((-y, ARM), (y, height)):
            builder.box((BAR, BAR, tall), (side * x, at, 0), coat, 0.003)
        builder.box((BAR, depth - 2 * BAR, BAR), (side * x, 0, 0), coat, 0.003)
        builder.box((BAR + 0.02, depth, 0.022), (side * x, 0, ARM), coat, 0.003)
        for number in range(5):
            at = -y + (number + 1) * 2 * y / 6
            builder.box((0.012, 0.03, ARM - SEAT), (side * x, at, SEAT), coat, 0.002)
    for z in (SEAT, height - BAR):
        builder.box((width - 2 * BAR, BAR, BAR), (0, y, z), coat, 0.003)
    builder.box((width - 2 * BAR, BAR, BAR), (0, -y, SEAT - 0.01), coat, 0.003)
    count = round(width / 0.12)
    for number in range(count):
        at = -x + (number + 1) * 2 * x / (count + 1)
        builder.box((0.03, 0.012, height - SEAT - 2 * BAR), (at, y, SEAT + BAR), coat, 0.002)
        builder.box((0.05, depth - 2 * BAR, 0.012), (at, 0, SEAT), coat, 0.002)
    inner, cloth = width - 2 * BAR - 0.02, materials.fabric(look.light, 500, 0.3)
    each = inner / seats
    for number in range(seats):
        across = -inner / 2 + each * (number + 0.5)
        pad(builder, (each - 0.004, depth - 0.08, 0.17), (across, -0.01, SEAT + 0.01), cloth, corner=0.03, edge=0.04)
        with builder.carried():
            tilt = (78 + rng.uniform(-1.5, 1.5), 0, 0)
            at = (across, depth / 2 - 0.16, height - 0.22)
            pad(builder, (each - 0.01, 0.4, 0.16), at, cloth, corner=0.04, edge=0.05, crown=0.02, tilt=tilt)
    scatter(builder, look, rng, pillows, (inner / 2, depth / 2 - 0.32, SEAT + 0.22))
